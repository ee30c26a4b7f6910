import type { HandoverFacts, IncidentFacts, IncidentItem } from '@tabiji/core/alert'
import { isoIn } from '@tabiji/core/time'
import { clip } from './clip.ts'
import type { Field, Message } from './message.ts'
import type { Language } from './words/catalogue.ts'
import { catalogueOf } from './words/catalogues.ts'
import { figuresIn, stampIn } from './words/figures.ts'

/** A whole incident has to fit into one message of a chat, with up to thirty items beside it. */
const LONGEST = { title: 120, name: 40, said: 160, journey: 40 } as const
const MOST_OBJECTIVES = 4

/** How an incident stands: its status, who does what, what it costs, what is done first, when the next word comes. */
export function incidentMessage(facts: IncidentFacts, language: Language): Message {
  const { incident: words, asOf } = catalogueOf(language)
  const { incident, status, title, mergedInto, roles, items, last, next, at, timeZone } = facts
  const stamp = (time: number) => stampIn(time, timeZone)
  const holders = (['lead', 'comms', 'scribe'] as const).map((role) => {
    return { label: words.role[role], value: clip(roles[role] ?? words.nobody, LONGEST.name) }
  })
  const said = last === undefined ? [] : [{ label: words.last, value: clip(last.text, LONGEST.said) }]
  const due = next === undefined ? [] : [{ label: words.next, value: stamp(next), at: next }]
  return {
    title: words.title(
      incident,
      mergedInto === undefined ? words.status[status] : words.merged,
      clip(title, LONGEST.title),
    ),
    lead: leadOf(facts, language),
    fields: [...holders, ...costs(facts, language), ...said, ...due],
    notes: items.length === 0 ? [] : [checklistHead(items, language), ...checklistLines(items, timeZone, language)],
    links: [],
    footer: asOf(stamp(at)),
  }
}

function leadOf({ since, mitigatedAt, resolvedAt, mergedInto, timeZone }: IncidentFacts, language: Language): string {
  const { incident: words } = catalogueOf(language)
  const stamp = (time: number) => stampIn(time, timeZone)
  if (mergedInto !== undefined) return words.partOf(mergedInto)
  if (resolvedAt !== undefined) return words.over(stamp(since), stamp(resolvedAt))
  return words.lead(stamp(since), mitigatedAt === undefined ? undefined : stamp(mitigatedAt))
}

function costs({ impact }: IncidentFacts, language: Language): readonly Field[] {
  const { incident: words } = catalogueOf(language)
  const { share, count, left } = figuresIn(language)
  const shown = impact.slice(0, MOST_OBJECTIVES).map(({ title, objective, bad, valid, budgetPpm }) => ({
    label: `${clip(title[language], LONGEST.journey)} ${clip(objective, LONGEST.journey)}`,
    value: words.cost(share(bad, valid), count(bad), count(valid), left(budgetPpm)),
  }))
  const more = impact.length - shown.length
  return more > 0 ? [...shown, { label: words.more, value: words.objectives(count(more)) }] : shown
}

export function checklistHead(items: readonly IncidentItem[], language: Language): string {
  return catalogueOf(language).incident.checklist(items.filter(({ ticked }) => ticked).length, items.length)
}

/** The list as text, where nobody can tick it. */
export function checklistLines(items: readonly IncidentItem[], zone: string, language: Language): readonly string[] {
  return items.map((item) => {
    const mark = markOf(item, zone, language)
    return `${item.ticked ? '☑' : '☐'} ${item.text[language]}${mark === undefined ? '' : ` – ${mark}`}`
  })
}

/** Who did it, or by when it should be done. */
export function markOf({ ticked, by, dueAt }: IncidentItem, zone: string, language: Language): string | undefined {
  const { incident: words } = catalogueOf(language)
  if (ticked) return words.doneBy(by === undefined ? undefined : clip(by, LONGEST.name))
  return dueAt === undefined ? undefined : words.dueAt(isoIn(dueAt, zone).slice(11, 16))
}

/** Tells who takes over what they need to know, where everybody else reads it too. */
export function handoverMessage(facts: HandoverFacts, language: Language): Message {
  const { incident: all, separator, listSeparator, asOf } = catalogueOf(language)
  const { handover: words } = all
  const { incident, role, from, to, note, done, open, questions, decisions, next, at, timeZone } = facts
  const [giver, taker] = [from, to].map((name) => (name === undefined ? undefined : clip(name, LONGEST.name)))
  const listed = (texts: readonly string[]) => (texts.length === 0 ? words.none : texts.join(separator))
  const decided = decisions.map(({ choice, why }) => words.because(clip(choice, LONGEST.said), clip(why, LONGEST.said)))
  return {
    title: words.title(incident, all.role[role], giver, taker ?? to),
    lead: note,
    fields: [
      { label: all.checklist(done, done + open.length), value: words.open(listed(open.map((text) => text[language]))) },
      { label: words.questions, value: listed(questions.map((question) => words.question[question])) },
      { label: words.decisions, value: decided.length === 0 ? words.none : decided.join(listSeparator) },
      ...(next === undefined ? [] : [{ label: all.next, value: stampIn(next, timeZone), at: next }]),
    ],
    notes: [words.card(incident)],
    links: [],
    footer: asOf(stampIn(at, timeZone)),
  }
}

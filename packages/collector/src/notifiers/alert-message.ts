import type { AlertFacts, WindowFacts } from '@tabiji/core/alert'
import { burnRateMilli, unitOf } from '@tabiji/core/budget'
import { formatCondition, type Window } from '@tabiji/core/journey'
import { formatDuration } from '@tabiji/core/time'
import { clip } from './clip.ts'
import { explainedFields, proofField, withOutlook } from './explained-fields.ts'
import type { Field, Link, Message } from './message.ts'
import { happening, simpleLead } from './simple-message.ts'
import type { Catalogue, Language, WindowWords } from './words/catalogue.ts'
import { catalogueOf } from './words/catalogues.ts'
import { exactSpan, type Figures, figuresIn, lastedSpans, stampIn } from './words/figures.ts'

/** What is said of an alert: that it rings, that it is over, or that its rule is gone. */
export function alertMessage(facts: AlertFacts, language: Language): Message {
  const words = catalogueOf(language)
  const figures = figuresIn(language)
  return {
    title: titleOf(facts, words, figures, language),
    lead: leadOf(facts, words, figures),
    fields: fieldsOf(facts, words, figures),
    notes: notesOf(facts, words, figures),
    links: linksOf(facts, words, language),
    footer: [facts.episode, facts.rule, words.asOf(stampIn(facts.at, facts.timeZone))].join(words.separator),
  }
}

function notesOf(
  { kind, level, runbook, flapping, remains }: AlertFacts,
  words: Catalogue,
  { count }: Figures,
): string[] {
  const { reminder } = words
  if (kind !== 'trigger') return remains === undefined ? [] : [reminder.remains(remains.level, remains.episode)]
  return [
    ...(flapping === undefined
      ? []
      : [reminder.flapping(count(flapping.reopenings), words.span(...exactSpan(flapping.quietMs)))]),
    words.first(level, runbook !== undefined),
  ]
}

function titleOf(facts: AlertFacts, words: Catalogue, figures: Figures, language: Language): string {
  const { kind, level, cause } = facts
  const journey = facts.journey.title[language]
  if (kind === 'resolve') return words.title.resolved(level, journey, lastedOf(facts, words))
  if (kind === 'withdraw' && facts.drill !== undefined) return words.title.drillOver(journey)
  if (kind === 'withdraw') return words.title.withdrawn(level, journey)
  if (cause.kind === 'simple') return words.title.simple(level, journey, happening(cause, words, figures))
  if (cause.kind === 'foreign') return words.title.simple(level, journey, cause.summary ?? cause.name)
  if (cause.kind === 'milestone') return words.title.milestone(level, journey, `${cause.percent} %`)
  const rate = figures.tenths(burnRateMilli(cause.long, promiseOf(facts).objective.targetPpm))
  return words.title.burning(level, journey, promiseOf(facts).objective.indicator, rate)
}

function leadOf(facts: AlertFacts, words: Catalogue, figures: Figures): string {
  const { kind, cause } = facts
  if (kind === 'resolve') return words.lead.resolved(lastedOf(facts, words))
  if (kind === 'withdraw' && facts.drill !== undefined) return words.lead.drillOver(lastedOf(facts, words))
  if (kind === 'withdraw') return words.lead.withdrawn(lastedOf(facts, words))
  if (cause.kind === 'simple') return simpleLead(cause, words, figures)
  if (cause.kind === 'foreign') return words.foreign.lead(cause.name, cause.summary)
  if (cause.kind === 'milestone') return words.lead.milestone(`${cause.percent} %`)
  const { objective } = promiseOf(facts)
  const windowOf = ({ ms, bad, valid }: WindowFacts): WindowWords => ({
    span: words.span(...exactSpan(ms)),
    percent: figures.share(bad, valid),
    bad: figures.count(bad / unitOf(objective)),
    valid: figures.count(valid / unitOf(objective)),
  })
  if (objective.budgeting !== undefined) {
    return words.lead.burningSlices(
      words.span(...exactSpan(objective.budgeting.sliceMs)),
      windowOf(cause.long),
      windowOf(cause.short),
      figures.tenths(burnRateMilli(cause.long, objective.targetPpm)),
      figures.tenths(cause.factorMilli),
    )
  }
  return words.lead.burning(
    objective.indicator,
    objective.step,
    windowOf(cause.long),
    windowOf(cause.short),
    figures.tenths(burnRateMilli(cause.long, objective.targetPpm)),
    figures.tenths(cause.factorMilli),
  )
}

function fieldsOf(facts: AlertFacts, words: Catalogue, figures: Figures): readonly Field[] {
  const { worstStep, worstDependencies, journey, runbook, note } = facts
  const { count } = figures
  const since = { label: words.fields.since, value: stampIn(facts.startedAt, facts.timeZone), at: facts.startedAt }
  const told = facts.kind === 'trigger' ? explainedFields(facts, words, figures) : []
  const fields: Field[] =
    facts.cause.kind === 'simple'
      ? [
          since,
          ...told,
          { label: words.fields.condition, value: formatCondition(facts.cause.condition, formatDuration) },
        ]
      : facts.objective === undefined
        ? [since, ...told]
        : promiseFields(facts, [since, ...told], words, figures)
  const proof = facts.kind === 'trigger' ? proofField(facts, words, figures) : undefined
  if (proof !== undefined) fields.push(proof)
  if (facts.takenBy !== undefined) fields.push({ label: words.reminder.fields.taken, value: facts.takenBy })
  if (facts.unreadSince !== undefined) {
    const value = stampIn(facts.unreadSince, facts.timeZone)
    fields.push({ label: words.reminder.fields.unread, value, at: facts.unreadSince })
  }
  if (note !== undefined) fields.push({ label: words.fields.note, value: note })
  // Who felt it says which step, and more.
  if (worstStep !== undefined && facts.felt === undefined && facts.kind === 'trigger') {
    const value = words.ofBad(worstStep.name, count(worstStep.bad), count(worstStep.ofBad))
    fields.push({ label: words.fields.worstStep, value })
  }
  if (worstDependencies !== undefined && facts.kind === 'trigger') {
    const values = worstDependencies.map(({ step, service, bad, valid }) =>
      words.atService(step, service, count(bad), count(valid)),
    )
    fields.push({ label: words.fields.worstDependency, value: values.join(words.listSeparator) })
  }
  if (facts.hurts !== undefined) fields.push({ label: words.fields.hurts, value: hurtsOf(facts.hurts, words) })
  if (journey.owner !== undefined) fields.push({ label: words.fields.owner, value: journey.owner })
  if (runbook !== undefined && !isWebAddress(runbook)) fields.push({ label: words.fields.runbook, value: runbook })
  return fields
}

/** A button has room for so much. */
const MAX_TITLE = 50

const MOST_HURT = 3

/** Who answers for a composite wants to know that one of its members rings. */
function hurtsOf(hurts: readonly string[], words: Catalogue): string {
  const told = hurts.slice(0, MOST_HURT)
  const more = hurts.length - told.length
  return [...told, ...(more > 0 ? [`+${more}`] : [])].join(words.listSeparator)
}

/** @param between stands between what is left and what was promised */
function promiseFields(facts: AlertFacts, between: readonly Field[], words: Catalogue, figures: Figures): Field[] {
  const { objective, budget } = promiseOf(facts)
  const { indicator, window, estimate, budgeting } = objective
  const over = windowWords(window, words)
  const { count, left } = figures
  const [bad, valid] = [count(budget.bad / unitOf(objective)), count(budget.valid / unitOf(objective))]
  const value =
    budgeting === undefined
      ? words.left(indicator, left(budget.leftPpm), bad, valid)
      : words.leftSlices(words.span(...exactSpan(budgeting.sliceMs)), left(budget.leftPpm), bad, valid)
  const promise = promiseWords(objective, words, figures, over)
  return [
    { label: words.fields.budget, value: facts.kind === 'trigger' ? withOutlook(value, facts, words) : value },
    ...between,
    { label: words.fields.objective, value: estimate === true ? words.estimated(promise) : promise },
  ]
}

function windowWords(window: Window, words: Catalogue): string {
  if (window.kind === 'calendar') return words.calendar(window.count, window.unit, window.from)
  return window.kind === 'month' ? words.month : words.rolling(words.span(...exactSpan(window.ms)))
}

/** An alert on a budget says of which; only a simple rule has none. */
function promiseOf({ rule, objective, budget }: AlertFacts) {
  if (objective === undefined || budget === undefined) throw new Error(`Expected the alert of ${rule} to have a budget`)
  return { objective, budget }
}

function promiseWords(
  objective: NonNullable<AlertFacts['objective']>,
  words: Catalogue,
  figures: Figures,
  over: string,
): string {
  const { indicator, step, targetPpm, budgeting } = objective
  const target = figures.target(targetPpm)
  if (budgeting === undefined) return words.promise(indicator, step, target, over)
  const share = budgeting.method === 'timeslices' ? figures.target(budgeting.sliceTargetPpm) : undefined
  return words.promiseSlices(words.span(...exactSpan(budgeting.sliceMs)), share, target, over)
}

function linksOf(
  { runbook, runbookTitle, link, cause }: AlertFacts,
  words: Catalogue,
  language: Language,
): readonly Link[] {
  const named = runbookTitle === undefined ? [] : [clip(runbookTitle[language], MAX_TITLE)]
  const links = [
    { label: [words.links.runbook, ...named].join(words.separator), url: runbook },
    { label: words.links.alert, url: link },
    { label: words.foreign.link, url: cause.kind === 'foreign' ? cause.url : undefined },
  ]
  return links.flatMap(({ label, url }) => (url !== undefined && isWebAddress(url) ? [{ label, url }] : []))
}

function isWebAddress(text: string): boolean {
  return /^https?:\/\/\S+$/.test(text) && URL.canParse(text)
}

function lastedOf({ startedAt, at }: AlertFacts, words: Catalogue): string {
  return lastedSpans(at - startedAt)
    .map((span) => words.span(...span))
    .join(words.spanSeparator)
}

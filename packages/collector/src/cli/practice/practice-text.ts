import type { PracticeItem } from '@tabiji/core/practice'
import { z } from 'zod'
import type { Output } from '../terminal/output.ts'
import { printable } from '../terminal/printable.ts'
import { fields, section, table } from '../terminal/table.ts'
import { when } from '../terminal/when.ts'

const text = z.string().transform(printable)
const led = z.object({ incident: text, drill: z.boolean(), at: text })
const leader = z.object({
  name: text,
  since: text.optional(),
  incidents: z.number(),
  drills: z.number(),
  last: led.optional(),
})
const member = leader.extend({
  team: text.optional(),
  journeys: z.array(text),
  checklist: z.object({ done: z.number(), of: z.number() }),
})

/** Who should lead the next drill, as the API proposes it. */
export const proposedLead = z.object({ name: text, why: text, last: led.optional() })

/** What the API answers about practice, as far as it is shown. */
export const practiceOverview = z.object({
  members: z.array(member),
  others: z.array(leader),
  proposal: proposedLead.optional(),
  drills: z.array(
    z.object({
      journey: text,
      tier: z.number(),
      every: text,
      lastAt: text.optional(),
      due: text,
      overdueDays: z.number(),
    }),
  ),
})

export const memberDetails = z.object({
  member,
  items: z.array(
    z.object({
      id: text,
      text: z.object({ en: text, ja: text }),
      link: text.optional(),
      ticked: z.boolean(),
      at: text.optional(),
      by: text.optional(),
      byRecord: z.boolean().optional(),
      detail: text.optional(),
      progress: z.object({ done: z.number(), of: z.number() }).optional(),
    }),
  ),
  runbooks: z.array(z.object({ file: text, address: text, readAt: text.optional() })),
  led: z.array(led),
})

export function practicePage(
  { members, others, proposal, drills }: z.output<typeof practiceOverview>,
  output: Output,
): string {
  const rows = members.map(({ name, since, incidents, drills: led, last, checklist }) => [
    ...[name, since ?? '–', String(incidents), String(led), lastText(last)],
    checklist.done === checklist.of ? 'done' : `${checklist.done} of ${checklist.of}`,
  ])
  const people =
    members.length === 0
      ? 'No members; name them in the configuration: practice: { members: [{ name: suzuki, since: 2026-10-20 }] }\n'
      : table(['MEMBER', 'SINCE', 'INCIDENTS LED', 'DRILLS LED', 'LAST', 'CHECKLIST'], rows)
  const next = proposal === undefined ? '' : `\nnext drill: ${proposal.name} should lead, who ${whyText(proposal)}\n`
  const late = (days: number) => (days === 0 ? '' : output.style('red', `${days} days overdue`))
  const due = drills.map(({ journey, every, lastAt, due: day, overdueDays }) => [
    journey,
    `every ${every}`,
    lastAt === undefined ? 'never practised' : `last ${lastAt.slice(0, 10)}`,
    `due by ${day}`,
    { text: overdueDays === 0 ? '' : `${overdueDays} days overdue`, paint: () => late(overdueDays) },
  ])
  const strangers = others.map((each) => [
    each.name,
    `${each.incidents} incidents`,
    `${each.drills} drills`,
    lastText(each.last),
  ])
  return `${people}${next}${section('Drills', due)}${section('Led too, and no members', strangers)}`
}

/** Why somebody is proposed, behind "who". */
export function whyText({ why, last }: z.output<typeof proposedLead>): string {
  return why === 'neverLed' || last === undefined ? 'never led' : `led longest ago (${lastText(last)})`
}

function lastText(last: z.output<typeof led> | undefined): string {
  return last === undefined ? 'never' : `${last.at.slice(0, 10)} ${last.incident}${last.drill ? ' (drill)' : ''}`
}

export function memberPage(
  { member: who, items, runbooks, led: parts }: z.output<typeof memberDetails>,
  language: 'en' | 'ja',
): string {
  const { name, since, team, journeys, incidents, drills, checklist } = who
  const head = fields([
    ['since', since],
    ['team', team],
    ['journeys', journeys.join(', ') || 'none'],
    ['incidents led', String(incidents)],
    ['drills led', String(drills)],
    ['checklist', `${checklist.done} of ${checklist.of}`],
  ])
  const lines = items.map(({ id, text: said, ticked, link, at, by, byRecord, detail, progress }) => {
    const how = byRecord === true ? `seen in the record: ${detail}` : `by ${by ?? 'somebody'}`
    const parts = progress === undefined ? '' : `${progress.done} of ${progress.of}`
    return [
      ticked ? '[x]' : '[ ]',
      id,
      said[language],
      ticked && at !== undefined ? `${when(at)} ${how}` : parts || (link ?? ''),
    ]
  })
  const pages = runbooks.map(({ file, readAt }) => [
    readAt === undefined ? '[ ]' : '[x]',
    file,
    readAt === undefined ? '' : when(readAt),
  ])
  const history = parts.map(({ incident, drill, at }) => [incident, drill ? 'drill' : 'incident', when(at)])
  return `${name}\n${head}${section('Checklist', lines)}${section('Runbooks', pages)}${section('Led', history)}`
}

/** The list as a file that says of itself how it is changed. Texts are quoted as JSON, of which YAML knows every escape. */
export function practiceYaml(items: readonly PracticeItem[]): string {
  const head = [
    '# What a new member does. Change it to what your team does, then name it in the configuration:',
    '#   practice: { checklist: new-member.yaml }',
    '# id: what an item is ticked by. text: at most 120 characters in each language. Optional: link, and auto (runbooks,',
    '# joined-drill, joined-incident, led-drill, led-incident: it ticks itself from the record).',
    'items:',
  ]
  const lines = items.flatMap(({ id, text: { en, ja }, link, auto }) => [
    `  - id: ${id}`,
    `    text: { en: ${JSON.stringify(en)}, ja: ${JSON.stringify(ja)} }`,
    ...(link === undefined ? [] : [`    link: ${JSON.stringify(link)}`]),
    ...(auto === undefined ? [] : [`    auto: ${auto}`]),
  ])
  return `${[...head, ...lines].join('\n')}\n`
}

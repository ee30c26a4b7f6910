import { attentionOf, type JourneyMonth, type ObjectiveMonth, sortJourneys, sortObjectives } from '@tabiji/core/report'
import { type Block, type Cell, paragraph, table } from './block.ts'
import { composeBurnDown } from './burn-down.ts'
import type { Context } from './context.ts'
import { personOf } from './fix-tables.ts'
import { attentionAnchorOf, objectiveText } from './objective.ts'
import { composeSpent } from './spent.ts'
import { composeStrip } from './strip.ts'

/** A block for each journey that missed a target or is close to it: what was lost, to what, when, and what is being done. */
export function composeAttention(context: Context): Block[] {
  const { words, facts } = context
  if (facts.journeys.length === 0) return []
  const blocks = sortJourneys(facts.journeys).flatMap((journey) => composeOne(context, journey))
  return [
    { type: 'heading', level: 2, text: words.attention.heading, anchor: 'attention' },
    ...(blocks.length === 0 ? paragraph(words.attention.none) : blocks),
  ]
}

/** Whether an objective has a block of its own, with its charts, above the appendix. */
export function needsAttention(objective: ObjectiveMonth): boolean {
  return ['missed', 'spent', 'risk'].includes(attentionOf(objective))
}

/** What the owner says about the month. */
export function commentOf({ words, withPeople }: Context, { comment }: JourneyMonth): string | undefined {
  if (comment === undefined) return undefined
  const { commented, commentedBy } = words.attention
  return withPeople && comment.by !== undefined ? commentedBy(comment.by, comment.text) : commented(comment.text)
}

function composeOne(context: Context, journey: JourneyMonth): Block[] {
  const title = journey.title[context.words.language]
  const objectives = sortObjectives(journey.objectives).filter(needsAttention)
  const [worst] = objectives
  if (worst === undefined) return []
  return [
    { type: 'heading', level: 3, text: title, anchor: attentionAnchorOf(journey), state: worst.state },
    ...paragraph(...objectives.map((objective) => standing(context, objective)), commentOf(context, journey)),
    ...objectives.flatMap((objective) => [
      ...composeBurnDown(context, objective),
      ...composeSpent(context, objective),
      ...composeStrip(context, objective),
    ]),
    ...fixesTable(context, journey),
  ]
}

function standing(context: Context, objective: ObjectiveMonth): string | undefined {
  const { attention } = context.words
  const { result, target, used, name } = objectiveText(context, objective)
  if (objective.met === false) return attention.missed(name, result, target, used)
  return objective.leftPpm === undefined ? undefined : attention.atRisk(name, context.figures.left(objective.leftPpm))
}

/** All of them stand in the section of fixes. */
const FIXES_TOLD = 10

/** Open fixes that came out of incidents which hurt the journey, most overdue first. */
export function fixesTable(context: Context, journey: JourneyMonth): Block[] {
  const { words, figures, facts } = context
  const { fixes, attention, language } = words
  const incidents = facts.incidents.filter(({ journeys }) => journeys.includes(journey.name))
  const keys = new Set(incidents.map(({ key }) => key))
  const linked = new Set(incidents.flatMap((incident) => incident.fixes ?? []))
  const columns = [
    { label: fixes.key, header: true, short: true },
    { label: fixes.what },
    { label: fixes.origin, short: true },
    { label: fixes.owner },
    { label: fixes.due, short: true },
    { label: fixes.late, align: 'end' },
  ] as const
  const linkedFixes = facts.fixes.open.filter(
    ({ key, incident }) => linked.has(key) || (incident !== undefined && keys.has(incident)),
  )
  const more = linkedFixes.slice(FIXES_TOLD).length
  const rows = linkedFixes
    .slice(0, FIXES_TOLD)
    .map((fix): Cell[] => [
      { text: fix.key },
      { text: fix.title },
      { text: fix.incident ?? '' },
      { text: personOf(context, fix.owner) },
      { text: fix.due },
      { text: fix.overdueDays === 0 ? '' : words.days(fix.overdueDays, figures.count(fix.overdueDays)) },
    ])
  return [
    ...table(attention.fixes(journey.title[language]), columns, rows),
    ...paragraph(more === 0 ? undefined : attention.moreFixes(more, figures.count(more))),
  ]
}

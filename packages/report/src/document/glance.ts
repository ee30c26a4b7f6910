import {
  changeSince,
  type JourneyMonth,
  type ObjectiveMonth,
  sortJourneys,
  sortObjectives,
  twelveMonths,
} from '@tabiji/core/report'
import { needsAttention } from './attention.ts'
import { type Block, type Cell, type Column, paragraph, table } from './block.ts'
import type { Context } from './context.ts'
import { doubtSentence } from './doubts.ts'
import { anchorOf, attentionAnchorOf, nameCell, objectiveText, resultDecimals, usedCell } from './objective.ts'

/** A column and how its cell is filled from a journey and its worst objective. */
type Told = { readonly column: Column; readonly cell: (journey: JourneyMonth, worst: ObjectiveMonth) => Cell }

/** One row for each journey, by its worst objective; what needs attention stands first. */
export function composeGlance(context: Context): Block[] {
  const { words, facts } = context
  const { journeys } = words
  const told = [...resultColumns(context), ...lookingBack(context), ...comments(context)]
  const columns: readonly Column[] = [
    { label: journeys.state },
    { label: journeys.journey, header: true },
    ...told.map(({ column }) => column),
  ]
  const rows = sortJourneys(facts.journeys).map((journey): Cell[] => {
    const [worst] = sortObjectives(journey.objectives)
    const anchor = journey.objectives.some(needsAttention) ? attentionAnchorOf(journey) : anchorOf(journey)
    const state = worst?.state ?? 'unjudged'
    return [
      { text: words.states[state], state },
      { text: journey.title[words.language], anchor },
      ...(worst === undefined ? [{ text: journeys.noObjective }] : told.map(({ cell }) => cell(journey, worst))),
    ]
  })
  return [
    { type: 'heading', level: 2, text: journeys.heading, anchor: 'journeys' },
    ...table(journeys.heading, columns, rows),
    ...paragraph(rows.length === 0 ? journeys.none : undefined, doubtSentence(context)),
  ]
}

function resultColumns(context: Context): readonly Told[] {
  const { journeys } = context.words
  const text = (objective: ObjectiveMonth) => objectiveText(context, objective)
  return [
    { column: { label: journeys.objective }, cell: (_, worst) => nameCell(context, worst) },
    { column: { label: journeys.target, align: 'end' }, cell: (_, worst) => ({ text: text(worst).target }) },
    { column: { label: journeys.result, align: 'end' }, cell: (_, worst) => ({ text: text(worst).result }) },
    { column: { label: journeys.failed, align: 'end' }, cell: (_, worst) => ({ text: text(worst).failed }) },
    {
      column: { label: journeys.used },
      // Where there is no verdict there is no share, and the reason stands in its place.
      cell: (_, worst) =>
        worst.unjudged === undefined ? usedCell(worst, text(worst).used) : { text: text(worst).verdict },
    },
  ]
}

/** What was before; left out where no month before is known. */
function lookingBack(context: Context): readonly Told[] {
  const { facts, words } = context
  const { attention } = words
  if (!facts.journeys.some(({ objectives }) => objectives.some(({ before = [] }) => before.length > 0))) return []
  return [
    { column: { label: attention.change, align: 'end' }, cell: (_, worst) => ({ text: changeText(context, worst) }) },
    { column: { label: attention.months, short: true }, cell: (_, worst) => marksCell(context, worst) },
  ]
}

function comments({ facts, words }: Context): readonly Told[] {
  if (!facts.journeys.some(({ comment }) => comment !== undefined)) return []
  return [{ column: { label: words.attention.comment }, cell: ({ comment }) => ({ text: comment?.text ?? '' }) }]
}

/** By how many percentage points the result is better or worse than a month ago, with the decimals of the result. */
function changeText({ words, figures, facts }: Context, objective: ObjectiveMonth): string {
  const change = changeSince(facts.month, objective)
  const { better, worse, same, tooFew } = words.attention
  if (change === undefined) return ''
  if (change === 'too_few') return tooFew
  const points = figures.points(change, resultDecimals(objective.targetPpm))
  if (!/[1-9]/.test(points)) return same
  return (change > 0 ? better : worse)(points)
}

/** A month without figures keeps its place, so that the marks of all journeys stand below each other. */
function marksCell({ words, figures, facts }: Context, objective: ObjectiveMonth): Cell {
  const { monthWas, noFigures } = words.attention
  const marks = twelveMonths(facts.month, objective).map(({ month, state }) => ({
    ...(state !== undefined && { state }),
    text: monthWas(figures.month(month), state === undefined ? noFigures : words.states[state]),
  }))
  return { text: '', marks }
}

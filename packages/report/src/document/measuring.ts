import type { CorrectionMonth, DefinitionChange, JourneyMonth } from '@tabiji/core/report'
import { type Block, type Cell, paragraph, table } from './block.ts'
import type { Context } from './context.ts'
import { doubtSentence } from './doubts.ts'
import { durationText } from './duration.ts'

/** What changed in the measuring, what is missing, and what was left out; left out when nothing was. */
export function composeMeasuring(context: Context): Block[] {
  const { words, facts } = context
  const blocks = [
    ...paragraph(...facts.journeys.map((journey) => gapSentence(context, journey)), doubtSentence(context)),
    ...revisionsTable(context),
    ...correctionsTable(context, facts.corrections ?? []),
  ]
  if (blocks.length === 0) return []
  return [{ type: 'heading', level: 2, text: words.measuring.heading, anchor: 'measuring' }, ...blocks]
}

/** How long nobody read a journey; what a correction leaves out as well is told below. */
function gapSentence({ words, figures }: Context, { title, coverage }: JourneyMonth): string | undefined {
  const { readSlots, expectedSlots } = coverage
  const missing = expectedSlots - readSlots
  if (missing <= 0) return undefined
  const share = figures.percent(missing, expectedSlots, 2)
  return words.measured.gap(title[words.language], figures.count(missing), share)
}

type Target = NonNullable<DefinitionChange['targets']>[number]

function targetText({ words, figures }: Context, { objective, beforePpm, afterPpm }: Target): string {
  const shown = (ppm: number | undefined) => (ppm === undefined ? words.measured.noTarget : figures.target(ppm))
  return words.measured.target(objective, shown(beforePpm), shown(afterPpm))
}

function revisionsTable(context: Context): Block[] {
  const { words, figures, facts } = context
  const { measuring } = words
  const columns = [
    { label: measuring.since, header: true },
    { label: measuring.definition },
    { label: words.measured.targets },
  ] as const
  const rows = facts.definition.revisions.map(({ at, fingerprint, targets = [] }) => [
    { text: figures.stamp(at) },
    { text: fingerprint },
    { text: figures.list(targets.map((target) => targetText(context, target))) },
  ])
  return table(measuring.changes, columns, rows)
}

function correctionsTable(context: Context, corrections: readonly CorrectionMonth[]): Block[] {
  const { measuring } = context.words
  const columns = [
    { label: measuring.correction, header: true, short: true },
    { label: measuring.reason },
    { label: measuring.objectives },
    { label: measuring.from, short: true },
    { label: measuring.to, short: true },
    { label: measuring.times, align: 'end' },
    { label: measuring.excluded, align: 'end' },
    { label: measuring.events, align: 'end' },
    { label: measuring.author },
  ] as const
  const rows = corrections.map((correction) => correctionRow(context, correction))
  const note = rows.length === 0 ? undefined : measuring.rawStays
  return [...table(measuring.corrections, columns, rows), ...paragraph(note)]
}

function correctionRow({ words, figures, withPeople }: Context, correction: CorrectionMonth): Cell[] {
  const { key, category, reason, objectives, stretches, seconds, events, author } = correction
  const [first, last] = [stretches.at(0), stretches.at(-1)]
  return [
    { text: key },
    { text: category === undefined ? reason : words.measuring.because[category](reason) },
    { text: figures.list(objectives) },
    { text: first === undefined ? '' : figures.stamp(first.from) },
    { text: last === undefined ? '' : figures.stamp(last.to) },
    { text: figures.count(stretches.length) },
    // Up to whole minutes: what is left out is never told as less than it is.
    { text: durationText(words, seconds * 1000) },
    { text: figures.count(events) },
    { text: author === undefined ? '' : withPeople ? author : words.measuring.onRecord },
  ]
}

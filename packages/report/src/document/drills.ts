import { type Block, type Cell, paragraph, table } from './block.ts'
import { type Context, titleOf } from './context.ts'
import { durationText } from './duration.ts'

/** What was practised, of what was planned, and how long it took. Left out by facts that know nothing of drills. */
export function composeDrills(context: Context): Block[] {
  const { words, figures, facts } = context
  if (facts.drills === undefined) return []
  const { planned, tierOne, held } = facts.drills
  const { drills } = words
  const count = figures.count(held.length)
  const sentence =
    held.length === 0 && planned === undefined
      ? drills.none
      : planned === undefined
        ? drills.held(held.length, count)
        : drills.heldOf(held.length, count, figures.count(planned))
  return [
    { type: 'heading', level: 2, text: drills.heading, anchor: 'drills' },
    ...paragraph(
      sentence,
      tierOne.journeys === 0
        ? undefined
        : drills.coverage(figures.count(tierOne.practised), figures.count(tierOne.journeys)),
    ),
    ...heldTable(context),
  ]
}

function heldTable(context: Context): Block[] {
  const { words, figures, facts } = context
  const { drills } = words
  const after = (ms: number | undefined): Cell => ({ text: ms === undefined ? '' : durationText(words, ms) })
  return table(
    drills.heading,
    [
      { label: drills.key, header: true, short: true },
      { label: drills.journey },
      { label: drills.level },
      { label: drills.what },
      { label: drills.began, short: true },
      { label: drills.rang, align: 'end' },
      { label: drills.told, align: 'end' },
      { label: drills.taken, align: 'end' },
      { label: drills.over, align: 'end' },
    ],
    (facts.drills?.held ?? []).map((drill) => [
      { text: drill.key },
      { text: titleOf(context, drill.journey) },
      { text: words.levels[drill.level] },
      { text: drill.what },
      { text: figures.stamp(drill.startedAt) },
      ...[drill.rangMs, drill.toldMs, drill.ackedMs, drill.resolvedMs].map(after),
    ]),
  )
}

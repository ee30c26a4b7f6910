import { exceeds, ratio } from '../budget/index.ts'
import type { SourceLine } from './timeline-line.ts'

/** What was counted of an objective in a stretch that begins at `at` (milliseconds). */
export type SeriesSlot = { readonly at: number; readonly bad: number; readonly valid: number }

/** How an objective went over a stretch, slot by slot without a gap. */
export type ImpactSeries = {
  /** `checkout/availability`. */
  readonly objective: string
  readonly targetPpm: number
  /** How long a slot is, milliseconds. */
  readonly widthMs: number
  readonly slots: readonly SeriesSlot[]
}

/**
 * When the impact began, was worst, and was over by the books: the first slot outside the target, the one with the greatest
 * share of bad events (the first of equal ones), and the first slot with events within the target after the last one outside.
 * Nothing is said of an objective that never left its target, and no end where none has been measured.
 *
 * @param since slots before it are background: an older trouble is not this incident's
 */
export function turningPoints(series: ImpactSeries, since: number): readonly SourceLine[] {
  const slots = series.slots.filter(({ at }) => at >= since)
  const allowed = ratio(BigInt(1_000_000 - series.targetPpm), 1_000_000n)
  const outside = slots.filter((slot) => exceeds(slot.bad, slot.valid, allowed))
  const [first] = outside
  const last = outside.at(-1)
  if (first === undefined || last === undefined) return []
  const worst = outside.reduce((a, b) => (b.bad * a.valid > a.bad * b.valid ? b : a))
  const back = slots.find(({ at, valid }) => at > last.at && valid > 0)
  return [
    lineOf(series, 'began', first),
    lineOf(series, 'worst', worst),
    ...(back === undefined ? [] : [lineOf(series, 'back', back)]),
  ]
}

function lineOf({ objective }: ImpactSeries, turn: 'began' | 'worst' | 'back', slot: SeriesSlot): SourceLine {
  const { at, bad, valid } = slot
  return { id: `B-${objective}-${turn}`, at, source: 'books', facts: { kind: 'impact', turn, objective, bad, valid } }
}

const BARS = '▁▂▃▄▅▆▇█'
const NOTHING = '·'

/** The bad share of each slot as a line of signs; the highest bar is the worst slot, and a dot is a slot without events. */
export function sparkLine({ slots }: ImpactSeries): string {
  const shares = slots.map(({ bad, valid }) => (valid === 0 ? undefined : bad / valid))
  const most = Math.max(0, ...shares.map((share) => share ?? 0))
  return shares
    .map((share) => {
      if (share === undefined) return NOTHING
      return BARS[most === 0 ? 0 : Math.round((share / most) * (BARS.length - 1))]
    })
    .join('')
}

import {
  type Ask,
  type CounterMemory,
  emptyMemory,
  forgetBefore,
  type Interval,
  increases,
  NotACount,
  remember,
  type Series,
  split,
} from '@tabiji/core/openslo'
import type { EngineResult, QueryEngine } from '../../ports/engine.ts'
import { type Answered, partialAnswer } from './indicator-values.ts'

/** What is known of the counters of one question. Nothing of it is kept: the engine tells it again. */
export type CounterState = {
  memory: CounterMemory | undefined
  /** Since when, without a hole, milliseconds. */
  since: number
  debt: number
}

export const emptyCounters = (): CounterState => ({ memory: undefined, since: 0, debt: 0 })

/** How far back the last sample of a counter is looked for when nothing is known of it. */
const LOOK_BACK_MS = 3_600_000
/** Samples that arrive this late are still found. */
const LATE_MS = 300_000
/** What was not seen for so long is forgotten. */
const KNOWN_MS = 86_400_000

type Exact = Extract<Ask, { readonly kind: 'counters' }>

/** Reads the samples of the counters of the intervals, and what they grew by. */
export async function readCounters(
  ask: Exact,
  intervals: readonly Interval[],
  state: CounterState,
  engine: QueryEngine,
  signal: AbortSignal,
): Promise<Answered> {
  const [first, last] = [intervals[0] as Interval, intervals.at(-1) as Interval]
  const read = async (stretch: Interval) => {
    const [part, total] = await Promise.all([
      engine.raw(ask.part, stretch, signal),
      engine.raw(ask.total, stretch, signal),
    ])
    if (!part.ok) return part
    if (!total.ok) return total
    const starts = await startsOf([...part.series, ...total.series], stretch, engine, signal)
    if (!starts.ok) return starts
    const partial = partialAnswer(part) ?? partialAnswer(total) ?? partialAnswer(starts)
    return partial ?? ({ ok: true, part: part.series, total: total.series, starts: starts.series } as const)
  }
  try {
    if (state.memory === undefined) {
      const before = await read({ from: first.from - LOOK_BACK_MS, to: first.from })
      if (!before.ok) return before
      state.memory = emptyMemory()
      state.since = first.from - LOOK_BACK_MS
      remember(state.memory, before)
    }
    const { memory } = state
    const told = await read({ from: Math.max(first.from, first.to - KNOWN_MS) - LATE_MS, to: last.to })
    if (!told.ok) return told
    if (told.total.length === 0) return nothing(ask.total)
    const found = increases(memory, told, intervals, state.since)
    const amounts = []
    let from = first.from
    for (const interval of intervals) {
      const grown = found.get(interval)
      if (grown === undefined) continue
      const { good, bad, debt } = split(ask.side, grown.part, grown.total, state.debt)
      state.debt = debt
      amounts.push({ from, to: interval.to, good, bad })
      from = interval.to
    }
    if (amounts.length === 0 && last.to - first.from > LATE_MS) return nothing(ask.total)
    state.since = Math.max(state.since, last.to - KNOWN_MS)
    forgetBefore(memory, state.since)
    return { ok: true, amounts }
  } catch (error) {
    if (!(error instanceof NotACount)) throw error
    state.memory = undefined
    return { ok: false, failure: 'malformed', message: `Expected counters of events, but ${error.message}` }
  }
}

function nothing(selector: string): Answered {
  return { ok: false, failure: 'no_data', message: `Expected samples of ${selector.slice(0, 200)}, got none` }
}

/** When the processes of series began, as they say themselves. */
async function startsOf(
  series: readonly Series[],
  stretch: Interval,
  engine: QueryEngine,
  signal: AbortSignal,
): Promise<EngineResult> {
  const instances = [...new Set(series.flatMap(({ labels }) => labels.get('instance') ?? []))]
  if (instances.length === 0) return { ok: true, series: [], warnings: [], partial: false }
  const pattern = JSON.stringify(instances.map(escaped).join('|'))
  return engine.raw(`process_start_time_seconds{instance=~${pattern}}`, stretch, signal)
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
}

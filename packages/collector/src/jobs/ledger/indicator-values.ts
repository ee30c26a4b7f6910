import {
  type Ask,
  emptyMemory,
  type Interval,
  increases,
  judgeAmounts,
  judgeValues,
  remember,
  type Series,
  split,
} from '@tabiji/core/openslo'
import type { AskFailure, EngineResult, QueryEngine } from '../../ports/engine.ts'

/** Good and bad events by interval, or why there are none. An interval that could not be read is left out. */
export type Answered =
  | { readonly ok: true; readonly amounts: readonly (Interval & { readonly good: number; readonly bad: number })[] }
  | { readonly ok: false; readonly failure: AskFailure; readonly message: string }

type Evaluated = Exclude<Ask, { readonly kind: 'counters' }>
type Refused = Extract<EngineResult, { ok: false }>

/** Lets the engine evaluate the question's expressions at the end of each interval, and judges what they come to. */
export async function readEvaluated(
  ask: Evaluated,
  intervals: readonly Interval[],
  intervalMs: number,
  engine: QueryEngine,
  signal: AbortSignal,
): Promise<Answered> {
  // An evaluation speaks of its own interval, not of a stretch in which nobody asked.
  const ends = intervals.map(({ to }) => ({ from: to - intervalMs, to }))
  const [first, last] = [ends[0] as Interval, ends.at(-1) as Interval]
  const evaluate = async (query: string, from: number) => {
    const answer = await engine.range(query, { from, to: last.to, stepMs: intervalMs }, signal)
    return answer.ok ? (partialAnswer(answer) ?? answer) : answer
  }
  if (ask.kind === 'ratio' || ask.kind === 'values') {
    const told = await evaluate(ask.query, first.to)
    if (!told.ok) return told
    return amountsOf(ends, ({ to }) => judgeValues(ask, valuesAt(told.series, to)))
  }
  const from = ask.kind === 'growth' ? first.from : first.to
  const [part, total] = await Promise.all([evaluate(ask.part, from), evaluate(ask.total, from)])
  if (!part.ok) return part
  if (!total.ok) return total
  if (ask.kind === 'amounts') {
    return amountsOf(ends, ({ to }) =>
      judgeAmounts(ask.side, sumOf(valuesAt(part.series, to)), sumOf(valuesAt(total.series, to))),
    )
  }
  return grownIn(ends, ask.side, { part: part.series.map(rounded), total: total.series.map(rounded) })
}

/** Counters that an expression made: what they come to at the beginning is where counting starts. */
function grownIn(
  ends: readonly Interval[],
  side: 'good' | 'bad',
  told: { readonly part: readonly Series[]; readonly total: readonly Series[] },
): Answered {
  const memory = emptyMemory()
  const start = (ends[0] as Interval).from
  const upTo = (series: Series) => ({ ...series, samples: series.samples.filter(({ at }) => at <= start) })
  remember(memory, { part: told.part.map(upTo), total: told.total.map(upTo), starts: [] })
  const found = increases(memory, { ...told, starts: [] }, ends, Number.POSITIVE_INFINITY)
  let debt = 0
  return amountsOf(ends, (interval) => {
    const grown = found.get(interval)
    if (grown === undefined) return undefined
    const amount = split(side, grown.part, grown.total, debt)
    debt = amount.debt
    return amount
  })
}

function amountsOf(
  ends: readonly Interval[],
  judge: (interval: Interval) => { readonly good: number; readonly bad: number } | undefined,
): Answered {
  const amounts = ends.flatMap((interval) => {
    const amount = judge(interval)
    return amount === undefined ? [] : [{ ...interval, good: amount.good, bad: amount.bad }]
  })
  if (amounts.length > 0) return { ok: true, amounts }
  return { ok: false, failure: 'no_data', message: 'Expected a number from the query, got none' }
}

/** An answer with holes books nothing: a hole would look like a time in which nothing happened. */
export function partialAnswer(answer: Extract<EngineResult, { ok: true }>): Refused | undefined {
  if (!answer.partial) return undefined
  const said = answer.warnings[0] ?? 'the engine does not say why'
  return { ok: false, failure: 'partial', message: `Expected a whole answer, got a part of it: ${said}` }
}

function valuesAt(series: readonly Series[], at: number): readonly number[] {
  return series.flatMap(({ samples }) => samples.filter((sample) => sample.at === at).map(({ value }) => value))
}

function sumOf(values: readonly number[]): number | undefined {
  return values.length === 0 ? undefined : values.reduce((sum, value) => sum + value, 0)
}

/** Whole counts; a value that is no count at all (NaN, below zero) is not read. */
function rounded({ labels, samples }: Series): Series {
  const counts = samples.filter(({ value }) => value >= 0 && value <= Number.MAX_SAFE_INTEGER)
  return { labels, samples: counts.map(({ at, value }) => ({ at, value: Math.floor(value) })) }
}

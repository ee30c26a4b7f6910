import type { Side } from './question.ts'

/** A series of an engine. Samples ascend by time, milliseconds. */
export type Series = {
  readonly labels: ReadonlyMap<string, string>
  readonly samples: readonly { readonly at: number; readonly value: number }[]
}

/** What is known of the counters of a question: their last sample by series, and the targets that they come from. */
export type CounterMemory = {
  readonly last: Map<string, Sample & { readonly startedAt: number | undefined }>
  /** When each target was last seen, milliseconds. */
  readonly targets: Map<string, number>
}

type Sample = Series['samples'][number]

export const emptyMemory = (): CounterMemory => ({ last: new Map(), targets: new Map() })

/** Whole numbers of one interval. */
export type Amount = { readonly good: number; readonly bad: number }

/** A stretch of time that begins after `from` and ends with `to`, milliseconds. */
export type Interval = { readonly from: number; readonly to: number }

/** A value that cannot be a count of events: no whole number, or one beyond 2⁵³ − 1. */
export class NotACount extends Error {}

/** Two counters of one ratio, as an engine told their samples. */
export type Told = {
  readonly part: readonly Series[]
  readonly total: readonly Series[]
  /** When the processes began that they come from, in seconds, as client libraries say it; of others nothing. */
  readonly starts: readonly Series[]
}

/**
 * Takes note of samples without counting them: where counters stood before the first interval.
 *
 * @throws NotACount
 */
export function remember(memory: CounterMemory, told: Told): void {
  growth(memory, told, Number.POSITIVE_INFINITY)
}

/**
 * What counters grew by in each interval: the samples of each series one after the other, as a process without an id is
 * read. A lower value is a restart, and so is a process that says that it began later: then all is new, also of a series
 * that was gone meanwhile and came back higher. A series that is new on a target that is known began at zero; one of a target
 * that nobody has seen is where counting begins, unless the process began when it would have been seen.
 *
 * Samples that come in late count in the first interval. An interval in which nothing was sampled is not in the result:
 * what happened in it is found in a later one.
 *
 * @param intervals ascending, without holes
 * @param since from when on the memory has every target, milliseconds
 * @throws NotACount; then the memory is of no use any more
 */
export function increases(
  memory: CounterMemory,
  told: Told,
  intervals: readonly Interval[],
  since: number,
): ReadonlyMap<Interval, { readonly part: number; readonly total: number }> {
  const found = new Map<Interval, { part: number; total: number }>()
  for (const { at, column, added } of growth(memory, told, since)) {
    const interval = intervals.find(({ to }) => at <= to)
    if (interval === undefined) continue
    const sum = found.get(interval) ?? { part: 0, total: 0 }
    sum[column] += added
    found.set(interval, sum)
  }
  return found
}

type Added = { readonly at: number; readonly column: 'part' | 'total'; readonly added: number }

function growth(memory: CounterMemory, told: Told, since: number): readonly Added[] {
  const added: Added[] = []
  const samples = (['part', 'total'] as const).flatMap((column) =>
    told[column].flatMap((series) => {
      const [id, target] = [`${column} ${idOf(series.labels)}`, targetOf(series.labels)]
      return series.samples.map(({ at, value }) => ({ at, value, column, id, target }))
    }),
  )
  const starts = new Map(told.starts.map(({ labels, samples }) => [targetOf(labels), samples]))
  // By time over all series, so that a series that begins finds the target's other ones; those of one time begin together.
  for (const together of byTime(samples)) {
    const known = new Set(together.filter(({ target }) => memory.targets.has(target)).map(({ target }) => target))
    for (const { at, value, column, id, target } of together) {
      const before = memory.last.get(id)
      if (before !== undefined && at <= before.at) continue
      if (!Number.isSafeInteger(value) || value < 0) throw new NotACount(`a sample is ${value}`)
      const startedAt = startOf(starts.get(target), at)
      const isNew = known.has(target) || (startedAt ?? 0) >= since
      const base =
        before === undefined ? (isNew ? 0 : value) : hasRestarted(before, value, startedAt) ? 0 : before.value
      added.push({ at, column, added: value - base })
      memory.last.set(id, { at, value, startedAt: startedAt ?? before?.startedAt })
      memory.targets.set(target, at)
    }
  }
  return added
}

/** Starts this close together are one start: many runtimes work theirs out from the machine's uptime. Milliseconds. */
const SAME_START_MS = 1000

/** A process that only corrects its start had begun before its last sample, and goes on. Many tell whole seconds only. */
function hasRestarted(
  before: Sample & { readonly startedAt: number | undefined },
  value: number,
  startedAt: number | undefined,
): boolean {
  if (value < before.value) return true
  if (startedAt === undefined || before.startedAt === undefined) return false
  return startedAt > before.startedAt + SAME_START_MS && startedAt > before.at - SAME_START_MS
}

/** When the process of a sample began, milliseconds, by what it said last until then. */
function startOf(said: Series['samples'] | undefined, at: number): number | undefined {
  const last = said?.findLast((each) => each.at <= at)
  return last === undefined ? undefined : last.value * 1000
}

function byTime<Sample extends { readonly at: number }>(samples: readonly Sample[]): readonly (readonly Sample[])[] {
  const groups: Sample[][] = []
  for (const sample of samples.toSorted((a, b) => a.at - b.at)) {
    const last = groups.at(-1)
    if (last?.[0]?.at === sample.at) last.push(sample)
    else groups.push([sample])
  }
  return groups
}

/** Lets go of series and targets that were not seen since. */
export function forgetBefore({ last, targets }: CounterMemory, at: number): void {
  for (const [id, sample] of last) if (sample.at < at) last.delete(id)
  for (const [target, seen] of targets) if (seen < at) targets.delete(target)
}

/**
 * Good and bad events of a part and its total. Two counters are not read at one instant, so a part may be ahead of its
 * total for a moment: what it is ahead by is a debt, which the next total pays.
 */
export function split(side: Side, part: number, total: number, debt: number): Amount & { readonly debt: number } {
  const rest = total - part - debt
  const other = Math.max(0, rest)
  const left = Math.max(0, -rest)
  return side === 'good' ? { good: part, bad: other, debt: left } : { good: other, bad: part, debt: left }
}

/** The process that a series comes from, so far as labels say it. */
function targetOf(labels: Series['labels']): string {
  return JSON.stringify([labels.get('job') ?? '', labels.get('instance') ?? ''])
}

function idOf(labels: Series['labels']): string {
  return JSON.stringify([...labels].sort(([a], [b]) => (a < b ? -1 : 1)))
}

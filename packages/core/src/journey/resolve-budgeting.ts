import { expected, type Path, type Problem } from '../problem/index.ts'
import { DAY, formatDuration, MINUTE } from '../time/index.ts'
import type { BUDGETING_METHODS, Budgeting, NoData, Objective } from './definition.ts'
import { longestWindow } from './window.ts'
import { WORKBOOK_POLICY } from './workbook.ts'

/** What an objective states of its budget; milliseconds and parts per million. */
type Stated = {
  readonly budgeting?: (typeof BUDGETING_METHODS)[number] | undefined
  readonly slice?: number | undefined
  readonly sliceTarget?: number | undefined
  readonly onNoData?: NoData | undefined
}

type Promise = Pick<Objective, 'window' | 'targetPpm'> & { readonly policy: Objective['policy'] | undefined }

/** Dates begin at whole quarters of an hour of UTC in every zone. */
const CALENDAR_STEP = 15 * MINUTE

/**
 * How the budget is kept; nothing for one in events, and where what is stated cannot be: that goes to `problems`. Events that
 * nobody read have no number, so a policy for them needs slices, which time alone counts.
 */
export function resolveBudgeting(
  stated: Stated,
  promise: Promise,
  path: Path,
  problems: Problem[],
): Budgeting | undefined {
  const { budgeting: method = 'occurrences', slice, sliceTarget, onNoData = 'ignore' } = stated
  const wrong = (key: string, what: string, got: unknown, hint?: string): undefined => {
    const part = got === undefined ? {} : { part: 'key' as const }
    problems.push(expected('JOURNEYS_BUDGETING', [...path, key], what, got, { ...part, ...(hint && { hint }) }))
  }
  if (method !== 'timeslices' && sliceTarget !== undefined) {
    return wrong('sliceTarget', 'no `sliceTarget` without `budgeting: timeslices`', 'one')
  }
  if (method === 'occurrences') {
    if (slice !== undefined) wrong('slice', 'no `slice` without `budgeting: timeslices` or `ratio-timeslices`', 'one')
    if (onNoData !== 'ignore') {
      const hint = 'events that nobody read have no number to count; use `budgeting: timeslices`'
      wrong('onNoData', '`ignore` for a budget in events', onNoData, hint)
    }
    return undefined
  }
  if (slice === undefined) return wrong('slice', 'the length of a slice, such as `1m` or `5m`', undefined)
  const misfit = misfitOf(slice, method, promise)
  if (misfit !== undefined) return wrong('slice', misfit, formatDuration(slice))
  if (method === 'ratio-timeslices') return { method, sliceMs: slice, onNoData }
  if (sliceTarget === undefined) {
    return wrong('sliceTarget', 'the percentage of its events that makes a slice good, such as 95', undefined)
  }
  return { method, sliceMs: slice, sliceTargetPpm: sliceTarget, onNoData }
}

/** What a slice must be that this one is not, to be continued after "must be"; nothing for one that fits. Milliseconds. */
export function misfitOf(slice: number, method: Budgeting['method'], { window, policy, targetPpm }: Promise) {
  const { pairs } = policy ?? WORKBOOK_POLICY
  const shortest = Math.min(...pairs.map(({ shortMs }) => shortMs))
  const lengths = [...pairs.flatMap(({ longMs, shortMs }) => [longMs, shortMs])]
  if (slice > shortest) return `at most the shortest window that rings (${formatDuration(shortest)})`
  if (DAY % slice !== 0) return 'a length of which a day is a whole number'
  if (window.kind !== 'rolling' && CALENDAR_STEP % slice !== 0) return 'a length of which 15m is a whole number'
  if (window.kind === 'rolling') lengths.push(window.ms)
  const cut = lengths.find((length) => length % slice !== 0)
  if (cut !== undefined) return `a length of which every window is a whole number (one is ${formatDuration(cut)})`
  const most = longestWindow(window)
  // Millionths of a slice times millionths of the budget must stay a whole number that a double holds.
  const isExact = Number.isSafeInteger(Math.ceil(most / slice) * 1_000_000 * (1_000_000 - targetPpm))
  if (method === 'timeslices' || isExact) return undefined
  return 'long enough for the mean of all slices to be exact with whole numbers below 2^53'
}

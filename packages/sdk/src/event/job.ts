import type { AsyncLocalStorage } from 'node:async_hooks'
import type { Origin } from './borrowed.ts'
import type { Events, OpenEvent } from './events.ts'
import type { Rule } from './rule.ts'
import type { TimeSource } from './time-source.ts'

export type JobOptions = {
  /**
   * When the user's waiting began, in milliseconds since the Unix epoch: the time at which the job was queued, so that
   * waiting in the queue counts. A time in the future counts as now.
   * @default now
   */
  readonly startedAt?: number
  /**
   * The journey that the job was queued for, as `carry()` gave it. It is checked; one that is not taken is counted and
   * changes nothing else.
   * @default the borrowed journey in whose request or job this one runs
   */
  readonly from?: string | undefined
}

/** What a job can say about its event; works where the async context has been lost. */
export type JobScope = {
  fail(reason: string): void
  exclude(reason: string): void
}

/** Runs work as one event. A rule that is undefined leaves the work unmeasured. */
export type Runner = <T>(
  rule: Rule | undefined,
  job: (scope: JobScope) => T | PromiseLike<T>,
  options?: JobOptions,
) => Promise<T>

export function createRunner(
  events: Events,
  time: TimeSource,
  current: AsyncLocalStorage<OpenEvent>,
  fromCarried: (text: unknown) => Origin | undefined,
): Runner {
  return async (rule, job, options = {}) => {
    const waited = options.startedAt === undefined ? 0 : time.epoch() - options.startedAt
    const event = events.begin(time.now() - (Number.isFinite(waited) ? Math.max(0, waited) : 0))
    // A job has no upload that its clock could wait for.
    event.bodyAt = event.startedAt
    event.origin = options.from === undefined ? current.getStore()?.origin : fromCarried(options.from)
    if (rule !== undefined) events.bind(event, rule)
    const scope: JobScope = {
      fail: (reason) => events.mark(event, 'fail', reason),
      exclude: (reason) => events.mark(event, 'exclude', reason),
    }
    try {
      const result = await current.run(event, () => job(scope))
      events.settle(event, 'whole')
      return result
    } catch (error) {
      event.threw = true
      events.settle(event, 'none')
      throw error
    }
  }
}

import type { Outcome } from '@tabiji/core/journey'
import type { Rule } from './rule.ts'

/** How an event ended, as far as its verdict needs it. */
export type Ending = {
  /** What the service itself said with `fail()` or `exclude()`; a failure is not excused by an exclusion. */
  readonly mark: 'fail' | 'exclude' | undefined
  /** Whether it was still open when the shutdown's grace was over. */
  readonly expired: boolean
  /** Whether an error was thrown, or the service cut the connection. Where an answer was given all the same, it counts. */
  readonly threw: boolean
  /** `whole`: everything was sent, or the job returned. `begun`: the headers were sent, then the connection was gone. */
  readonly answer: 'whole' | 'begun' | 'none'
  /** Undefined for a job. Says nothing while the answer is `none`: Node presets 200. */
  readonly status: number | undefined
  /** Time on the step's clock. */
  readonly elapsedMs: number
}

/**
 * The verdict on an event, by the first row that fits:
 *
 * | ending | outcome |
 * | --- | --- |
 * | marked by `fail()` | error |
 * | marked by `exclude()` | excluded |
 * | open at the end of the shutdown's grace | error |
 * | not answered whole, and an error was thrown or the service cut the connection | error |
 * | status that the step calls bad, excluded or good | error, excluded, or judged by time |
 * | 5xx, 429 | error |
 * | other 4xx | excluded |
 * | later than promised, answered or not | slow |
 * | gone within the promise, before what was promised had been delivered | excluded: the client's own choice |
 * | within the promise, to the millisecond | good |
 *
 * A step whose clock stops at the `headers` has delivered what it promised once they are sent: such a stream ends when
 * the client has seen enough. Because errors are decided before time, a failed event is never also slow.
 */
export function decide(rule: Rule, ending: Ending): Outcome {
  if (ending.mark !== undefined) return ending.mark === 'fail' ? 'error' : 'excluded'
  if (ending.expired) return 'error'
  if (ending.threw && ending.answer !== 'whole') return 'error'
  if (ending.status !== undefined && ending.answer !== 'none') {
    const verdict = byStatus(rule, ending.status)
    if (verdict !== undefined) return verdict
  }
  if (ending.elapsedMs > rule.withinMs) return 'slow'
  const delivered = ending.answer === 'whole' || (ending.answer === 'begun' && rule.clock === 'headers')
  return delivered ? 'good' : 'excluded'
}

/** @returns what the status alone decides; undefined when time decides. */
function byStatus(rule: Rule, status: number): Outcome | undefined {
  if (rule.bad.includes(status)) return 'error'
  if (rule.excluded.includes(status)) return 'excluded'
  if (status < 400 || rule.good.includes(status)) return undefined
  // A client that is refused for want of capacity was let down by the service, so 429 stands with the server's errors.
  return status >= 500 || status === 429 ? 'error' : 'excluded'
}

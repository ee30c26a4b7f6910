import type { Level } from '../journey/index.ts'
import { type Desk, nextOpening } from '../time/index.ts'
import { pass, type Verdict } from './verdict.ts'

/**
 * Level 1 passes at any hour, and so does level 3, which wakes nobody; level 2 waits for the desk to open. A desk that never opens
 * again must not swallow anything: then at once is better than never.
 *
 * @param at milliseconds. It waits for the first opening from `since` on, whenever it is asked: nobody asks at the very
 *   millisecond of an opening
 * @param desk of the owner
 */
export function askHours(
  level: Level,
  owner: string | undefined,
  { since, now }: { readonly since: number; readonly now: number },
  desk: Desk,
): Verdict {
  const opening = level === 2 ? (nextOpening(since, desk) ?? now) : now
  if (opening <= now) return pass('hours')
  return {
    gate: 'hours',
    verdict: 'defer',
    until: opening,
    by: { kind: 'hours', ...(owner !== undefined && { owner }) },
  }
}

import { SECOND } from '../time/index.ts'
import type { AlertFacts } from './facts.ts'
import type { MessageFacts } from './message-facts.ts'
import { pass, type Verdict } from './verdict.ts'

/** How long a chat waits for what belongs to the same trouble. */
export const GROUPING_MS = 15 * SECOND

/** So many notices that wait for one chat are told together whatever they are about: nobody reads that many one by one. */
export const CROWD = 6

/** The most that one message tells of; the rest comes with the next one. */
const MOST = 50

/** Whether a chat tells it together with others: notices only. A page is by itself, and a ticket is in a digest. */
export function isGrouped(facts: MessageFacts): facts is AlertFacts {
  return facts.kind === 'trigger' && facts.level === 3 && facts.drill === undefined
}

/**
 * Lets a notice for a chat wait for others of its journey.
 *
 * @param since when the first notice of the journey that still waits for that chat was owed, milliseconds; absent where nothing
 *   is grouped
 */
export function askGrouping(since: number | undefined, now: number): Verdict {
  if (since === undefined || now >= since + GROUPING_MS) return pass('grouping')
  return { gate: 'grouping', verdict: 'defer', until: since + GROUPING_MS }
}

/** A notification that could go out to the same chat now. */
type Ready = { readonly id: string; readonly facts: MessageFacts }

/**
 * What is told in one message with a notice: the others of its journey; or, when there are more than people read one by one,
 * all of them.
 *
 * @param ready what else could go out to the same chat now, oldest first
 */
export function companionsOf<Some extends Ready>(notice: Ready, ready: readonly Some[]): readonly Some[] {
  const { facts } = notice
  if (!isGrouped(facts)) return []
  const others = ready.filter((each) => each.id !== notice.id && isGrouped(each.facts))
  const isCrowd = others.length + 1 >= CROWD
  const ofJourney = others.filter(({ facts: other }) => isGrouped(other) && other.journey.name === facts.journey.name)
  return (isCrowd ? others : ofJourney).slice(0, MOST - 1)
}

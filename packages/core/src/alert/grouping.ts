import { SECOND } from '../time/index.ts'
import type { AlertFacts } from './facts.ts'
import type { MessageFacts } from './message-facts.ts'
import { pass, type Verdict } from './verdict.ts'

/** How long a chat waits for what belongs to the same trouble. */
export const GROUPING_MS = 15 * SECOND

/** So many notices that wait for one chat are told together whatever they are about: nobody reads that many one by one. */
const CROWD = 6

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
  if (!isGrouped(notice.facts)) return []
  const { name } = notice.facts.journey
  const others = ready.filter((each) => each.id !== notice.id && isGrouped(each.facts))
  return toldWith(name, others, ({ facts }) => (isGrouped(facts) ? facts.journey.name : undefined))
}

/**
 * How many messages notices are that go out to a chat together: what {@link companionsOf} makes of them, one message after the
 * other. It depends neither on their order nor on what joins them before they are sent: two lots are never more messages
 * together than each by itself.
 *
 * @param journeys the journey of each
 */
export function countMessages(journeys: readonly string[]): number {
  const notices = journeys.map((journey) => ({ journey }))
  return messagesOf(notices, ({ journey }) => journey).length
}

/** Cuts notices into the messages in which they are sent, oldest first. */
export function messagesOf<Some extends object>(
  notices: readonly Some[],
  journeyOf: (notice: Some) => string,
): readonly (readonly Some[])[] {
  const messages: (readonly Some[])[] = []
  for (let rest = notices; rest.length > 0; ) {
    const [first, ...others] = rest
    if (first === undefined) break
    const message = [first, ...toldWith(journeyOf(first), others, journeyOf)]
    const told = new Set(message)
    rest = others.filter((each) => !told.has(each))
    messages.push(message)
  }
  return messages
}

/** A crowd of which so few are left that they would be told by journey leaves as many as are a crowd again. */
function toldWith<Some>(
  journey: string,
  others: readonly Some[],
  journeyOf: (other: Some) => string | undefined,
): readonly Some[] {
  const all = others.length + 1
  if (all < CROWD) return others.filter((other) => journeyOf(other) === journey)
  const left = all > MOST ? Math.max(all - MOST, CROWD) : 0
  return others.slice(0, others.length - left)
}

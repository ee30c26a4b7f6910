import { CROWD } from './grouping.ts'
import { isAboutAlert, type MessageFacts } from './message-facts.ts'
import type { Verdict } from './verdict.ts'

/** How many messages a receiver takes at most in how long (milliseconds), pages and ends of alerts beside it. */
export type RateBudget = { readonly notifications: number; readonly perMs: number }

/** What was let go to a receiver: when, and about which journey. */
export type LetGo = { readonly at: number; readonly journey: string }

/** A notification that all other gates let go. */
type Waiting = { readonly id: string; readonly journey: string }

/**
 * Whether it is counted: what is told one by one, except what cannot wait. A page is never held back for its number, and whoever was
 * told of the beginning is told of the end. Level 2 comes in a digest a day.
 */
export function isBudgeted(facts: MessageFacts): boolean {
  if (!isAboutAlert(facts) || facts.level === 1 || facts.drill !== undefined) return false
  return facts.kind === 'reminder' || (facts.kind === 'trigger' && facts.level === 3)
}

/**
 * Asks the budget of one receiver about everything that waits for it, oldest first.
 *
 * @param told what was let go to it within the budget's stretch
 * @param together whether the receiver is a chat, where the alerts of a journey are one message, and a crowd is one whatever it is
 *   about: then what waits for the budget is told together as soon as there is room for one message
 */
export function askRateBudget(
  waiting: readonly Waiting[],
  told: readonly LetGo[],
  { notifications, perMs }: RateBudget,
  together: boolean,
  now: number,
): ReadonlyMap<string, Verdict> {
  const sent = messagesIn(told, together).filter((at) => at > now - perMs)
  const room = Math.max(0, notifications - sent.length)
  const passes = together ? roomTogether(waiting, room) : new Set(waiting.slice(0, room).map(({ id }) => id))
  const until = Math.min(now, ...sent) + perMs
  return new Map(
    waiting.map(({ id }): [string, Verdict] => [
      id,
      passes.has(id) ? { gate: 'rate_budget', verdict: 'pass' } : { gate: 'rate_budget', verdict: 'defer', until },
    ]),
  )
}

function roomTogether(waiting: readonly Waiting[], room: number): ReadonlySet<string> {
  if (room > 0 && waiting.length >= CROWD) return new Set(waiting.map(({ id }) => id))
  const journeys = [...new Set(waiting.map(({ journey }) => journey))].slice(0, room)
  return new Set(waiting.filter(({ journey }) => journeys.includes(journey)).map(({ id }) => id))
}

/** When each message was let go. What was let go in one instant to a chat is a message for each journey, or one for a crowd. */
function messagesIn(told: readonly LetGo[], together: boolean): readonly number[] {
  if (!together) return told.map(({ at }) => at)
  const instants = new Map<number, string[]>()
  for (const { at, journey } of told) instants.set(at, [...(instants.get(at) ?? []), journey])
  return [...instants].flatMap(([at, journeys]) =>
    journeys.length >= CROWD ? [at] : [...new Set(journeys)].map(() => at),
  )
}

import { countMessages, messagesOf } from './grouping.ts'
import { isAboutAlert, type MessageFacts } from './message-facts.ts'
import type { Verdict } from './verdict.ts'

/** How many messages a receiver takes at most in how long (milliseconds), pages and ends of alerts beside it. */
export type RateBudget = { readonly notifications: number; readonly perMs: number }

/** A notification that counts: about which journey, and whether it is a message by itself also where notices are told together. */
type Counted = { readonly journey: string; readonly alone: boolean }

/** What was let go to a receiver, and when, milliseconds. */
export type LetGo = Counted & { readonly at: number }

/** A notification that all other gates let go. */
type Waiting = Counted & { readonly id: string }

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
 * @param together whether the receiver is a chat, where notices are told together: then they count in the messages in which
 *   they are sent, and as many of these pass as there is room for
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
  const passes = new Set(waitingMessages(waiting, together).slice(0, room).flat())
  const until = Math.min(now, ...sent) + perMs
  return new Map(
    waiting.map((each): [string, Verdict] => [
      each.id,
      passes.has(each) ? { gate: 'rate_budget', verdict: 'pass' } : { gate: 'rate_budget', verdict: 'defer', until },
    ]),
  )
}

/** The messages that would be sent, by the oldest that each tells of. */
function waitingMessages(waiting: readonly Waiting[], together: boolean): readonly (readonly Waiting[])[] {
  if (!together) return waiting.map((each) => [each])
  const place = new Map(waiting.map((each, i) => [each, i]))
  const first = (message: readonly Waiting[]) => Math.min(...message.map((each) => place.get(each) ?? 0))
  const alone = waiting.filter((each) => each.alone).map((each) => [each])
  const grouped = messagesOf(
    waiting.filter((each) => !each.alone),
    ({ journey }) => journey,
  )
  return [...alone, ...grouped].sort((a, b) => first(a) - first(b))
}

/** When each message was let go. What was let go in one instant is sent together, where it is told together. */
function messagesIn(told: readonly LetGo[], together: boolean): readonly number[] {
  if (!together) return told.map(({ at }) => at)
  const alone = told.filter((each) => each.alone).map(({ at }) => at)
  const instants = new Map<number, string[]>()
  for (const each of told) {
    if (!each.alone) instants.set(each.at, [...(instants.get(each.at) ?? []), each.journey])
  }
  return [...alone, ...[...instants].flatMap(([at, journeys]) => Array<number>(countMessages(journeys)).fill(at))]
}

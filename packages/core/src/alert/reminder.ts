import type { Level } from '../journey/index.ts'
import { expireAck } from './ack.ts'
import { type Episode, isOpen, type Transition } from './episode.ts'

/**
 * When something has to be looked at again although nothing happened. Kept as rows, so that no restart forgets one:
 *
 * - `ack_expiry`: whoever had it has it no more;
 * - `escalation`: nobody took a page, others are told; `step` is its place in the list, from 0;
 * - `reminder`: nobody took a page, everybody who was told is told again; `step` counts them, from 0;
 * - `ticket`: it is open for so long that it should be planned work.
 */
type TimerKind = 'ack_expiry' | 'escalation' | 'reminder' | 'ticket'

export type Timer = {
  readonly episode: string
  readonly kind: TimerKind
  readonly step: number
  /** Since when nobody has had it, milliseconds; of an expiry since when somebody had. */
  readonly since: number
  /** Milliseconds. */
  readonly due: number
}

/** Whom an unanswered page goes to next, and how often it is repeated. Durations in milliseconds. */
export type ReminderRules = {
  /** Ascending by time. */
  readonly escalation: readonly { readonly afterMs: number; readonly to: readonly string[] }[]
  readonly reminders: { readonly everyMs: number; readonly atMost: number }
  /** When something that began at the time should become a ticket. */
  readonly ticketDue: (startedAt: number, owner: string | undefined) => number
}

/** Why people are told again: nobody took it, whoever had it has it no more, or it should become planned work. */
export type Reason = 'unanswered' | 'ack_expired' | 'ticket'

/** What has to be told again. `to`: receivers beside those of the level, or instead of them. */
export type Telling = {
  readonly reason: Reason
  /** Whether the receivers of the level are told. */
  readonly level: boolean
  readonly to: readonly string[]
  /** Receivers beside those of the level that were told before. */
  readonly asked: readonly string[]
  /** Since when nobody has had it, milliseconds. */
  readonly since: number
  /** How long ago this should have been told. */
  readonly lateMs: number
}

/** An episode as its timers know it. */
export type Watched = {
  readonly id: string
  readonly level: Level
  readonly episode: Episode
  /** Whose it is; absent: nobody's. */
  readonly facts?: { readonly journey: { readonly owner?: string } }
}

/** What timers that were due come to. `timers` are all that the episode has from now on. */
export type Attended = {
  readonly episode: Episode
  readonly transitions: readonly Transition[]
  readonly tellings: readonly Telling[]
  readonly timers: readonly Timer[]
}

/** All timers of an episode that has changed hands: somebody took it, or nobody has it since `since`. */
export function planTimers(
  { id, level, episode, facts }: Watched,
  since: number,
  rules: ReminderRules,
): readonly Timer[] {
  if (!isOpen(episode)) return []
  const timer = (kind: TimerKind, step: number, due: number): Timer => ({ episode: id, kind, step, since, due })
  const expiry = episode.ack === undefined ? [] : [timer('ack_expiry', 0, episode.ack.until)]
  const ticket =
    level === 2 && episode.ticketProposed === undefined
      ? [timer('ticket', 0, rules.ticketDue(episode.startedAt, facts?.journey.owner))]
      : []
  const { everyMs, atMost } = rules.reminders
  const asks =
    level !== 1 || episode.state === 'acked'
      ? []
      : [
          ...rules.escalation.map(({ afterMs }, step) => timer('escalation', step, since + afterMs)),
          ...(atMost === 0 ? [] : [timer('reminder', 0, since + everyMs)]),
        ]
  return [...expiry, ...ticket, ...asks]
}

/**
 * Looks at the timers of an episode that are due. What was missed while nobody looked is told once, now, with how late it
 * is; what is over, or has been taken, is told of no more. Pure and idempotent: what it leaves is not due again now.
 *
 * @param timers all timers of the episode
 */
export function attendTimers(watched: Watched, timers: readonly Timer[], rules: ReminderRules, now: number): Attended {
  const { episode } = watched
  const isDue = ({ due }: Timer) => due <= now
  const rest = timers.filter((timer) => !isDue(timer))
  if (!isOpen(episode)) return { episode, transitions: [], tellings: [], timers: [] }
  const due = timers.filter(isDue)
  const expiry = due.find(({ kind }) => kind === 'ack_expiry')
  if (expiry !== undefined && episode.state === 'acked') return expire(watched, expiry, rules, now)
  const ticket = proposeTicket(watched, due, now)
  const asks = episode.state === 'acked' ? { tellings: [], timers: [] } : ask(due, rules, now)
  return {
    episode: ticket.tellings.length > 0 ? { ...episode, ticketProposed: true } : episode,
    transitions: [],
    tellings: [...asks.tellings, ...ticket.tellings],
    timers: [...rest, ...asks.timers, ...ticket.timers],
  }
}

/** Whoever had it has it no more. One that was renewed meanwhile has another time; then only its timers are put right. */
function expire(watched: Watched, { due }: Timer, rules: ReminderRules, now: number): Attended {
  const { episode = watched.episode, transitions } = expireAck(watched.episode, now)
  if (transitions.length === 0) {
    const timers = planTimers(watched, watched.episode.ack?.at ?? now, rules)
    return { episode, transitions, tellings: [], timers }
  }
  const free = { ...watched, episode }
  const next = attendTimers(free, planTimers(free, now, rules), rules, now)
  const telling = { reason: 'ack_expired', level: true, to: [], asked: [], since: now, lateMs: now - due } as const
  // What should have become a ticket meanwhile says so, and that is enough.
  return { ...next, transitions, tellings: next.tellings.length > 0 ? next.tellings : [telling] }
}

type Asked = Pick<Attended, 'tellings' | 'timers'>

/** Who has been told by an escalation of the same turn needs no reminder beside it, and nobody hears the same twice. */
function ask(due: readonly Timer[], { escalation, reminders }: ReminderRules, now: number): Asked {
  const tellings: Telling[] = []
  const timers: Timer[] = []
  const reached = new Set<string>()
  for (const { kind, step, since, due: at } of due) {
    if (kind !== 'escalation') continue
    const to = (escalation[step]?.to ?? []).filter((name) => !reached.has(name))
    for (const name of to) reached.add(name)
    const asked = [...new Set(escalation.slice(0, step).flatMap((earlier) => earlier.to))]
    if (to.length > 0) tellings.push({ reason: 'unanswered', level: false, to, asked, since, lateMs: now - at })
  }
  for (const timer of due) {
    if (timer.kind !== 'reminder') continue
    const { step, since } = timer
    const asked = [...new Set(escalation.filter(({ afterMs }) => since + afterMs <= now).flatMap(({ to }) => to))]
    const to = asked.filter((name) => !reached.has(name))
    tellings.push({ reason: 'unanswered', level: true, to, asked, since, lateMs: now - timer.due })
    if (step + 1 < reminders.atMost) timers.push({ ...timer, step: step + 1, due: now + reminders.everyMs })
  }
  return { tellings, timers }
}

/** What somebody has taken is asked about when they have it no more. */
function proposeTicket({ episode }: Watched, due: readonly Timer[], now: number): Asked {
  const [timer] = due.filter(({ kind }) => kind === 'ticket')
  if (timer === undefined) return { tellings: [], timers: [] }
  if (episode.ack !== undefined) return { tellings: [], timers: [{ ...timer, due: episode.ack.until }] }
  const common = { reason: 'ticket', level: true, to: [], asked: [] } as const
  const telling = { ...common, since: episode.startedAt, lateMs: now - timer.due }
  return { tellings: [telling], timers: [] }
}

import type { AlertFacts, Gate, Late, MessageFacts } from '@tabiji/core/alert'
import type { Title } from '@tabiji/core/journey'

/** Why a delivery failed. Each becomes a label value of `tabiji_notifications_total`. */
const DELIVERY_FAILURES = [
  'unreachable',
  'timeout',
  'rate_limited',
  'server_error',
  'refused',
  'forbidden_address',
] as const
export type DeliveryFailure = (typeof DELIVERY_FAILURES)[number]

/** What people who work on an incident have to do. */
export type ToDo = {
  /** Its key, and where it can be looked at when the collector knows its public address. */
  readonly incident: string
  readonly link?: string
  /** What comes next: the first of its checklist that is not done yet. */
  readonly items: readonly Title[]
  /** How its checklist begins, done or not: the same whenever it is told. */
  readonly first: readonly Title[]
}

/** One notification that is owed to one receiver. */
export type Notification = {
  /** The outbox row's id: the same on every attempt, so that the receiver can drop repeats. */
  readonly id: string
  readonly facts: MessageFacts
  /** When the transition happened that this tells of; the delivery may be later. */
  readonly createdAt: number
  /** The newest message about the same alert that this receiver took, where it said what it calls that; absent: none. */
  readonly told?: { readonly ref: string; readonly facts: MessageFacts }
  /** The message under which it belongs, as this receiver calls it; absent: it stands by itself. */
  readonly thread?: string
  /** The incident that a page belongs to, and what is to be done first; absent: there is none. */
  readonly toDo?: ToDo
  /** The receiver that did not take it, when this one is told instead; the message says so. */
  readonly insteadOf?: string
  /** Why it is told late; absent: it is not. */
  readonly late?: Late<Gate>
  /** Alerts that are told in the same message; only to a receiver that groups. */
  readonly others?: readonly AlertFacts[]
}

/** What is told again to a receiver that forgets. */
export type Renewed = { readonly facts: AlertFacts } & Pick<Notification, 'toDo' | 'insteadOf' | 'late'>

export type Attempt = {
  /** When this attempt begins. */
  readonly at: number
  /** An earlier attempt may have arrived although nobody knows; the message says so where the receiver cannot tell. */
  readonly mayRepeat: boolean
  /** The receiver refused the full form; send the plainest one. */
  readonly degraded: boolean
}

export type DeliveryResult =
  /** `message`: what was not as it should be although it arrived. `ref`: what the receiver calls it, of a message that can be edited. */
  | { readonly kind: 'delivered'; readonly status: number; readonly message?: string; readonly ref?: string }
  /** `afterMs` is what the receiver asked for; `ambiguous` means that it may have arrived. */
  | {
      readonly kind: 'retry'
      readonly failure: DeliveryFailure
      readonly message: string
      readonly afterMs?: number
      readonly ambiguous: boolean
    }
  /** Trying the same again is pointless. */
  | { readonly kind: 'rejected'; readonly failure: DeliveryFailure; readonly message: string }

/** How fast a receiver may be told: so many at once, then one in each `everyMs`. */
export type Pace = { readonly everyMs: number; readonly burst: number }

/** A way to a person. */
export interface Notifier {
  /** The receiver's name in the configuration. */
  readonly name: string
  /** Whether what it is told of stays open there until it is told of the end. */
  readonly keepsOpen?: true
  /** Whether people read it as a stream, so that notices that belong together are told in one message. */
  readonly groups?: true
  /** What its kind allows by its documents; absent: one after another, as fast as it answers. */
  readonly pace?: Pace
  /**
   * Sends once. Never throws. Secrets (addresses with tokens, keys) never appear in a result's message.
   */
  deliver(notification: Notification, attempt: Attempt, signal: AbortSignal): Promise<DeliveryResult>
  /**
   * Only of a receiver that forgets what it is not told again: tells once more what it was told, when that still holds or has ended
   * a while ago. As {@link deliver}, for all of them together.
   *
   * @param notices asked for when nothing else is on its way there, so that nothing newer is overtaken; none: nothing is sent
   * @param at when this begins, milliseconds
   */
  renew?(notices: () => readonly Renewed[], at: number, signal: AbortSignal): Promise<DeliveryResult | undefined>
}

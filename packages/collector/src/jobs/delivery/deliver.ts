import { companionsOf, isAboutAlert, isAboutIncident, isGrouped } from '@tabiji/core/alert'
import type { AlertStore, OutboxRow } from '../../ports/alert-store.ts'
import type { DeliveryResult, Notification, Notifier, ToDo } from '../../ports/notifier.ts'
import { afterAttempt, expiryOf, LONGEST_WAIT, PATIENCE_MS, pauseAfter, standInFor } from './delivery-rules.ts'
import { firstOf } from './first-told.ts'
import { type HeldBy, lateness } from './lateness.ts'
import { createPacing, type Pacing } from './pacing.ts'

/** What the store could not write, for example on a full disk, is tried again after this long. */
const RECORD_AGAIN_MS = 1_000

/** Notifiers give up by themselves after 10 to 15 s. One that does not must not keep everything else waiting. */
const SENDING_MS = 30_000

type DeliveryParts = {
  readonly store: Pick<
    AlertStore,
    | 'dueTimes'
    | 'nextDue'
    | 'ready'
    | 'beginAttempt'
    | 'endAttempt'
    | 'giveUp'
    | 'overduePages'
    | 'standIn'
    | 'retryNow'
    | 'outboxOf'
  >
  readonly notifiers: readonly Notifier[]
  /** The receiver that is told when another one does not take a notification. */
  readonly fallback?: string
  /** What is to be done first about an alert that has an incident. */
  readonly toDos?: () => (episode: string) => ToDo | undefined
  readonly heldBy?: HeldBy
  readonly now: () => number
  /** A number in [0, 1). */
  readonly random: () => number
  /** Called after each attempt, once it is on record. */
  readonly onAttempt: (attempt: DeliveryAttempt) => void
}

export type DeliveryAttempt = {
  readonly row: OutboxRow
  readonly startedAt: number
  readonly endedAt: number
  readonly result: DeliveryResult
}

/** Brings what is owed to people. */
export type Delivery = {
  /**
   * Sends what is due and resolves when nothing more is. Call it whenever something is owed newly and when
   * {@link nextDueAt} has come; calls may overlap. Rejects when the store fails; what was sent by then is put on record
   * by the next call, so that it is not forgotten.
   *
   * @param signal cuts off what is in flight, which leaves it in doubt; nothing further is begun.
   */
  pump(signal: AbortSignal): Promise<void>
  /**
   * When to call {@link pump} next, milliseconds; absent when nothing is owed. Receivers that are being served at the
   * moment are left out, so ask again when `pump` has resolved.
   */
  nextDueAt(): number | undefined
  /** The clock was set: how long things still had to wait is not known any more, so they are tried now. */
  clockMoved(): void
  /** Begins nothing any more, and resolves when what is in flight has ended by itself. */
  stop(): Promise<void>
}

/**
 * Receivers are served side by side, each one message at a time, the most urgent first: a slow receiver keeps no other
 * one waiting, and one that asks for a pause is not hit by the rest of a burst. Within an episode the order is that of
 * its transitions, because only the head of a queue is offered.
 */
export function createDelivery(parts: DeliveryParts): Delivery {
  const { store, now, onAttempt } = parts
  const named = new Map(parts.notifiers.map((each) => [each.name, each]))
  const desk: Desk = { ...parts, named, pauses: new Map(), pacing: createPacing((name) => named.get(name)?.pace) }
  const lanes = new Map<string, Promise<void>>()
  const unrecorded: Ended[] = []
  let stopped = false

  const nextOf = (receiver: string): OutboxRow | undefined => {
    const at = now()
    if ((desk.pauses.get(receiver) ?? 0) > at) return undefined
    const row = store.nextDue(receiver, at)
    return row === undefined || desk.pacing.freeAt(receiver, row.level, at) > at ? undefined : row
  }

  /** A receiver that is busy, asked for a long pause or never answers says nothing; the fallback is told all the same. */
  const standInForOverdue = () => {
    const { fallback } = desk
    if (fallback === undefined || !named.has(fallback)) return
    for (const row of store.overduePages(now() - PATIENCE_MS)) {
      const standIn = standInFor(row, fallback, now())
      if (standIn !== undefined) store.standIn(row, standIn)
    }
  }
  // No wait of ours is longer; the clock was set while nobody was here.
  store.retryNow(now(), LONGEST_WAIT)

  const record = (ended: Ended) => {
    ended.write()
    unrecorded.splice(unrecorded.indexOf(ended), 1)
    if (ended.attempt !== undefined) onAttempt(ended.attempt)
  }

  const startLanes = (signal: AbortSignal) => {
    for (const { receiver, at } of store.dueTimes()) {
      if (at <= now() && !lanes.has(receiver)) lanes.set(receiver, runLane(receiver, signal))
    }
  }

  const runLane = async (receiver: string, signal: AbortSignal): Promise<void> => {
    // Nothing happens before the lane is known.
    await Promise.resolve()
    try {
      for (let row = nextOf(receiver); row !== undefined; row = nextOf(receiver)) {
        if (stopped || signal.aborted) return
        const ended = await attemptRow(row, desk, signal)
        unrecorded.push(ended)
        record(ended)
        // The fallback may be owed something now.
        startLanes(signal)
      }
    } finally {
      lanes.delete(receiver)
    }
  }

  /** Waits for all lanes, also those that begin meanwhile, and throws what the first failing one threw. */
  const finishLanes = async () => {
    const failures: unknown[] = []
    while (lanes.size > 0) {
      for (const lane of await Promise.allSettled(lanes.values())) {
        if (lane.status === 'rejected') failures.push(lane.reason)
      }
    }
    if (failures.length > 0) throw failures[0]
  }

  return {
    pump: async (signal) => {
      for (const ended of [...unrecorded]) record(ended)
      standInForOverdue()
      startLanes(signal)
      await finishLanes()
    },
    nextDueAt: () => {
      const times = store
        .dueTimes()
        .filter(({ receiver }) => !lanes.has(receiver))
        .map(({ receiver, at }) => Math.max(at, desk.pauses.get(receiver) ?? 0, desk.pacing.freeAt(receiver, 1, now())))
      if (unrecorded.length > 0) times.push(now() + RECORD_AGAIN_MS)
      return times.length === 0 ? undefined : Math.min(...times)
    },
    clockMoved: () => {
      desk.pauses.clear()
      store.retryNow(now(), 0)
    },
    stop: async () => {
      stopped = true
      await finishLanes()
    },
  }
}

type Desk = DeliveryParts & {
  readonly named: ReadonlyMap<string, Notifier>
  /** Until when a receiver asked to be left alone. */
  readonly pauses: Map<string, number>
  readonly pacing: Pacing
}

/** What came of a row, to be put on record. It is kept until it is: else the row would count as being sent for ever. */
type Ended = { readonly write: () => void; readonly attempt?: DeliveryAttempt }

async function attemptRow(row: OutboxRow, desk: Desk, signal: AbortSignal): Promise<Ended> {
  const { store, named, now, random, pauses, pacing } = desk
  const startedAt = now()
  const expiry = expiryOf(row, startedAt)
  if (expiry !== undefined) return { write: () => store.giveUp(row.id, expiry) }
  const notifier = named.get(row.receiver)
  const others = companionRows(row, notifier, store, startedAt)
  for (const each of [row, ...others]) store.beginAttempt(each.id)
  pacing.sent(row.receiver, startedAt)
  const result = notifier === undefined ? NOT_CONFIGURED : await sendBy(notifier, row, others, desk, startedAt, signal)
  const endedAt = now()
  pauses.set(row.receiver, endedAt + pauseAfter(result))
  const chance = random()
  const end = (each: OutboxRow) => {
    // Another form helps nobody who is not there.
    const next = afterAttempt(notifier === undefined ? { ...each, degraded: true } : each, result, endedAt, chance)
    const message = result.message === undefined ? {} : { message: result.message }
    const attempt = { outbox: each.id, startedAt, endedAt, result: result.kind, ...message }
    store.endAttempt(attempt, next, standInFor(next, takerOf(each, desk), endedAt))
  }
  return {
    // What a message told of is recorded row by row: of a rest that is cut off nobody knows, and it is repeated as such.
    write: () => [row, ...others].forEach(end),
    attempt: { row, startedAt, endedAt, result },
  }
}

/** What is told in the same message: to a chat, of notices, in their full form. What was refused together is told apart. */
function companionRows(
  row: OutboxRow,
  notifier: Notifier | undefined,
  store: Pick<AlertStore, 'ready'>,
  now: number,
): readonly OutboxRow[] {
  if (notifier?.groups !== true || row.degraded || row.insteadOf !== undefined) return []
  return isGrouped(row.facts) ? companionsOf(row, store.ready(row.receiver, now)) : []
}

const NEVER_ENDED: DeliveryResult = {
  kind: 'retry',
  failure: 'timeout',
  message: `Expected the attempt to end within ${SENDING_MS / 1000} s`,
  ambiguous: true,
}

const READ: ReadonlySet<OutboxRow['kind']> = new Set(['digest', 'update', 'postmortem'])

/** The fallback, where there is one that can take the message: digests and reminders of what is to be written are read, they call nobody. */
function takerOf({ kind }: OutboxRow, { fallback, named }: Desk): string | undefined {
  const notifier = fallback === undefined ? undefined : named.get(fallback)
  return READ.has(kind) && notifier?.keepsOpen === true ? undefined : notifier?.name
}

/** What was told of the same alert, or how the same incident stood. What else is told is read one by one: none takes the place of the last. */
function toldBefore({ topic, receiver, facts }: OutboxRow, store: DeliveryParts['store']): Pick<Notification, 'told'> {
  if (!isAboutAlert(facts) && facts.kind !== 'incident') return {}
  const last = store.outboxOf(topic).findLast((row) => row.receiver === receiver && row.ref !== undefined)
  return last?.ref === undefined ? {} : { told: { ref: last.ref, facts: last.facts } }
}

/** What is said about an incident stands under its newest alert there, or under the incident's own message where no alert was told. */
function threadOf({ receiver, facts }: OutboxRow, store: DeliveryParts['store']): Pick<Notification, 'thread'> {
  if (!isAboutIncident(facts)) return {}
  const own = facts.kind === 'incident' ? [] : store.outboxOf(`incident:${facts.incident}`)
  const told = [...own, ...facts.episodes.flatMap((episode) => store.outboxOf(episode))]
  const last = told.findLast((row) => row.receiver === receiver && row.ref !== undefined)
  return last?.ref === undefined ? {} : { thread: last.ref }
}

const NOT_CONFIGURED: DeliveryResult = {
  kind: 'rejected',
  failure: 'refused',
  message: 'No receiver of this name is configured',
}

async function sendBy(
  notifier: Notifier,
  row: OutboxRow,
  others: readonly OutboxRow[],
  { store, toDos, heldBy }: DeliveryParts,
  at: number,
  signal: AbortSignal,
): Promise<DeliveryResult> {
  const { id, facts, createdAt, degraded, insteadOf } = row
  const ambiguous = [row, ...others].some((each) => each.ambiguous)
  const notification = {
    id,
    facts,
    createdAt,
    ...toldBefore(row, store),
    ...threadOf(row, store),
    ...firstOf(row, (episode) => toDos?.()(episode)),
    ...(insteadOf === undefined ? {} : { insteadOf }),
    ...lateness(row, heldBy, at),
    ...(others.length === 0
      ? {}
      : { others: others.flatMap((each) => (isAboutAlert(each.facts) ? [each.facts] : [])) }),
  }
  const limit = new AbortController()
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<DeliveryResult>((resolve) => {
    timer = setTimeout(() => {
      limit.abort()
      resolve(NEVER_ENDED)
    }, SENDING_MS)
  })
  try {
    const ending = AbortSignal.any([signal, limit.signal])
    return await Promise.race([notifier.deliver(notification, { at, mayRepeat: ambiguous, degraded }, ending), late])
  } catch (error) {
    // A notifier that throws is broken for this message; the plain form or the fallback may still say it. The error's
    // text is not kept, because it may hold an address.
    const name = error instanceof Error ? error.name : 'unknown error'
    return { kind: 'rejected', failure: 'refused', message: `The notifier failed (${name})` }
  } finally {
    clearTimeout(timer)
  }
}

import { isAboutAlert, isEnd } from '@tabiji/core/alert'
import { MINUTE } from '@tabiji/core/time'
import type { AlertStore, OutboxRow } from '../../ports/alert-store.ts'
import type { DeliveryResult, Notifier, Renewed, ToDo } from '../../ports/notifier.ts'
import { firstOf } from './first-told.ts'
import { type HeldBy, lateness } from './lateness.ts'

/** For how long an end is told again, as Prometheus does it: who was away must not believe for ever that it rings. */
const ENDED_MS = 15 * MINUTE

type RenewalParts = {
  readonly store: Pick<AlertStore, 'openEpisodes' | 'transitionsBetween' | 'outboxOf' | 'attemptsOf'>
  readonly notifiers: readonly Notifier[]
  readonly heldBy?: HeldBy
  readonly toDos?: () => (episode: string) => ToDo | undefined
  readonly now: () => number
  /** Called for each receiver that was told something again. */
  readonly onRenewed: (receiver: string, result: DeliveryResult) => void
}

/** Tells receivers that forget what they were told, again and again. */
export type Renewal = {
  /** Tells each of them once what it should know. Rejects only when the store fails. */
  turn(signal: AbortSignal): Promise<void>
}

/**
 * What is told again is no memory of this process: it is what the outbox has delivered, so it goes on after a restart. What is
 * owed and not yet delivered is the outbox's business.
 */
export function createRenewal(parts: RenewalParts): Renewal {
  const { notifiers, now, onRenewed } = parts
  const forgetful = notifiers.filter(({ renew }) => renew !== undefined)
  return {
    turn: async (signal) => {
      if (forgetful.length === 0) return
      const at = now()
      const turns = forgetful.map(async ({ name, renew }) => {
        const result = await renew?.(() => noticesFor(name, parts, now()), at, signal)
        if (result !== undefined) onRenewed(name, result)
      })
      await Promise.all(turns)
    },
  }
}

/** Alerts that are open, and those that ended lately: a withdrawn one is closed at once. */
function topicsAt(store: RenewalParts['store'], at: number): readonly string[] {
  const open = store.openEpisodes().map(({ id }) => id)
  const changed = store.transitionsBetween(at - ENDED_MS, at + 1).map(({ episode }) => episode)
  return [...new Set([...open, ...changed])]
}

/**
 * What one receiver knows of each alert: the newest message about it, when that was taken. While it is still owed, nothing is
 * told again, because that would be older news.
 *
 * A receiver tells alerts apart by their rule, so the end of an earlier alert must not be told again once the rule rings anew:
 * it would end the new one.
 */
function noticesFor(receiver: string, { store, toDos, heldBy }: RenewalParts, at: number): readonly Renewed[] {
  const toDo = toDos?.()
  const known = topicsAt(store, at).flatMap((topic) => {
    const newest = store.outboxOf(topic).findLast((row) => row.receiver === receiver && isNews(row))
    if (newest?.state !== 'delivered' || !isAboutAlert(newest.facts)) return []
    const { facts, insteadOf } = newest
    const others = { ...(insteadOf !== undefined && { insteadOf }), ...lateOf(newest, store, heldBy) }
    return [{ facts, ...firstOf(newest, toDo), ...others }]
  })
  const ringing = known.filter(({ facts }) => !isEnd(facts.kind))
  const rules = new Set(ringing.map(({ facts }) => facts.rule))
  const ended = known.filter(({ facts }) => isEnd(facts.kind) && facts.at > at - ENDED_MS && !rules.has(facts.rule))
  return [...ringing, ...ended]
}

/** How late it was when it was taken: that it is told again later is no delay. */
function lateOf(row: OutboxRow, store: RenewalParts['store'], heldBy: HeldBy | undefined): Pick<Renewed, 'late'> {
  const attempts = store.attemptsOf(row.id)
  const tried = attempts.findIndex(({ result }) => result === 'delivered')
  const taken = attempts[tried]
  return taken === undefined ? {} : lateness({ ...row, attempts: tried }, heldBy, taken.startedAt)
}

function isNews({ facts, state }: OutboxRow): boolean {
  return isAboutAlert(facts) && state !== 'cancelled' && state !== 'dead'
}

import { coveredSeconds, type Edge } from '@tabiji/core/ledger'
import type { LedgerView } from '../ledger/ledger.ts'

/** What accounts feed, by their numbers: an objective, or a simple rule. */
type Fed = { readonly accounts: readonly number[] }

/** After how long without a reading a service counts as unread, milliseconds by service. */
export type Patience = ReadonlyMap<string, number>

/** Missed readings that are borne before a service counts as unread. */
const MISSED_READINGS = 3

/** The patience with each service that is read at an interval; the shortest interval of several targets counts. */
export function patienceWith(
  targets: readonly { readonly service: string; readonly intervalMs: number; readonly delayMs?: number }[],
  slotWidthSeconds: number,
): Patience {
  const patience = new Map<string, number>()
  for (const { service, intervalMs, delayMs = 0 } of targets) {
    const wait = intervalMs * MISSED_READINGS + delayMs + slotWidthSeconds * 1000
    patience.set(service, Math.min(wait, patience.get(service) ?? wait))
  }
  return patience
}

/**
 * Whether every service that feeds the objective or rule was read lately. Services that are read by nobody (one that only hands
 * its last counters over, or one that is gone from the configuration) are not waited for; but somebody must be read.
 */
export function isFresh({ accounts }: Fed, ledger: LedgerView, patience: Patience, now: number): boolean {
  let read = 0
  for (const number of accounts) {
    const wait = patience.get(ledger.books.accounts[number]?.service ?? '')
    if (wait === undefined) continue
    const age = now - (ledger.books.coveredUntil[number] ?? 0) * 1000
    // Read "later than now": the clock went back, and nobody knows when that was by the present one.
    if (age > wait || age < -ledger.grid[0].width * 1000) return false
    read++
  }
  return read > 0
}

/**
 * Until when everything was read that feeds the objective, seconds: of several services the one that lags most counts. Absent
 * while nothing of it was ever read by somebody who is to read it.
 */
export function readUntil({ accounts }: Fed, { books }: LedgerView, patience: Patience): number | undefined {
  const ends = accounts
    .filter((number) => patience.has(books.accounts[number]?.service ?? ''))
    .map((number) => books.coveredUntil[number] ?? 0)
    .filter((end) => end > 0)
  return ends.length === 0 ? undefined : Math.min(...ends)
}

/**
 * Whether nothing can have happened between a time (seconds) and now that is not in the books: everything is fresh, and of no
 * account is more of that stretch missing than a tenth of it, or than makes its service unread. A stretch that lies before the
 * account's first reading is missing.
 */
export function isReadSince(fed: Fed, ledger: LedgerView, patience: Patience, from: Edge, now: number): boolean {
  if (!isFresh(fed, ledger, patience, now)) return false
  const { books } = ledger
  return fed.accounts.every((number) => {
    const wait = patience.get(books.accounts[number]?.service ?? '')
    if (wait === undefined) return true
    const stretch = (books.coveredUntil[number] ?? 0) - from.at
    const missing = stretch - coveredSeconds(from, books.total, number)
    return missing <= Math.max(stretch / 10, wait / 1000)
  })
}

/**
 * The services of which nothing was read for longer than they are waited for and longer than `forMs`, in the order of their
 * accounts, each once. Nobody knows that of a reading "later than now", nor of an account of which no reading was booked yet: its
 * commit failed, or it is still to come where the past is judged again. Taken for 1970 it would ring at once.
 */
export function absentServices({ accounts }: Fed, ledger: LedgerView, patience: Patience, forMs: number, now: number) {
  const { books } = ledger
  const absent = accounts.flatMap((number) => {
    const service = books.accounts[number]?.service ?? ''
    const wait = patience.get(service)
    const readUntil = books.coveredUntil[number] ?? 0
    if (wait === undefined || readUntil === 0) return []
    return now - readUntil * 1000 > Math.max(wait, forMs) ? [service] : []
  })
  return [...new Set(absent)]
}

import type { Reading } from '@tabiji/core/ledger'
import { HOUR, MINUTE } from '@tabiji/core/time'
import type { PastResult, PastSource } from '../../ports/past-source.ts'
import type { PastMark, PastStore } from '../../ports/past-store.ts'
import type { Ingest } from './ingest.ts'
import type { Ledger } from './ledger.ts'

/** What came of asking once. `booked` is false when it was read but could not be written down. */
export type CatchUpOutcome = {
  readonly source: PastSource
  readonly result: PastResult
  readonly booked: boolean
  /** Up to where everything is booked now, and up to where there is something to book, milliseconds. */
  readonly until: number
  readonly end: number
}

export type CatchUpDesk = {
  readonly ledger: Pick<Ledger, 'positionOf'>
  readonly ingest: Pick<Ingest, 'submit' | 'flush'>
  readonly store: PastStore
  readonly now: () => number
  /** How far back it is of use, milliseconds: the longest window that is judged. */
  readonly reachMs: () => number
  readonly onRead: (outcome: CatchUpOutcome) => void
  /** Told of readings that are on disk. */
  readonly onBooked: (reading: Reading) => void
}

export type CatchUp = {
  readonly source: PastSource
  /** Reads and books what is missing, one part after another. Never rejects. */
  turn(signal: AbortSignal): Promise<void>
}

/** Asked for at once: long enough to be soon through a month, short enough to be held in memory. */
const LONGEST_PART_MS = HOUR
const SHORTEST_PART_MS = MINUTE

/** After a part that was too much: back towards the longest one, with few questions in vain. */
const GROWTH = 1.25

/** Read again each time, because samples of one moment may arrive one after the other. */
const OVERLAP_MS = MINUTE

/** While nothing comes, an engine may be behind: it is waited for this long before its silence is believed. */
const SILENCE_MS = HOUR

/**
 * Books what an engine kept, from where it was last booked up to now. The mark moves after the commit, so whoever is
 * killed in between books the same again, which changes nothing; a failure moves nothing.
 */
export function createCatchUp(source: PastSource, desk: CatchUpDesk): CatchUp {
  let partMs: number = LONGEST_PART_MS
  return {
    source,
    turn: async (signal) => {
      const mark = startOf(source, desk)
      const end = desk.now() - source.delayMs
      let at = Math.max(mark.until, end - desk.reachMs())
      let newest = at
      while (at < end && !signal.aborted) {
        const to = Math.min(at + partMs, end)
        const result = await source.read({ from: at - OVERLAP_MS, to }, signal)
        if (signal.aborted) return
        if (!result.ok && isTooMuch(result) && partMs > SHORTEST_PART_MS) {
          partMs = Math.max(SHORTEST_PART_MS, Math.floor(partMs / 2))
          continue
        }
        if (result.ok) newest = Math.max(newest, result.readings.at(-1)?.at ?? 0)
        const reached = { ...mark, until: Math.max(newest, to - SILENCE_MS) }
        const booked =
          result.ok && (await bookAll(result.readings, mark.since, desk)) && isMarked(source, reached, desk)
        if (booked) {
          at = to
          partMs = Math.min(LONGEST_PART_MS, Math.floor(partMs * GROWTH))
        }
        desk.onRead({ source, result, booked, until: at, end })
        if (!booked) return
      }
    },
  }
}

/** Another choice may hold processes that were never asked for, so it is read from its beginning. */
function startOf({ name, choice, delayMs }: PastSource, { store, now, reachMs }: CatchUpDesk): PastMark {
  const known = store.mark(name)
  if (known?.choice === choice) return known
  const since = now() - delayMs - reachMs()
  return { choice, since, until: since }
}

/** @returns false when the store refuses it: then the same is read and booked again, to no effect */
function isMarked({ name }: PastSource, mark: PastMark, { store }: CatchUpDesk): boolean {
  try {
    store.saveMark(name, mark)
    return true
  } catch {
    return false
  }
}

function isTooMuch(result: PastResult): boolean {
  return !result.ok && (result.failure === 'too_large' || result.failure === 'timeout')
}

/** In one commit. What was booked already can add nothing, and is not told again. */
async function bookAll(all: readonly Reading[], since: number, desk: CatchUpDesk): Promise<boolean> {
  const fresh = all.filter(({ speaker, at }) => at >= (desk.ledger.positionOf(speaker.id)?.readAt ?? 0))
  if (fresh.length === 0) return true
  const submitted = fresh.map((reading) => desk.ingest.submit({ ...reading, knownSince: since }))
  desk.ingest.flush()
  const results = await Promise.allSettled(submitted)
  for (const [i, { status }] of results.entries()) if (status === 'fulfilled') desk.onBooked(fresh[i] as Reading)
  return results.every(({ status }) => status === 'fulfilled')
}

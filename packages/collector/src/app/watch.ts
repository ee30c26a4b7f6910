import type { Target } from '../config/config.ts'
import type { Doubts } from '../jobs/ledger/doubts.ts'
import type { Health } from '../jobs/ledger/health.ts'
import type { Ledger } from '../jobs/ledger/ledger.ts'
import { sourceName } from '../sources/scrape.ts'
import type { Logger } from '../telemetry/log.ts'
import type { Stores } from './stores.ts'

/** The place at which a process of the target may be in doubt. */
export function placeOf(target: Target) {
  return { name: sourceName(target), timeoutMs: target.timeoutMs }
}

/** A doubt that cannot be written down is opened the next time: nothing is forgotten before it is on disk. */
export function note(log: Logger, act: () => void, what = 'an interval of doubt'): void {
  try {
    act()
  } catch (error) {
    log.error({ err: error }, `${what} could not be recorded; it is tried again the next time`)
  }
}

/** A booking that the disk refuses is told to its sender; the house must know of it as well. */
export function watchedBy(health: Health, ledger: Ledger): Pick<Ledger, 'bookTold'> {
  return {
    bookTold: (told, now) => {
      try {
        const notes = ledger.bookTold(told, now)
        health.wrote('readings')
        return notes
      } catch (error) {
        // A reading that can never be booked is its sender's trouble, not the store's.
        if (error instanceof Error && error.name === 'SqliteError') health.wrote('readings', error)
        throw error
      }
    },
  }
}

/** What the metrics look up at the moment of a scrape. */
export function gaugesOf({ alerts }: Stores, doubts: Doubts, now: () => number) {
  return {
    doubts: doubts.recent,
    owedSeconds: (level: 1 | 2 | 3) => (now() - (alerts.oldestOwed(level, now()) ?? now())) / 1000,
    openAlerts: (level: 1 | 2 | 3) =>
      alerts.listEpisodes({ state: 'open', level, limit: Number.MAX_SAFE_INTEGER }).length,
  }
}

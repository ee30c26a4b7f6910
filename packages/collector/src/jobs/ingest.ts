import type { BookingNote, Reading } from '@tabiji/core/ledger'
import type { Ledger } from './ledger.ts'

/** How long a reading waits for others at most, so that many share one commit. */
const GROUP_COMMIT_MS = 100

export type Ingest = {
  /** Resolves when the reading is on disk, and rejects when it is not: only then may the sender forget it. */
  submit(reading: Reading): Promise<void>
  /** Commits what waits, now. */
  flush(): void
}

type Waiting = { readonly reading: Reading; readonly done: () => void; readonly failed: (error: unknown) => void }

/** Gathers readings and books them in groups: one synced commit for all that arrive within a moment. */
export function createIngest(
  ledger: Ledger,
  now: () => number,
  onNotes: (notes: readonly BookingNote[]) => void,
): Ingest {
  let waiting: Waiting[] = []
  let timer: NodeJS.Timeout | undefined
  const flush = () => {
    clearTimeout(timer)
    timer = undefined
    const group = waiting
    waiting = []
    if (group.length > 0) onNotes(bookGroup(ledger, group, now()))
  }
  return {
    submit: (reading) =>
      new Promise((done, failed) => {
        waiting.push({ reading, done, failed })
        timer ??= setTimeout(flush, GROUP_COMMIT_MS)
      }),
    flush,
  }
}

/**
 * Books a group in one commit. When that fails each reading is tried alone: one that can never be booked must not take
 * its neighbours along, again at every interval.
 */
function bookGroup(ledger: Ledger, group: readonly Waiting[], now: number): readonly BookingNote[] {
  try {
    const readings = group.map((each) => each.reading)
    const notes = ledger.book(readings, now)
    for (const each of group) each.done()
    return notes
  } catch (error) {
    if (group.length > 1) return group.flatMap((each) => bookGroup(ledger, [each], now))
    for (const each of group) each.failed(error)
    return []
  }
}

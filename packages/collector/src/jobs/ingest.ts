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

/** Gathers readings and books them in groups: one synced commit for all that arrive within a moment. */
export function createIngest(
  ledger: Ledger,
  now: () => number,
  onNotes: (notes: readonly BookingNote[]) => void,
): Ingest {
  let waiting: { reading: Reading; done: () => void; failed: (error: unknown) => void }[] = []
  let timer: NodeJS.Timeout | undefined
  const flush = () => {
    clearTimeout(timer)
    timer = undefined
    const group = waiting
    waiting = []
    if (group.length === 0) return
    try {
      onNotes(
        ledger.book(
          group.map((each) => each.reading),
          now(),
        ),
      )
      for (const each of group) each.done()
    } catch (error) {
      for (const each of group) each.failed(error)
    }
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

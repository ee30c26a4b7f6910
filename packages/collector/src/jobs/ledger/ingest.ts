import type { BookingNote, Told } from '@tabiji/core/ledger'
import type { Ledger } from './ledger.ts'

/** How long a reading waits for others at most, so that many share one commit. */
const GROUP_COMMIT_MS = 100

export type Ingest = {
  /**
   * Resolves when what was told is on disk, and rejects when it is not: only then may the sender forget it.
   *
   * @returns what there is to say about it
   */
  submit(told: Told): Promise<readonly BookingNote[]>
  /** Commits what waits, now. */
  flush(): void
}

type Waiting = {
  readonly told: Told
  readonly done: (notes: readonly BookingNote[]) => void
  readonly failed: (error: unknown) => void
}

/** Gathers readings and books them in groups: one synced commit for all that arrive within a moment. */
export function createIngest(
  ledger: Pick<Ledger, 'bookTold'>,
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
    submit: (told) =>
      new Promise((done, failed) => {
        waiting.push({ told, done, failed })
        timer ??= setTimeout(flush, GROUP_COMMIT_MS)
      }),
    flush,
  }
}

/**
 * Books a group in one commit. When that fails each reading is tried alone: one that can never be booked must not take
 * its neighbours along, again at every interval.
 */
function bookGroup(ledger: Pick<Ledger, 'bookTold'>, group: readonly Waiting[], now: number): readonly BookingNote[] {
  try {
    const told = group.map((each) => each.told)
    const notes = ledger.bookTold(told, now)
    for (const [i, each] of group.entries()) each.done(notes[i] ?? [])
    return notes.flat()
  } catch (error) {
    if (group.length > 1) return group.flatMap((each) => bookGroup(ledger, [each], now))
    for (const each of group) each.failed(error)
    return []
  }
}

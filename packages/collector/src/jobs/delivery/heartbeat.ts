import type { Check } from '../../ports/api.ts'
import type { Beat, LifeSigns, Watcher } from '../../ports/heartbeat.ts'

type Parts = {
  readonly checks: () => readonly Check[]
  /** When an evaluation of every rule was last finished, milliseconds; 0 when never. */
  readonly evaluatedAt: () => number
  readonly signs: LifeSigns
  /** Absent: nobody watches, and only the sign of life is kept. */
  readonly watcher?: Watcher
  readonly now: () => number
  /** Called after each turn at which a watcher was, or should have been, told. @param why absent when all was well */
  readonly onBeat: (beat: Beat, why?: string) => void
}

export type Heartbeat = {
  /** One beat, if there is one to give. Never rejects. */
  turn(signal: AbortSignal): Promise<void>
}

/**
 * A beat is given only after a whole healthy loop: since the last one every rule was evaluated, no page is overdue, nothing else
 * that was looked at has failed, and the store has just taken a write. So it proves the way from a reading to a person, not
 * that a process exists.
 */
export function createHeartbeat({ checks, evaluatedAt, signs, watcher, now, onBeat }: Parts): Heartbeat {
  let provenAt = 0
  const whatIsWrong = (): string | undefined => {
    const wrong = checks().find(({ name, status }) => status === 'failed' || (name === 'delivery' && status !== 'ok'))
    if (wrong !== undefined) return `${wrong.name}: ${wrong.message}`
    if (evaluatedAt() === provenAt) return 'evaluation: none was finished since the last beat'
    return writeRefused(signs, now())
  }
  return {
    turn: async (signal) => {
      const seen = evaluatedAt()
      const wrong = whatIsWrong()
      if (watcher === undefined) return
      if (wrong !== undefined) return onBeat('withheld', wrong)
      const refused = await watcher.tell(signal)
      if (signal.aborted) return
      // What was not heard is told again at the next turn: the loop before it is proof enough.
      if (refused === undefined) provenAt = seen
      onBeat(refused === undefined ? 'sent' : 'failed', refused)
    },
  }
}

function writeRefused(signs: LifeSigns, now: number): string | undefined {
  try {
    signs.record(now)
    return undefined
  } catch (error) {
    return `store: ${error instanceof Error ? error.message : String(error)}`
  }
}

/** A stretch in which nobody was watched over, milliseconds. */
export type Absence = { readonly from: number; readonly to: number }

/** A restart takes moments; whoever is away for longer has missed something. */
const NOTICED_MS = 5 * 60_000

/** How long nobody served this store, when that was long enough to be told. */
export function absenceBefore(signs: LifeSigns, now: number): Absence | undefined {
  const from = signs.last()
  return from === undefined || now - from <= NOTICED_MS ? undefined : { from, to: now }
}

import { setMaxListeners } from 'node:events'
import type { Intake } from '../ports/intake.ts'
import type { ReadResult, Source } from '../ports/source.ts'

/** What came of one reading; `booked` is false when it was read but could not be written down. */
export type ReadOutcome = {
  readonly source: Source
  readonly result: ReadResult
  readonly booked: boolean
  /** When the source was asked, milliseconds: what it counted before is in the reading. */
  readonly askedAt: number
}

export type Reader = {
  /** Reads one source and books what it said. Never throws. */
  read(source: Source, signal: AbortSignal): Promise<ReadOutcome>
  /** Reads every source at its interval until the signal aborts. */
  start(signal: AbortSignal): void
}

/** Reads the sources. One that is slow is not asked again before it has answered. */
export function createReader(
  sources: readonly Source[],
  intake: Intake,
  now: () => number,
  onRead: (outcome: ReadOutcome) => void,
): Reader {
  const read = async (source: Source, signal: AbortSignal): Promise<ReadOutcome> => {
    const askedAt = now()
    const result = await source.read(signal)
    const outcome = { source, result, booked: result.ok && (await book(intake, result)), askedAt }
    onRead(outcome)
    return outcome
  }
  return {
    read,
    start: (signal) => {
      // Every source listens to it, and so does every reading under way: Node would take more than ten for a leak.
      setMaxListeners(0, signal)
      for (const [i, source] of sources.entries()) {
        let busy = false
        const turn = async () => {
          if (busy || signal.aborted) return
          busy = true
          await read(source, signal)
          busy = false
        }
        // Targets are spread over the interval, so that a hundred of them do not answer in the same moment; those of one
        // step are read together, so that they share a commit, whose price is that of waiting for the disk.
        const first = setTimeout(
          () => {
            void turn()
            const timer = setInterval(() => void turn(), source.intervalMs)
            signal.addEventListener('abort', () => clearInterval(timer))
          },
          firstReadMs(source.intervalMs, i / sources.length),
        )
        signal.addEventListener('abort', () => clearTimeout(first))
      }
    },
  }
}

/** Each step is a commit, and a row of the log that every window walks over once. */
const STEPS = 5

function firstReadMs(intervalMs: number, share: number): number {
  const step = intervalMs / STEPS
  return Math.floor((intervalMs * share) / step) * step
}

/** A reading that cannot be written down is no loss: the next one is cumulative and says it again. */
async function book(intake: Intake, { reading }: Extract<ReadResult, { ok: true }>): Promise<boolean> {
  try {
    await intake.submit(reading)
    return true
  } catch {
    return false
  }
}

import { setMaxListeners } from 'node:events'
import type { Intake } from '../../ports/intake.ts'
import type { ReadResult, Source } from '../../ports/source.ts'

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
  /** From now on reads these; those that were read before go on at their pace. */
  put(sources: readonly Source[]): void
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
  const pace = createPace(read)
  let present = sources
  return {
    read,
    start: (signal) => {
      // Every source listens to it, and so does every reading under way: Node would take more than ten for a leak.
      setMaxListeners(0, signal)
      pace.start(signal)
      pace.put(present)
    },
    put: (next) => {
      present = next
      pace.put(next)
    },
  }
}

/** The timers of the sources that are read. */
function createPace(read: Reader['read']) {
  const stops = new Map<Source, () => void>()
  let ending: AbortSignal | undefined
  return {
    start: (signal: AbortSignal) => {
      ending = signal
      signal.addEventListener('abort', () => {
        for (const stop of stops.values()) stop()
      })
    },
    put: (sources: readonly Source[]) => {
      if (ending === undefined || ending.aborted) return
      for (const [source, stop] of stops) {
        if (sources.includes(source)) continue
        stop()
        stops.delete(source)
      }
      // Targets are spread over the interval, so that a hundred of them do not answer in the same moment; those of one
      // step are read together, so that they share a commit, whose price is that of waiting for the disk.
      for (const [i, source] of sources.entries()) {
        if (stops.has(source)) continue
        stops.set(source, readEvery(source, firstReadMs(source.intervalMs, i / sources.length), ending, read))
      }
    },
  }
}

/** @returns what ends it; a reading under way is broken off */
function readEvery(source: Source, firstMs: number, ending: AbortSignal, read: Reader['read']): () => void {
  const gone = new AbortController()
  let busy = false
  const turn = async () => {
    if (busy || ending.aborted || gone.signal.aborted) return
    busy = true
    await read(source, gone.signal)
    busy = false
  }
  let timer: NodeJS.Timeout | undefined
  const first = setTimeout(() => {
    void turn()
    timer = setInterval(() => void turn(), source.intervalMs)
  }, firstMs)
  return () => {
    clearTimeout(first)
    clearInterval(timer)
    gone.abort()
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

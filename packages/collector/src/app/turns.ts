import { setImmediate } from 'node:timers/promises'
import type { House } from './house.ts'

/** The turns that the loops run, one after another or by hand when a test moves the clock. None of them rejects. */
export type Turns = {
  /** Reads every target once and books what they said. */
  read(): Promise<void>
  /** Judges every objective and commits what follows. @returns whether anything became owed */
  evaluate(): boolean
  /** Sends what is due. */
  deliver(): Promise<void>
  /** Keeps old entries in wider slots, in short steps with room for everything else in between. */
  keep(): Promise<void>
  /** Saves the edges, so that the next start need not walk the log. */
  checkpoint(): void
}

/** Reading ends at once when the app stops; a delivery under way is given time, because ending it leaves a doubt. */
export type Endings = { readonly reading: AbortSignal; readonly delivering: AbortSignal }

export function createTurns(house: House, { reading, delivering }: Endings): Turns {
  const { now, log, health, metrics, ingest, reader, sources, evaluation, delivery } = house
  const guarded = <Result>(what: string, fallback: Result, act: () => Result): Result => {
    try {
      const result = act()
      health.wrote()
      return result
    } catch (error) {
      health.wrote(error)
      log.error({ err: error }, `${what} failed; it is tried again at the next turn`)
      return fallback
    }
  }
  return {
    read: async () => {
      await Promise.all(sources.map((source) => reader.read(source, reading)))
    },
    evaluate: () =>
      guarded('an evaluation', false, () => {
        const began = performance.now()
        ingest.flush()
        const lines = evaluation.tick(house.judge(), now())
        for (const line of lines) log.info(line, `alert ${line.episode}: ${line.transition}`)
        metrics.evaluated(now(), (performance.now() - began) / 1000)
        health.evaluated(now())
        return lines.length > 0
      }),
    deliver: async () => {
      try {
        await delivery.pump(delivering)
      } catch (error) {
        health.wrote(error)
        log.error({ err: error }, 'a delivery could not be recorded; it is tried again at the next turn')
      }
    },
    keep: async () => {
      try {
        const kept = await runSteps(house.keepBooks(), reading)
        if (kept !== undefined && kept.rowsBefore + kept.months > 0) log.info(kept, 'old entries were put in order')
      } catch (error) {
        health.wrote(error)
        log.error({ err: error }, 'keeping the log failed; it is tried again at the next turn')
      }
    },
    checkpoint: () => guarded('a checkpoint', undefined, () => house.judge().ledger.checkpoint(now())),
  }
}

/** @returns what the run came to; nothing when it was broken off between two of its steps */
async function runSteps<Result>(run: Generator<void, Result, void>, ending: AbortSignal): Promise<Result | undefined> {
  while (!ending.aborted) {
    const { done, value } = run.next()
    if (done === true) return value
    await setImmediate()
  }
  return undefined
}

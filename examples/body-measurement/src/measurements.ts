import { randomUUID } from 'node:crypto'
import { setTimeout as delay, setImmediate as turn } from 'node:timers/promises'
import type { Recorder } from '@tabiji/sdk'
import type { FaultSwitch } from './fault.ts'
import { type FootSize, measureFoot } from './foot.ts'
import type { journeys } from './journeys.ts'
import type { Picture } from './pgm.ts'

type Measurement =
  | { readonly state: 'waiting-for-photo' }
  | { readonly state: 'processing' }
  | ({ readonly state: 'done' } & FootSize)
  | { readonly state: 'failed'; readonly reason: 'no-foot-found' | 'processing-broke' }

export type Measurements = {
  /** @returns the new measurement's id. */
  start(): string
  /** Queues a job that measures the foot, unless the measurement is unknown, has a photo, or too many are waiting. */
  queuePhoto(id: string, picture: Picture): 'queued' | 'unknown' | 'has-photo' | 'too-many'
  find(id: string): Measurement | undefined
}

/** The oldest are forgotten first: the service keeps its results in memory only. */
const MOST_KEPT = 10_000
const MOST_QUEUED = 200
/** With the fault `slow`: longer than the 2 s that `process` is promised in. */
const SLOW_MS = 3000

export function createMeasurements(recorder: Recorder<typeof journeys>, faults: FaultSwitch): Measurements {
  const kept = new Map<string, Measurement>()
  let queued = 0

  const work = async (id: string, picture: Picture, startedAt: number) => {
    try {
      const measure = async (scope: { fail(reason: string): void }): Promise<Measurement> => {
        if (faults.current() === 'slow') await delay(SLOW_MS)
        if (faults.current() === 'error') throw new Error('The measuring library could not be loaded.')
        const measured = measureFoot(picture)
        if (measured.found) return { state: 'done', lengthMm: measured.lengthMm, widthMm: measured.widthMm }
        // Nothing was thrown, and yet the customer has no result.
        scope.fail('no-foot-found')
        return { state: 'failed', reason: 'no-foot-found' }
      }
      kept.set(id, await recorder.run('measure-feet', 'process', measure, { startedAt }))
    } catch {
      kept.set(id, { state: 'failed', reason: 'processing-broke' })
    } finally {
      queued -= 1
    }
  }

  return {
    start() {
      const id = randomUUID()
      kept.set(id, { state: 'waiting-for-photo' })
      for (const oldest of kept.keys()) {
        if (kept.size <= MOST_KEPT) break
        kept.delete(oldest)
      }
      return id
    },
    queuePhoto(id, picture) {
      const measurement = kept.get(id)
      if (measurement === undefined) return 'unknown'
      if (measurement.state !== 'waiting-for-photo') return 'has-photo'
      if (queued >= MOST_QUEUED) return 'too-many'
      queued += 1
      kept.set(id, { state: 'processing' })
      const startedAt = Date.now()
      // Measuring holds the thread for some milliseconds, so requests that wait go first.
      void turn().then(() => work(id, picture, startedAt))
      return 'queued'
    },
    find: (id) => kept.get(id),
  }
}

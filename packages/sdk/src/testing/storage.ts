import { defineJourneys } from '@tabiji/core/journey'
import { Registry } from 'prom-client'
import type { BookedEvent } from '../event/booked-event.ts'
import type { SdkProblem } from '../event/dropped.ts'
import type { RecorderOptions } from '../options.ts'
import { createRecorder } from '../recorder.ts'
import { movedTime } from './time.ts'

/** What a shop's customers do, and what a storage service promises to whoever calls it. */
export const storageJourneys = defineJourneys({
  timeZone: 'UTC',
  journeys: {
    'measure-feet': { steps: { send: { http: 'POST /photos', within: '1s' }, find: { job: true, within: '5s' } } },
    'view-result': { steps: { read: { http: 'GET /results/:id', within: '1s' } } },
    'keep-photos': {
      steps: {
        put: { http: 'PUT /photos/:id', within: '1s' },
        sweep: { job: true, within: '20s' },
      },
    },
  },
})

/** A recorder of the storage service whose clock the test moves, with ways to see what it counted. */
export function storageRecorder(options: Partial<RecorderOptions> = {}) {
  const registry = new Registry()
  const events: BookedEvent[] = []
  const problems: SdkProblem[] = []
  const time = movedTime()
  const recorder = createRecorder(storageJourneys, {
    registry,
    service: 'storage',
    time,
    onEvent: (event) => void events.push(event),
    onProblem: (problem) => void problems.push(problem),
    ...options,
  })
  const lines = async () => (await registry.metrics()).split('\n').filter((line) => /^journey_/.test(line))
  /** Series above zero, without the definition and the durations. */
  const counted = async () =>
    (await lines()).filter((line) => /^journey_(step_events|dependency|sdk_dropped)/.test(line) && !line.endsWith(' 0'))
  return { recorder, registry, time, events, problems, lines, counted }
}

import type { Definition } from '@tabiji/core/journey'
import type { BookedEvent } from './event/booked-event.ts'
import { type MovedTime, movedTime } from './moved-time.ts'
import { partsOf } from './parts.ts'
import { createRecorder, type Recorder } from './recorder.ts'

export { type MovedTime, movedTime }

export type TestRecorderOptions = {
  /** @default the real clocks; give {@link movedTime} to say how long things took */
  readonly time?: MovedTime
}

/** What a test asks about the events that its requests and jobs came to. */
export type TestRecorder<J extends Definition = Definition> = {
  /** For the app under test: the real recorder, whose counts nobody reads. */
  readonly recorder: Recorder<J>
  /**
   * The events so far, in the order in which they ended. It waits for those that are still going on, because a client has
   * its answer a moment before the server has seen the response close.
   */
  outcomes(): Promise<readonly BookedEvent[]>
  /**
   * Says that the definition is still true of the service: every declared step was the step of an event, whatever the
   * outcome was. For the end of a test run that is meant to go through all journeys.
   * @throws Error that lists the steps that were not
   */
  assertAllStepsExercised(): Promise<void>
}

/** Makes a recorder for a test. Each call makes another one, with no counts. */
export function testRecorder<J extends Definition>(journeys: J, options: TestRecorderOptions = {}): TestRecorder<J> {
  const events: BookedEvent[] = []
  const recorder = createRecorder(journeys, {
    otel: true,
    service: 'test',
    onEvent: (event) => void events.push(event),
    ...options,
  })
  const { events: open } = partsOf(recorder)
  const outcomes = async () => {
    await open.idle()
    return [...events]
  }
  return {
    recorder,
    outcomes,
    async assertAllStepsExercised() {
      const exercised = new Set((await outcomes()).map(({ journey, step }) => `${journey} ${step}`))
      const missing = journeys.journeys.flatMap(({ name, steps }) =>
        steps.filter((step) => !exercised.has(`${name} ${step.name}`)).map((step) => missingLine(name, step)),
      )
      if (missing.length > 0) throw new Error(`${HEAD}\n${missing.join('\n')}\n${REMEDY}`)
    },
  }
}

const HEAD = 'Expected every step of the journeys file to be exercised. These were not:'
const REMEDY =
  'Send a request of each or run its job in this test, or take the step out of the file if the service has it no more.'

function missingLine(journey: string, { name, kind, routes }: Definition['journeys'][number]['steps'][number]): string {
  const where = kind === 'job' ? 'job' : routes.map(({ method, path }) => `${method} ${path}`).join(', ')
  return `  ${journey}/${name}${where === '' ? '' : ` (${where})`}`
}

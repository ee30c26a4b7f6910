import { appendFileSync } from 'node:fs'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { OpenEvent } from '../event/events.ts'
import type { TimeSource } from '../event/time-source.ts'
import { createObservations, type Observations } from './observations.ts'
import { routeOf } from './route.ts'
import type { Watch } from './traffic.ts'

/** How a service is told to write down what it sees: by its environment, so that no code has to know of it. */
export type LearnTarget = {
  readonly file: string
  /** The journey of requests that do not name theirs. */
  readonly journey: string | undefined
}

/** The header by which a test run says which journey it goes through; read only while learning. */
const HEADER = 'tabiji-learn'
const JOURNEY = /^[a-z][a-z0-9-]{0,62}$/
const WRITE_INTERVAL_MS = 1_000
/** Longer than any test run needs; a service that was left learning must not fill the disk. */
const MOST_BYTES = 16_000_000

/**
 * Reads `TABIJI_LEARN` (a file) and `TABIJI_LEARN_JOURNEY`.
 * @returns undefined when nothing shall be learned, as usual
 */
export function learnTargetOf(env: Readonly<Record<string, string | undefined>>): LearnTarget | undefined {
  const file = env['TABIJI_LEARN'] ?? ''
  if (file === '') return undefined
  const journey = env['TABIJI_LEARN_JOURNEY'] ?? ''
  return { file, journey: JOURNEY.test(journey) ? journey : undefined }
}

/**
 * Watches requests and appends what was seen to a file, each second when there is news and when the process exits.
 * @param tell is told once when it cannot be written, and when the file would grow too long
 */
export function createLearning(
  { file, journey }: LearnTarget,
  service: string,
  time: TimeSource,
  tell: (message: string) => void,
): { readonly watch: Watch } {
  const observations = createObservations(service)
  let written = 0
  const write = () => {
    const text = observations
      .take()
      .map((observation) => `${JSON.stringify(observation)}\n`)
      .join('')
    if (text === '') return
    written += text.length
    if (written > MOST_BYTES) return tell(`No more is learned: ${file} has ${MOST_BYTES} bytes of this process.`)
    try {
      appendFileSync(file, text)
    } catch (error) {
      tell(`What was learned cannot be written to ${file} (${(error as NodeJS.ErrnoException).code}).`)
    }
  }
  setInterval(write, WRITE_INTERVAL_MS).unref()
  process.on('exit', write)
  return {
    watch: (event, request, response) => observe(event, request, response, { observations, journey, time }),
  }
}

type Observer = {
  readonly observations: Observations
  readonly journey: string | undefined
  readonly time: TimeSource
}

function observe(event: OpenEvent, request: IncomingMessage, response: ServerResponse, by: Observer): void {
  const named = request.headers[HEADER]
  const journey = typeof named === 'string' && JOURNEY.test(named) ? named : by.journey
  response.once('close', () => {
    const elapsedMs = by.time.now() - event.startedAt
    const answer = !response.writableFinished || response.statusCode >= 500 ? 'failed' : answerOf(response.statusCode)
    by.observations.add({ route: routeOf(request, event.template), journey, rule: event.rule }, answer, elapsedMs)
  })
}

function answerOf(status: number): 'answered' | 'refused' {
  return status < 400 ? 'answered' : 'refused'
}

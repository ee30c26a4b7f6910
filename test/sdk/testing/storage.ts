import { createServer, request as httpRequest, type RequestListener } from 'node:http'
import { setTimeout as delay } from 'node:timers/promises'
import { createRecorder, defineJourneys, type RecorderOptions } from '@tabiji/sdk'
import express from 'express'
import { Registry } from 'prom-client'
import { onLoopback } from '../../../packages/sdk/src/testing/on-loopback.ts'

export const journeys = defineJourneys({
  timeZone: 'Asia/Tokyo',
  journeys: {
    'measure-feet': { steps: { send: { http: 'POST /photos', within: '10s' } } },
    'view-result': { steps: { read: { http: 'GET /results', within: '10s' } } },
    'keep-photos': { steps: { put: { http: 'PUT /photos', within: '10s' } } },
  },
})

/** A header may be as long as a stranger likes. */
const MAX_HEADER_BYTES = 1024 * 1024

/** Listens on loopback. */
export const listen = (handler: RequestListener) =>
  onLoopback(createServer({ maxHeaderSize: MAX_HEADER_BYTES }, handler))

/** A storage service that says which headers it saw. */
export async function startStorage(context: RecorderOptions['context'], over: Partial<RecorderOptions> = {}) {
  const registry = new Registry()
  const seen: (string | undefined)[] = []
  let booked = 0
  const recorder = createRecorder(journeys, {
    registry,
    service: 'storage',
    onEvent: () => void booked++,
    ...(context !== undefined && { context }),
    ...over,
  })
  const app = express()
  app.use(recorder.express())
  app.put('/photos', recorder.step('keep-photos', 'put'), (request, response) => {
    seen.push(request.headers['baggage'] as string | undefined)
    response.status(204).end()
  })
  const door = await listen(app)
  /** All series with their values, without durations and the definition, once all that was answered is booked. */
  const series = async () => {
    while (booked < seen.length) await delay(1)
    return Object.fromEntries(
      (await registry.metrics())
        .split('\n')
        .filter((line) => /^journey_(step_events|dependency|sdk_dropped)/.test(line))
        .map((line) => [line.slice(0, line.lastIndexOf(' ')), Number(line.slice(line.lastIndexOf(' ') + 1))]),
    )
  }
  const above = async () => Object.fromEntries(Object.entries(await series()).filter(([, value]) => value !== 0))
  return { ...door, seen, recorder, series, above }
}

/** Sends one PUT with headers that `fetch` would not send. Resolves with the status. */
export function put(url: string, headers: Record<string, string | string[]>): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const sent = httpRequest(`${url}/photos`, { method: 'PUT', headers, agent: false }, (response) => {
      response.resume()
      response.once('end', () => resolve(response.statusCode))
    })
    sent.once('error', reject)
    sent.end()
  })
}

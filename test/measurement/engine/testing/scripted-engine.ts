import type { ServerResponse } from 'node:http'
import { serve } from '../../../../packages/collector/src/wire/testing/servers.ts'

type Labels = Readonly<Record<string, string>>

/** What the engine does with the next questions. */
type Mood = 'well' | 'warns' | 'isPartial' | 'refuses' | 'cuts'

/** A server that speaks the query API over samples that a test gives it, and has the moods that real ones have. */
export async function scriptedEngine() {
  const samples: { readonly metric: Labels; readonly at: number; readonly value: number }[] = []
  const asked: { readonly from: number; readonly to: number; readonly query: string }[] = []
  const state = { mood: 'well' as Mood, asked, longestMs: Number.POSITIVE_INFINITY }
  const answer = (form: URLSearchParams, response: ServerResponse) => {
    const query = form.get('query') ?? ''
    const to = Math.round(Number(form.get('time')) * 1000)
    const lengthMs = Number(/\[(\d+)ms\]$/.exec(query)?.[1])
    const from = to - lengthMs
    asked.push({ from, to, query })
    const json = (body: unknown, status = 200) => response.writeHead(status).end(JSON.stringify(body))
    if (state.mood === 'cuts') return response.destroy()
    if (state.mood === 'refuses') return json({ status: 'error', errorType: 'internal', error: 'no store' }, 503)
    if (lengthMs > state.longestMs) return response.end(`"${'x'.repeat(2_000_000)}"`)
    const series = new Map<string, { readonly metric: Labels; readonly values: [number, string][] }>()
    const found = samples.filter((one) => one.at > from && one.at <= to)
    for (const { metric, at, value } of found.sort((a, b) => a.at - b.at)) {
      const key = JSON.stringify(metric)
      const one = series.get(key) ?? { metric, values: [] }
      series.set(key, one)
      one.values.push([at / 1000, String(value)])
    }
    return json({
      status: 'success',
      data: { resultType: 'matrix', result: [...series.values()] },
      ...(state.mood === 'warns' && { warnings: ['store gateway of last week is gone'] }),
      ...(state.mood === 'isPartial' && { isPartial: true }),
    })
  }
  const server = await serve(async (request, response) => {
    let body = ''
    for await (const chunk of request) body += String(chunk)
    answer(new URLSearchParams(body), response)
  })
  return Object.assign(state, {
    url: server.origin,
    /** A scrape of a process at a time: who it is, and its good events. */
    scraped: (at: number, good: number, id?: string, startedAt?: number) => {
      const place = { job: 'shop', instance: '10.0.0.7:9464' }
      const who = {
        process_id: id ?? '',
        fingerprint: 'f',
        started_at: startedAt === undefined ? '' : new Date(startedAt).toISOString(),
      }
      if (id !== undefined)
        samples.push({ metric: { __name__: 'journey_definition_info', ...place, ...who }, at, value: 1 })
      const step = { journey: 'checkout', step: 'pay', outcome: 'good' }
      samples.push({ metric: { __name__: 'journey_step_events_total', ...place, ...step }, at, value: good })
    },
  })
}

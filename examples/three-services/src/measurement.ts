import express from 'express'
import { createQueue } from './queue.ts'
import { type Measured, onlyHostOf } from './service.ts'

/** Its steps work for the customers' journey when the web service says so, with the key. */
export function measurementContext(storageUrl: string, key: string) {
  return {
    borrowed: { 'measure-feet': ['find-feet'] },
    trust: { incoming: { signed: key }, outgoing: { to: onlyHostOf(storageUrl), signed: key } },
  }
}

type Data = { readonly photo: string; readonly journey?: string | undefined }
type Result =
  | { readonly state: 'waiting' }
  | { readonly state: 'done'; readonly mm: number }
  | { readonly state: 'failed' }

const MOST_KEPT = 10_000

/** Takes photos at once, and looks for feet in them when it is their turn. */
export function measurementRoutes({ app, recorder }: Measured, storageUrl: string): void {
  const results = new Map<string, Result>()
  const keep = (id: string, result: Result) => {
    results.set(id, result)
    for (const oldest of results.keys()) {
      if (results.size <= MOST_KEPT) break
      results.delete(oldest)
    }
  }
  const queue = createQueue<Data>(async ({ id, data, timestamp }) => {
    const work = async () => {
      const url = `${storageUrl}/stored/${id}`
      const stored = await recorder.fetch(url, { method: 'PUT', body: data.photo })
      if (!stored.ok) throw new Error(`The photo was not stored: HTTP ${stored.status}`)
      keep(id, { state: 'done', mm: 200 + (data.photo.length % 100) })
    }
    try {
      // The customer waits from the moment at which the photo was queued.
      await recorder.run('find-feet', 'find', work, { from: data.journey, startedAt: timestamp })
    } catch {
      keep(id, { state: 'failed' })
    }
  })

  app.post('/jobs', recorder.step('find-feet', 'take'), express.json(), (request, response) => {
    const { photo } = request.body as { photo?: unknown }
    if (typeof photo !== 'string') return void response.status(400).json({ error: 'Expected a photo.' })
    const id = queue.add({ photo, journey: recorder.carry() })
    if (id === undefined) return void response.status(503).json({ error: 'Too many photos are waiting.' })
    keep(id, { state: 'waiting' })
    response.status(202).json({ id })
  })
  app.get('/jobs/:id', recorder.step('find-feet', 'tell'), (request, response) => {
    const result = results.get(String(request.params['id']))
    if (result === undefined) return void response.status(404).json({ error: 'There is no such photo.' })
    response.status(result.state === 'waiting' ? 202 : 200).json(result)
  })
}

import express from 'express'
import { type Measured, onlyHostOf } from './service.ts'

/** Anybody may call it, so it believes nobody; only the measurement service learns whose journey it is. */
export function webContext(measurementUrl: string, key: string) {
  return { trust: { outgoing: { to: onlyHostOf(measurementUrl), signed: key } } }
}

/** What customers see. It keeps nothing and asks the measurement service. */
export function webRoutes({ app, recorder }: Measured, measurementUrl: string): void {
  const photo = express.text({ type: '*/*', limit: '1mb' })
  app.post('/photos', recorder.step('measure-feet', 'send'), photo, async (request, response) => {
    const headers = { 'content-type': 'application/json' }
    const body = JSON.stringify({ photo: String(request.body) })
    const answer = await recorder.fetch(`${measurementUrl}/jobs`, { method: 'POST', headers, body })
    response.status(answer.status).json(await answer.json())
  })
  app.get('/results/:id', recorder.step('measure-feet', 'read'), async (request, response) => {
    const id = encodeURIComponent(String(request.params['id']))
    const answer = await recorder.fetch(`${measurementUrl}/jobs/${id}`)
    const result = (await answer.json()) as { readonly state?: string }
    // What the customer waited for did not come: an error here, whatever went wrong behind.
    response.status(result.state === 'failed' ? 500 : answer.status).json(result)
  })
}

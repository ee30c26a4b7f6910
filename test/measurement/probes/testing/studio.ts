import { randomUUID } from 'node:crypto'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createRecorder, defineJourneys } from '@tabiji/sdk'
import express, { type Request, type RequestHandler } from 'express'
import { Registry } from 'prom-client'
import { onTestFinished } from 'vitest'

export const KEY = 'the-key-of-all-who-belong-to-us'
export const PASSWORD = 'correct horse & battery/staple'

export const journeys = defineJourneys({
  timeZone: 'Asia/Tokyo',
  classes: { read: '2s', write: '3s', heavy: '5s' },
  journeys: {
    measure: {
      objectives: { availability: 99, 'availability.probe': 99 },
      steps: {
        login: { http: 'POST /login', within: 'read' },
        upload: { http: 'POST /photos', within: 'write' },
        result: { http: 'GET /results/:id', within: 'heavy' },
      },
    },
  },
})

/** What the next request of a path does instead of what it should. */
export type Whim = RequestHandler

/** A service as customers know it: they sign in, send a photo and ask until the result is there. Measured by the SDK. */
export async function openStudio({ port = 0, asked = 2 } = {}) {
  const registry = new Registry()
  const context = { trust: { probes: { signed: KEY } } }
  const recorder = createRecorder(journeys, { registry, service: 'studio', context })
  const whims = new Map<string, Whim>()
  const photos = new Map<string, number>()
  const heard: { method: string; url: string; headers: Request['headers']; body: unknown }[] = []
  const app = express()
  app.get('/metrics', async (_request, response) => void response.type('text').send(await registry.metrics()))
  app.use(recorder.express({ match: true }), express.json(), express.urlencoded(), express.text())
  app.use((request, response, next) => {
    heard.push({ method: request.method, url: request.url, headers: request.headers, body: request.body })
    const whim = whims.get(request.path)
    if (whim === undefined) return next()
    return whim(request, response, next)
  })
  app.post('/login', (request, response) => {
    if (request.body?.password !== PASSWORD) return void response.status(401).json({ error: 'wrong' })
    response.cookie('visit', 'a,b=1', { path: '/' }).json({ token: 'tok/en ?&#', user: { id: 7 } })
  })
  app.post('/photos', (request, response) => {
    const known = request.headers.authorization === 'Bearer tok/en ?&#' && /visit=/.test(request.headers.cookie ?? '')
    if (!known) return void response.status(403).json({ error: 'who' })
    const id = `${randomUUID()}/ü`
    photos.set(id, 0)
    response.status(201).set('x-photo', 'kept').json({ id })
  })
  app.get('/results/:id', (request, response) => {
    const seen = (photos.get(String(request.params.id)) ?? Number.NaN) + 1
    photos.set(String(request.params.id), seen)
    if (Number.isNaN(seen)) return void response.status(404).json({})
    response.json(seen >= asked ? { status: 'done', feet: [{ mm: 261 }] } : { status: 'pending' })
  })
  const server = createServer(app)
  const url = await listening(server, port)
  const counts = async (name: string) => {
    const text = await registry.metrics()
    const lines = text.split('\n').filter((line) => line.startsWith(`${name}{`) && !line.endsWith(' 0'))
    return Object.fromEntries(
      lines.map((line) => [
        `${/step="(\w+)"/.exec(line)?.[1]} ${/outcome="(\w+)"/.exec(line)?.[1]}`,
        Number(line.split(' ').at(-1)),
      ]),
    )
  }
  return { url, heard, whims, counts }
}

export async function listening(server: Server, port = 0, scheme = 'http'): Promise<string> {
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  onTestFinished(async () => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  })
  return `${scheme}://127.0.0.1:${(server.address() as AddressInfo).port}`
}

/** A port at which nobody listens. */
export async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}

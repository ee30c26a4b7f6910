import { once } from 'node:events'
import type { Server } from 'node:http'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import express5, { type ErrorRequestHandler, type RequestHandler, type Response, type Router } from 'express'
import express4 from 'express4'
import { type Answer, type Framework, type Kit, LATE, MOUNT, MOUNTED, REFUSED, ROUTES, type Route } from './kit.ts'

const TRAITS = { tellsThrown: true, declaresBeforeGate: false, torn: 'cut' } as const

export const express = [
  { name: 'express 5', ...TRAITS, start: (kit: Kit) => start(kit, express5, (handler) => handler) },
  // Express 4 does not wait for promises, so apps hand a rejection on themselves.
  { name: 'express 4', ...TRAITS, start: (kit: Kit) => start(kit, express4, catching) },
] satisfies readonly Framework[]

type Promised = (...called: Parameters<RequestHandler>) => Promise<unknown>

function catching(handler: Promised): RequestHandler {
  return (request, response, next) => void handler(request, response, next).catch(next)
}

async function send(answering: Answer | Promise<Answer>, response: Response): Promise<void> {
  const { status, body } = await answering
  response.status(status)
  if (typeof body === 'string') response.send(body)
  else await pipeline(Readable.from(body), response)
}

async function start(kit: Kit, make: typeof express5, settled: (handler: Promised) => RequestHandler): Promise<Server> {
  const app = make()
  // Express prints thrown errors outside of tests; here they are thrown on purpose.
  app.set('env', 'test')
  const { recorder } = kit
  if (kit.middleware) app.use(recorder.express({ match: kit.match }))
  app.use((request, response, next) => (request.path === REFUSED ? void response.sendStatus(429) : next()))
  const add = (router: Router, route: Route) => {
    const step = kit.declares && route.step !== undefined ? [recorder.step('scan', route.step)] : []
    const parsers = route.act === 'upload' ? [make.raw({ type: '*/*' })] : route.act === 'mark' ? [make.json()] : []
    const handler: Promised = (request, response) => {
      const { params, query, body } = request as { params: Record<string, string>; query: object; body: Buffer }
      if (route.act === 'wrong') throw Object.assign(new Error('wrong'), { status: 400 })
      const answer = kit.act(route.act, { params, query: { ...query }, body, response })
      return send(answer, response)
    }
    router[route.method](route.path, ...step, ...parsers, settled(handler))
  }
  const mounted = make.Router({ mergeParams: true })
  add(mounted, MOUNTED)
  app.use(MOUNT, mounted)
  for (const route of ROUTES) add(app, route)
  const page: ErrorRequestHandler = (error, _request, _response, next) => {
    if (error.message === LATE) kit.reached()
    else next(error)
  }
  if (kit.middleware) app.use(recorder.expressError())
  app.use(page)
  const server = app.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return server
}

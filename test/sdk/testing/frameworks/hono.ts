import { once } from 'node:events'
import type { Server } from 'node:http'
import { type HttpBindings, serve } from '@hono/node-server'
import { Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import type { StatusCode } from 'hono/utils/http-status'
import { type Framework, LATE, MOUNT, MOUNTED, REFUSED, ROUTES, type Route } from './kit.ts'

type Env = { Bindings: HttpBindings }

export const hono: Framework = {
  name: 'hono 4',
  tellsThrown: true,
  declaresBeforeGate: false,
  torn: 'cannot',
  async start(kit) {
    const { recorder } = kit
    const app = new Hono<Env>()
    if (kit.middleware) app.use(recorder.hono({ match: kit.match }))
    app.use((context, next) => (context.req.path === REFUSED ? Promise.resolve(context.body(null, 429)) : next()))
    const add = (router: Hono<Env>, route: Route) => {
      const step = kit.declares && route.step !== undefined ? [recorder.step('scan', route.step)] : []
      router.on(route.method.toUpperCase(), [route.path], ...step, async (context) => {
        if (route.act === 'wrong') throw new HTTPException(400)
        const { req } = context
        const body =
          route.act === 'upload'
            ? Buffer.from(await req.arrayBuffer())
            : route.act === 'mark'
              ? await req.json()
              : undefined
        const response = context.env.outgoing as Parameters<typeof kit.act>[1]['response']
        const answer = await kit.act(route.act, { params: req.param(), query: req.query(), body, response })
        context.status(answer.status as StatusCode)
        const text = answer.body
        if (typeof text === 'string') return context.body(text)
        return context.body(
          new ReadableStream<Uint8Array>({
            async pull(controller) {
              const { value, done } = await text.next()
              if (done) controller.close()
              else controller.enqueue(new TextEncoder().encode(value))
            },
          }),
        )
      })
    }
    const mounted = new Hono<Env>()
    add(mounted, MOUNTED)
    app.route(MOUNT, mounted)
    for (const route of ROUTES) add(app, route)
    app.onError(async (error, context) => {
      if (error.message === LATE) {
        kit.reached()
        await new Promise(() => undefined)
      }
      return error instanceof HTTPException ? error.getResponse() : context.body('broken', 500)
    })
    const server = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }) as Server
    if (!server.listening) await once(server, 'listening')
    return server
  },
}

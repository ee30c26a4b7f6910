import { once } from 'node:events'
import { Readable } from 'node:stream'
import { buffer, json } from 'node:stream/consumers'
import Router from '@koa/router'
import Koa from 'koa'
import { type Framework, LATE, MOUNT, MOUNTED, REFUSED, ROUTES, type Route } from './kit.ts'

export const koa: Framework = {
  name: 'koa 3',
  tellsThrown: true,
  declaresBeforeGate: false,
  torn: 'left open',
  async start(kit) {
    const { recorder } = kit
    const app = new Koa()
    app.silent = true
    if (kit.middleware) app.use(recorder.koa({ match: kit.match }))
    app.use(async (_context, next) => {
      try {
        await next()
      } catch (error) {
        if (!(error instanceof Error) || error.message !== LATE) throw error
        kit.reached()
        await new Promise(() => undefined)
      }
    })
    // Once more, behind the app's own error page: what the page deals with is seen before it does.
    if (kit.middleware) app.use(recorder.koa())
    app.use((context, next) => {
      if (context.path !== REFUSED) return next()
      context.status = 429
      return undefined
    })
    const add = (router: Router, route: Route) => {
      const step = kit.declares && route.step !== undefined ? [recorder.step('scan', route.step)] : []
      router[route.method](route.path, ...step, async (context) => {
        if (route.act === 'wrong') context.throw(400)
        const { params, query, res: response, req } = context
        const body = route.act === 'upload' ? await buffer(req) : route.act === 'mark' ? await json(req) : undefined
        const answer = await kit.act(route.act, { params, query, response, body: body as Buffer })
        context.status = answer.status
        context.body = typeof answer.body === 'string' ? answer.body : Readable.from(answer.body)
      })
    }
    const mounted = new Router({ prefix: MOUNT })
    add(mounted, MOUNTED)
    const router = new Router()
    for (const route of ROUTES) add(router, route)
    app.use(mounted.routes()).use(router.routes())
    const server = app.listen(0, '127.0.0.1')
    await once(server, 'listening')
    return server
  },
}

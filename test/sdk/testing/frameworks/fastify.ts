import { Readable } from 'node:stream'
import createFastify, { type FastifyInstance } from 'fastify'
import { type Framework, journeys, LATE, MOUNT, MOUNTED, REFUSED, ROUTES, type Route } from './kit.ts'

export const fastify: Framework = {
  name: 'fastify 5',
  tellsThrown: true,
  declaresBeforeGate: true,
  torn: 'cut',
  async start(kit) {
    const app = createFastify()
    if (kit.middleware) await app.register(kit.recorder.fastify, { match: kit.match })
    app.addHook('onRequest', async (request, reply) => {
      if (request.url === REFUSED) return reply.code(429).send()
      return undefined
    })
    app.setErrorHandler((error: Error, _request, reply) => {
      if (error.message === LATE) kit.reached()
      else void reply.send(error)
    })
    app.addContentTypeParser('image/x-pgm', { parseAs: 'buffer' }, (_request, body, done) => done(null, body))
    await app.register(async (scope) => add(scope, MOUNTED), { prefix: MOUNT })
    for (const route of ROUTES) add(app, route)
    await app.listen({ port: 0, host: '127.0.0.1' })
    return app.server

    function add(scope: FastifyInstance, route: Route): void {
      const config = kit.declares && route.step !== undefined ? { journey: journeys.step('scan', route.step) } : {}
      scope[route.method](route.path, { config }, (request, reply) => {
        if (route.act === 'wrong') throw Object.assign(new Error('wrong'), { statusCode: 400 })
        const { params, query, body } = request as {
          params: Record<string, string>
          query: Record<string, string>
          body: Buffer
        }
        const answer = kit.act(route.act, { params, query, body, response: reply.raw })
        return Promise.resolve(answer).then(({ status, body }) =>
          reply.code(status).send(typeof body === 'string' ? body : Readable.from(body)),
        )
      })
    }
  },
}

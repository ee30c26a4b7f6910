import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import { buffer, json } from 'node:stream/consumers'
import { pipeline } from 'node:stream/promises'
import { type Framework, LATE, MOUNT, MOUNTED, REFUSED, ROUTES, type Route } from './kit.ts'

const routes = [...ROUTES, { ...MOUNTED, path: `${MOUNT}${MOUNTED.path}` }].map((route) => ({
  ...route,
  pattern: new RegExp(`^${route.path.replace(/:(\w+)/g, '(?<$1>[^/]+)')}$`),
}))

export const node: Framework = {
  name: 'node:http',
  tellsThrown: true,
  declaresBeforeGate: false,
  torn: 'cut',
  async start(kit) {
    const answer = async (request: IncomingMessage, response: ServerResponse) => {
      const { pathname, searchParams } = new URL(request.url ?? '/', 'http://scanner')
      if (pathname === REFUSED) return response.writeHead(429).end()
      const verb = request.method === 'HEAD' ? 'get' : request.method?.toLowerCase()
      const route = routes.find(({ method, pattern }) => method === verb && pattern.test(pathname))
      if (route === undefined) return response.writeHead(404).end()
      const params = route.pattern.exec(pathname)?.groups ?? {}
      if (kit.declares && route.step !== undefined) {
        kit.recorder.step('scan', route.step)(request, response, () => undefined)
      }
      return respond(route, params, Object.fromEntries(searchParams), request, response)
    }
    const respond = async (
      route: Route,
      params: Record<string, string>,
      query: Record<string, string>,
      request: IncomingMessage,
      response: ServerResponse,
    ) => {
      if (route.act === 'wrong') return response.writeHead(400).end()
      const body =
        route.act === 'upload' ? await buffer(request) : route.act === 'mark' ? await json(request) : undefined
      const { status, body: text } = await kit.act(route.act, { params, query, response, body: body as Buffer })
      response.statusCode = status
      if (typeof text === 'string') return response.end(text)
      return pipeline(Readable.from(text), response)
    }
    const measured = kit.middleware ? kit.recorder.node(answer, { match: kit.match }) : answer
    const server = createServer((request, response) => {
      // The app's own error page.
      const failed = (error: unknown) => {
        if (error instanceof Error && error.message === LATE) return kit.reached()
        if (response.headersSent) response.destroy()
        else response.writeHead(500).end()
      }
      void Promise.resolve(measured(request, response)).catch(failed)
    })
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    return server
  },
}

import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import express, { type RequestHandler } from 'express'
import { answerErrors, notFound } from '../http/answer.ts'
import { workRoutes } from '../http/api/work-routes.ts'
import type { Work } from '../ports/work.ts'

export type WorkServer = { readonly url: string; readonly bugs: readonly unknown[]; close(): Promise<void> }

/** Serves work on loopback as the app does: what signs people in first, then the routes, then errors. */
export function serveWork(work: Work, signIn?: RequestHandler): Promise<WorkServer> {
  return serveRoutes(workRoutes(work), signIn)
}

/** Serves any routes in the same way. */
export async function serveRoutes(routes: RequestHandler, signIn?: RequestHandler): Promise<WorkServer> {
  const bugs: unknown[] = []
  const app = express().disable('x-powered-by')
  if (signIn !== undefined) app.use(signIn)
  app.use('/api/v1', routes)
  app.use(notFound)
  app.use(answerErrors((error) => bugs.push(error)))
  return { bugs, ...(await listen(app)) }
}

/** Serves one handler on a free port of loopback. */
export async function listen(handler: RequestHandler): Promise<Omit<WorkServer, 'bugs'>> {
  const server = createServer(express().use(handler))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

/** Lets a bearer of the token in as `suzuki`, refuses others as the app does. */
export const signInAs =
  (token: string, by: string): RequestHandler =>
  (request, response, next) => {
    if (request.headers.authorization === `Bearer ${token}`) {
      response.locals['by'] = by
      return next()
    }
    const error = { code: 'UNAUTHORIZED', message: 'Expected a token that may do this' }
    response.status(request.headers.authorization === undefined ? 401 : 403).json({ error })
  }

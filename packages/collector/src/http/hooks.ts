import type { IncomingHttpHeaders } from 'node:http'
import { type ErrorRequestHandler, type RequestHandler, type Response, Router, raw } from 'express'

/** What came in: the bytes as they were signed, and the headers in lower case. */
export type HookRequest = { readonly headers: IncomingHttpHeaders; readonly body: Buffer }

/** What is answered. `body` is JSON; a text is sent as it is. */
export type HookAnswer = {
  readonly status: number
  readonly body?: object | string
  readonly headers?: Readonly<Record<string, string>>
}

/** One kind of hook: a file of `hooks/`, whatever system it listens to. */
export type Hook = {
  /** `/github/webhook`: where it is posted to. */
  readonly path: string
  readonly maxBytes: number
  /** What is wrong with who asks, as far as headers alone say it: asked before a byte of the body is taken. */
  admit?(headers: IncomingHttpHeaders): HookAnswer | undefined
  /** Checks the signature over the bytes, acts and answers. What it throws is answered 503, which every sender repeats. */
  receive(request: HookRequest): HookAnswer | Promise<HookAnswer>
}

/** How long a sender should wait when something could not be written. */
const RETRY_AFTER_SECONDS = '5'

/** Everything behind the door of incoming hooks. Bodies are handed on as bytes, because signatures are over those. */
export function hookRoutes(hooks: readonly Hook[], report: (error: unknown) => void): Router {
  const router = Router()
  for (const hook of hooks) {
    const admit: RequestHandler = (request, response, next) => {
      const refused = hook.admit?.(request.headers)
      if (refused === undefined) return next()
      send(response, refused)
    }
    const receive: RequestHandler = async (request, response) => {
      const body: unknown = request.body
      try {
        const received = { headers: request.headers, body: Buffer.isBuffer(body) ? body : Buffer.alloc(0) }
        send(response, await hook.receive(received))
      } catch (error) {
        report(error)
        response.set('Retry-After', RETRY_AFTER_SECONDS)
        send(response, refusal(503, 'HOOK_NOT_TAKEN', 'The delivery could not be taken; send it again'))
      }
    }
    router.post(hook.path, admit, raw({ type: () => true, limit: hook.maxBytes, inflate: false }), receive)
    router.all(hook.path, (_request, response) => {
      response.set('Allow', 'POST')
      send(response, refusal(405, 'HOOK_METHOD', 'Expected the method POST'))
    })
    router.use(hook.path, refuseBody)
  }
  return router
}

/** An answer that says why nothing was done. */
export function refusal(status: number, code: string, message: string, hint?: string): HookAnswer {
  return { status, body: { error: { code, message, ...(hint !== undefined && { hint }) } } }
}

function send(response: Response, { status, body, headers = {} }: HookAnswer): void {
  response.status(status).set({ 'Cache-Control': 'no-store', ...headers })
  if (body === undefined) response.end()
  else if (typeof body === 'string') response.type('text/plain').send(body)
  else response.json(body)
}

/** What the body reader refuses; its messages are not ours to pass on. Anything else is our fault and goes on. */
const refuseBody: ErrorRequestHandler = (error, _request, response, next) => {
  const { type } = error as { type?: unknown }
  if (response.headersSent) return next(error)
  if (type === 'entity.too.large') return send(response, refusal(413, 'HOOK_TOO_LONG', 'Expected a shorter body'))
  if (type === 'encoding.unsupported') {
    return send(response, refusal(415, 'HOOK_CONTENT_ENCODING', 'Expected a body that is not compressed'))
  }
  if (type === 'request.size.invalid' || type === 'request.aborted') {
    return send(response, refusal(400, 'HOOK_UNREADABLE', 'Expected a complete body'))
  }
  next(error)
}

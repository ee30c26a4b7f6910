import { HAND_OVER_PATH } from '@tabiji/core/journey'
import type { Problem } from '@tabiji/core/problem'
import { type ErrorRequestHandler, type Request, type RequestHandler, type Response, Router, raw } from 'express'
import type { Intake } from '../ports/intake.ts'
import { decodeHandOver } from '../wire/hand-over.ts'
import { bearerCheck } from './bearer.ts'
import { isFromThisMachine } from './this-machine.ts'

export type IngestOptions = {
  readonly intake: Intake
  /** A service may speak for itself only. Without any token, every known service may, from this machine only. */
  readonly tokens: readonly { readonly service: string; readonly token: () => string }[]
  /** The services that a target or a token names: nobody else has books here. */
  readonly services: ReadonlySet<string>
  readonly maxBytes: number
  /** The collector's clock, milliseconds. */
  readonly now: () => number
}

/** How long a sender should wait when a reading could not be written; the disk needs a moment, the sender is ending. */
const RETRY_AFTER_SECONDS = 5

/**
 * The door at which processes hand their counters over: `POST` {@link HAND_OVER_PATH}, JSON. Answers 200 only when the
 * reading is on disk, 503 when it is not, and otherwise `{error: {code, message, problems}}` with 400 (the document is
 * wrong), 401 (no valid token), 403 (not this service), 405, 413 (too long) or 415 (not JSON).
 */
export function ingestRoutes(options: IngestOptions): Router {
  const grants = bearerCheck(options.tokens.map(({ service, token }) => ({ token, grants: service })))
  const isOpen = options.tokens.length === 0
  const maySpeak = (request: Request, service: string) =>
    isOpen || grants(request.headers.authorization).includes(service)

  const admit: RequestHandler = (request, response, next) => {
    if (isOpen && !isFromThisMachine(request)) return refuse(response, 403, FROM_OUTSIDE)
    if (!isOpen && grants(request.headers.authorization).length === 0) {
      response.set('WWW-Authenticate', 'Bearer')
      return refuse(response, 401, UNAUTHORIZED)
    }
    if (!isJson(request.headers['content-type'])) return refuse(response, 415, NOT_JSON)
    next()
  }

  const accept: RequestHandler = async (request, response) => {
    const document = parseJson(request.body)
    if (document === undefined) return refuse(response, 400, UNREADABLE)
    const decoded = decodeHandOver(document.value, options.now())
    if (!decoded.ok) return refuse(response, 400, WRONG, decoded.problems)
    const { reading } = decoded
    const { service } = reading.speaker
    if (!maySpeak(request, service)) return refuse(response, 403, FOREIGN_SERVICE)
    if (!options.services.has(service)) return refuse(response, 403, UNKNOWN_SERVICE)
    try {
      await options.intake.submit(reading)
    } catch {
      // Whoever keeps the ledger knows the reason and tells it; the sender only needs to keep its counters.
      response.set('Retry-After', String(RETRY_AFTER_SECONDS))
      return refuse(response, 503, NOT_WRITTEN)
    }
    response.json({ accepted: true })
  }

  const router = Router()
  const body = raw({ type: () => true, limit: options.maxBytes, inflate: false })
  router.post(HAND_OVER_PATH, admit, body, accept)
  router.all(HAND_OVER_PATH, (_request, response) => {
    response.set('Allow', 'POST')
    refuse(response, 405, NOT_POSTED)
  })
  router.use(HAND_OVER_PATH, refuseBody)
  return router
}

type Refusal = readonly [code: string, message: string]

const UNAUTHORIZED: Refusal = ['INGEST_UNAUTHORIZED', 'Expected the token of a service as `Authorization: Bearer …`']
const FROM_OUTSIDE: Refusal = ['INGEST_FORBIDDEN', 'Expected a request from this machine, since no token is configured']
const FOREIGN_SERVICE: Refusal = [
  'INGEST_FOREIGN_SERVICE',
  'Expected the service to speak for itself; the token is bound to another',
]
const UNKNOWN_SERVICE: Refusal = [
  'INGEST_UNKNOWN_SERVICE',
  'Expected a service that a target or a token of the configuration names',
]
const NOT_JSON: Refusal = ['INGEST_CONTENT_TYPE', 'Expected the content type application/json in UTF-8']
const UNREADABLE: Refusal = ['INGEST_UNREADABLE', 'Expected a complete JSON document in UTF-8']
const WRONG: Refusal = ['INGEST_WRONG', 'Expected a hand-over as the SDK writes it; see the problems']
const NOT_POSTED: Refusal = ['INGEST_METHOD', 'Expected the method POST']
const NOT_WRITTEN: Refusal = ['INGEST_NOT_WRITTEN', 'The reading could not be written; send it again, or keep it']
const TOO_LONG: Refusal = ['INGEST_TOO_LONG', 'Expected a shorter body']
const COMPRESSED: Refusal = ['INGEST_CONTENT_ENCODING', 'Expected a body that is not compressed']

function refuse(response: Response, status: number, [code, message]: Refusal, problems: readonly Problem[] = []): void {
  response.status(status).json({ error: { code, message, problems } })
}

function isJson(contentType: string | undefined): boolean {
  return /^application\/json\s*(?:;\s*charset\s*=\s*"?utf-8"?\s*)?$/i.test(contentType?.trim() ?? '')
}

const utf8 = new TextDecoder('utf-8', { fatal: true })

function parseJson(body: unknown): { readonly value: unknown } | undefined {
  // A request without a body leaves none behind.
  if (!Buffer.isBuffer(body)) return undefined
  try {
    return { value: JSON.parse(utf8.decode(body)) }
  } catch {
    return undefined
  }
}

/** What the body reader refuses; its messages are not ours to pass on. Anything else is our fault and goes on. */
const refuseBody: ErrorRequestHandler = (error, _request, response, next) => {
  const { type } = error as { type?: unknown }
  if (response.headersSent) return next(error)
  if (type === 'entity.too.large') return refuse(response, 413, TOO_LONG)
  if (type === 'encoding.unsupported') return refuse(response, 415, COMPRESSED)
  if (type === 'request.size.invalid' || type === 'request.aborted') return refuse(response, 400, UNREADABLE)
  next(error)
}

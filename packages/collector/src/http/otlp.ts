import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import { type ErrorRequestHandler, type Request, type RequestHandler, type Response, Router, raw } from 'express'
import type { PointCount, PushIntake } from '../ports/intake.ts'
import { decodeJson } from '../wire/otlp/json.ts'
import { decodeProtobuf } from '../wire/otlp/protobuf.ts'
import { type Refusal, refusalOf, tellRefusals } from '../wire/otlp/refusal.ts'
import {
  type Encoding,
  encodeResponse,
  encodeStatus,
  encodingOf,
  MEDIA_TYPE,
  type StatusCode,
} from '../wire/otlp/response.ts'
import { type Permission, type PushMeaning, readMeaning } from '../wire/otlp.ts'
import { bearerCheck } from './bearer.ts'
import { isFromThisMachine } from './this-machine.ts'

export type OtlpOptions = {
  readonly intake: PushIntake
  /** A token may speak for the services that it is bound to. Without any, every known service may, from this machine only. */
  readonly tokens: readonly { readonly service: string; readonly token: () => string }[]
  /** The services that the configuration names: nobody else has books here. */
  readonly services: ReadonlySet<string>
  /** Of a body, both as it comes and unpacked. */
  readonly maxBytes: number
  /** Data points of journeys in a body. */
  readonly maxPoints: number
}

export const OTLP_METRICS_PATH = '/v1/metrics'

/** Bodies that are read and booked at one time: beyond it, memory would grow with the number of senders. */
const MOST_UNDER_WAY = 32

/** How long a sender should wait before it says the same again. */
const RETRY_AFTER_SECONDS = 5

const unpack = promisify(gunzip)

/**
 * The door for metrics of OTLP/HTTP 1.x: `POST /v1/metrics` in protobuf or JSON, as it is or in gzip. Answers in the encoding
 * of the request: 200 once everything that can be booked is on disk, with the points that cannot be in `partial_success`;
 * 429 and 503 with `Retry-After` when the same is to be sent again; 400, 401, 403, 413 and 415 when that is of no use.
 */
export function otlpRoutes(options: OtlpOptions): Router {
  const grants = bearerCheck(options.tokens.map(({ service, token }) => ({ token, grants: service })))
  const isOpen = options.tokens.length === 0
  let underWay = 0

  const admit: RequestHandler = (request, response, next) => {
    if (isOpen && !isFromThisMachine(request)) return refuse(response, FROM_OUTSIDE)
    if (!isOpen && grants(request.headers.authorization).length === 0) {
      response.set('WWW-Authenticate', 'Bearer')
      return refuse(response, UNAUTHORIZED)
    }
    if (encodingOf(request.headers['content-type']) === undefined) return refuse(response, CONTENT_TYPE)
    const packing = request.headers['content-encoding'] ?? 'identity'
    if (packing !== 'gzip' && packing !== 'identity') return refuse(response, PACKING)
    if (underWay >= MOST_UNDER_WAY) return refuse(response, BUSY)
    underWay++
    response.once('close', () => underWay--)
    // The body is read as it comes and unpacked afterwards: so it has two sizes, and both are bounded.
    response.locals['packed'] = packing === 'gzip'
    delete request.headers['content-encoding']
    next()
  }

  const accept: RequestHandler = async (request, response) => {
    const body = await unpacked(request.body, response.locals['packed'] === true, options.maxBytes)
    if (!Buffer.isBuffer(body)) return refuse(response, body)
    const encoding = encodingIn(request)
    const read = (encoding === 'json' ? decodeJson : decodeProtobuf)(body, options.maxPoints)
    if (!read.ok) return refuse(response, read.reason === 'malformed' ? malformed(read.message) : tooMany(read.message))
    const granted = new Set(isOpen ? options.services : grants(request.headers.authorization))
    const permit = (service: string): Permission => {
      if (!options.services.has(service)) return 'unknown_service'
      return granted.has(service) ? 'granted' : 'foreign_service'
    }
    const meaning = readMeaning(read.push, permit)
    if (speaksForOthersOnly(meaning)) {
      options.intake.counted(countsOf(meaning.refused))
      return refuse(response, FOREIGN)
    }
    const outcome = await book(meaning, options.intake).catch(() => undefined)
    if (outcome === undefined) return refuse(response, NOT_WRITTEN)
    const { refused, counts } = outcome
    options.intake.counted([...counts, { service: '', result: 'ignored', points: read.push.ignored }])
    const rejected = [...refused.values()].reduce((sum, points) => sum + points, 0)
    const document = encodeResponse(encoding, { rejected, message: tellRefusals(refused) })
    response.type(MEDIA_TYPE[encoding]).send(Buffer.from(document))
  }

  const router = Router()
  router.post(OTLP_METRICS_PATH, admit, raw({ type: () => true, limit: options.maxBytes, inflate: false }), accept)
  router.all(OTLP_METRICS_PATH, (_request, response) => {
    response.set('Allow', 'POST')
    refuse(response, METHOD)
  })
  router.use(OTLP_METRICS_PATH, refuseBody)
  return router
}

/** What came of the points of a push: those that are refused by reason, and everything by service. */
async function book(meaning: PushMeaning, intake: PushIntake) {
  const notes = await intake.take(meaning.told)
  const refused = new Map<Refusal, number>()
  const counts = [...countsOf(meaning.refused)]
  for (const { why } of meaning.refused) refused.set(why, (refused.get(why) ?? 0) + 1)
  const booked = new Map<string, number>()
  for (const { told, points } of meaning.told) {
    booked.set(told.speaker.service, (booked.get(told.speaker.service) ?? 0) + points)
  }
  for (const { service, kind, points } of notes) {
    const why = kind === 'two_roads' ? kind : refusalOf(kind)
    if (why !== undefined) refused.set(why, (refused.get(why) ?? 0) + points)
    if (why === undefined && kind !== 'repeated') continue
    counts.push({ service, result: kind, points })
    booked.set(service, (booked.get(service) ?? 0) - points)
  }
  for (const [service, points] of booked) counts.push({ service, result: 'taken', points })
  return { refused, counts }
}

function countsOf(refused: PushMeaning['refused']): readonly PointCount[] {
  return refused.map(({ service, why }) => ({ service, result: why, points: 1 }))
}

/** Nothing of it can ever be taken from this sender: a wrong token or name is told more loudly than a wrong point. */
function speaksForOthersOnly({ told, refused }: PushMeaning): boolean {
  const foreign: readonly Refusal[] = ['foreign_service', 'unknown_service']
  return told.length === 0 && refused.length > 0 && refused.every(({ why }) => foreign.includes(why))
}

type Answer = { readonly status: number; readonly code: StatusCode; readonly message: string }

async function unpacked(body: unknown, packed: boolean, maxBytes: number): Promise<Buffer | Answer> {
  // A request without a body leaves none behind, and an empty message is one that says nothing.
  const bytes = Buffer.isBuffer(body) ? body : Buffer.alloc(0)
  if (!packed) return bytes
  try {
    return await unpack(bytes, { maxOutputLength: maxBytes })
  } catch (error) {
    return (error as { code?: unknown }).code === 'ERR_BUFFER_TOO_LARGE' ? TOO_LONG : malformed('Expected a gzip body')
  }
}

const answer = (status: number, code: StatusCode, message: string): Answer => ({ status, code, message })

const FROM_OUTSIDE = answer(403, 'forbidden', 'Expected a request from this machine, since no token is configured')
const UNAUTHORIZED = answer(401, 'unauthenticated', 'Expected the token of a service as `Authorization: Bearer …`')
const FOREIGN = answer(403, 'forbidden', 'Expected a service that the configuration names and the token is bound to')
const CONTENT_TYPE = answer(
  415,
  'invalid',
  'Expected the content type application/x-protobuf, or application/json in UTF-8',
)
const PACKING = answer(415, 'invalid', 'Expected a body as it is, or packed by gzip')
const BUSY = answer(429, 'exhausted', 'Too many pushes at once; send it again')
const TOO_LONG = answer(413, 'invalid', 'Expected a shorter body')
const METHOD = answer(405, 'invalid', 'Expected the method POST')
const NOT_WRITTEN = answer(503, 'unavailable', 'The points could not be written; send them again')
const malformed = (message: string): Answer => answer(400, 'invalid', message)
const tooMany = (message: string): Answer => answer(413, 'invalid', message)

function refuse(response: Response, { status, code, message }: Answer): void {
  if (status === 429 || status === 503) response.set('Retry-After', String(RETRY_AFTER_SECONDS))
  const encoding = encodingIn(response.req)
  response
    .status(status)
    .type(MEDIA_TYPE[encoding])
    .send(Buffer.from(encodeStatus(encoding, code, message)))
}

/** Whoever writes in neither encoding can at least read JSON. */
function encodingIn(request: Request): Encoding {
  return encodingOf(request.headers['content-type']) ?? 'json'
}

/** What the body reader refuses; its messages are not ours to pass on. Anything else is our fault and goes on. */
const refuseBody: ErrorRequestHandler = (error, _request, response, next) => {
  const { type } = error as { type?: unknown }
  if (response.headersSent) return next(error)
  if (type === 'entity.too.large') return refuse(response, TOO_LONG)
  if (type === 'request.size.invalid' || type === 'request.aborted')
    return refuse(response, malformed('Expected a whole body'))
  next(error)
}

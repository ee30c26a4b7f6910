import { randomBytes } from 'node:crypto'
import type { Problem } from '@tabiji/core/problem'
import type { ErrorRequestHandler, RequestHandler, Response } from 'express'

/** What a client reads when it did not get what it asked for, under the key `error`. */
export type ApiError = {
  /** Stable and English, such as `FIX_STATE`. */
  readonly code: string
  readonly message: string
  /** How to mend it. */
  readonly hint?: string
  /** Everything that speaks against a request; the fields above repeat the first of them. */
  readonly problems?: readonly Problem[]
  /** Of a mistake of ours: what its line in the log carries. */
  readonly id?: string
}

/** Is told of everything that is our mistake. @param id what its reader was told to look for in the log */
export type Report = (error: unknown, id: string) => void

/** What a reader and the log call the same mistake. */
export function errorId(): string {
  return `E-${randomBytes(4).toString('hex')}`
}

/** How a document is answered to who sent a form: by a page. The routes of pages put it there, under `page`. */
type AnswerAsPage = (status: number, document: object) => void

/** Answers with one JSON document. It tells how things stand now, so nothing on the way may keep it. */
export function answer(response: Response, document: object, status = 200): void {
  const page = response.locals['page'] as AnswerAsPage | undefined
  if (page !== undefined) page(status, document)
  else response.status(status).set('Cache-Control', 'no-store').json(document)
}

/** Answers `{"error": …}`. */
export function refuse(response: Response, status: number, error: ApiError): void {
  answer(response, { error }, status)
}

/**
 * Answers with everything that is wrong at once. The status says which kind of mistake it is:
 *
 * - 400 the request has not the stated shape (keys, types, lengths): no such request can ever succeed;
 * - 404 what it is about does not exist;
 * - 409 it exists, but in a state that does not allow this: look again, then decide;
 * - 424 somebody else has to do it, and refuses or does not answer;
 * - 422 the shape is right and what is said is not (an unknown journey, a date in the past, no reason).
 */
export function refuseProblems(
  response: Response,
  status: 400 | 404 | 409 | 422 | 424,
  problems: readonly Problem[],
): void {
  const [first] = problems
  if (first === undefined) throw new RangeError('Expected at least one problem, got none')
  const { code, message, hint } = first
  refuse(response, status, { code, message, ...(hint !== undefined && { hint }), problems })
}

/** Answers requests that no route took. Mounted behind all of them. */
export const notFound: RequestHandler = (request, response) => {
  refuse(response, 404, { code: 'NOT_FOUND', message: `There is no ${request.method} ${request.path}` })
}

/** What can go wrong before a route runs, by the types that express gives to its errors. */
const REFUSALS: Readonly<Record<string, { readonly status: number; readonly code: string; readonly message: string }>> =
  {
    'entity.parse.failed': { status: 400, code: 'REQUEST_NOT_JSON', message: 'Expected the body to be JSON' },
    'entity.too.large': { status: 413, code: 'REQUEST_TOO_LARGE', message: 'Expected a smaller body' },
    'encoding.unsupported': {
      status: 415,
      code: 'REQUEST_MEDIA_TYPE',
      message: 'Expected a body that is not compressed',
    },
    'charset.unsupported': { status: 415, code: 'REQUEST_MEDIA_TYPE', message: 'Expected a body in UTF-8' },
  }

/**
 * Answers what routes threw or passed on, and what express refused by itself. Mounted last in the app.
 *
 * @param report is told of everything that is our mistake; the client learns only that there was one.
 */
export function answerErrors(report: Report): ErrorRequestHandler {
  return (error: unknown, request, response, next) => {
    if (response.headersSent) {
      next(error)
      return
    }
    const { type, status } = shapeOf(error)
    const known = REFUSALS[type]
    if (known !== undefined) {
      const { status, ...told } = known
      refuse(response, status, told)
    } else if (status >= 400 && status < 500) {
      const message = `Expected a request that can be read, got ${request.method} ${request.path}`
      refuse(response, status, { code: 'REQUEST_REFUSED', message })
    } else {
      const id = errorId()
      report(error, id)
      refuse(response, 500, { code: 'INTERNAL', message: `The collector failed; its log says why under ${id}`, id })
    }
  }
}

function shapeOf(error: unknown): { readonly type: string; readonly status: number } {
  const { type, status } = Object(error) as { type?: unknown; status?: unknown }
  return { type: typeof type === 'string' ? type : '', status: typeof status === 'number' ? status : 500 }
}

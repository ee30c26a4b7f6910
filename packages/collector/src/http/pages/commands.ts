import type { Visitor } from '@tabiji/dashboard'
import { type Request, type RequestHandler, type Response, Router, urlencoded } from 'express'
import { refuse } from '../answer.ts'
import { MAX_BODY_BYTES } from '../request.ts'
import { bodyOf, type Fields } from './fields.ts'
import { requireOwnForm } from './form-token.ts'
import { leaveNotice } from './notice.ts'

/** Whatever fits into a body of the API: a form writes a byte of Japanese as three. */
const MAX_FORM_BYTES = 3 * MAX_BODY_BYTES

/** What a form's page is told about its command: a document of the API, or its refusal. */
export type Told = (request: Request, response: Response, status: number, document: object, form: SentForm) => void
type SentForm = { readonly action: string; readonly back: string; readonly fields: Fields }

/**
 * Forms that change something: each is a command of the API, read from fields instead of JSON, and answered by a page. So
 * whatever is checked, masked, recorded and refused there is here, too.
 *
 * @param commands the routes of the API, without its door
 */
export function commandRoutes(commands: RequestHandler, visitorOf: (request: Request) => Visitor, told: Told): Router {
  const run: RequestHandler = (request, response, next) => {
    const visitor = visitorOf(request)
    const { form: _, back, ...fields } = request.body as Fields
    const sent = { action: request.originalUrl, back: ownPath(back), fields }
    response.locals['page'] = (status: number, document: object) => told(request, response, status, document, sent)
    if (visitor.may === 'read' || visitor.name === undefined) {
      const message = 'Expected somebody who is signed in and may change something'
      return refuse(response, 403, { code: 'FORBIDDEN', message })
    }
    if (visitor.by !== 'name') response.locals['by'] = visitor.name
    request.body = { ...bodyOf(fields), ...(visitor.by === 'name' && { by: visitor.name }) }
    next()
  }
  const form = urlencoded({ extended: false, limit: MAX_FORM_BYTES, inflate: false })
  // All below one mount: how a path is compared is decided once, so no spelling of it comes to a command without its proof.
  return Router().use('/do', onlyPost, form, requireOwnForm, run, commands)
}

const onlyPost: RequestHandler = (request, response, next) => {
  if (request.method === 'POST') next()
  else refuse(response, 405, { code: 'METHOD', message: 'Expected the method POST' })
}

/** Where to go after a form: a path of this house, never another site. */
export function ownPath(back: unknown): string {
  return typeof back === 'string' && /^\/(?![/\\])[^\s\\]*$/.test(back) ? back : '/journeys'
}

/** Goes on to a page, which says what became of the command. */
export function goOn(response: Response, to: string, lines: readonly string[]): void {
  if (lines.length > 0) leaveNotice(response, { kind: 'done', lines })
  response.redirect(303, to)
}

import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import type { Request, RequestHandler, Response } from 'express'
import { refuse } from '../answer.ts'
import { cookieOf, keepCookie } from './cookies.ts'

/**
 * Proves that a form was made by a page of ours: a digest under the browser's own session, which a page of another site
 * cannot read. No secret of the daemon is in it, so a form that was open during a restart can still be sent.
 */
function tokenOf(session: string): string {
  return createHmac('sha256', session).update('tabiji form').digest('base64url')
}

const SESSION = /^[\w-]{43}$/

/**
 * The token for the forms of a page; begins a session where there is none.
 *
 * @returns nothing to what another site sent: such a request comes without the session that the browser has, and a new one would
 *   make strangers of all the forms that stand open in it
 */
export function formToken(request: Request, response: Response): string {
  const known = cookieOf(request, 'session') ?? ''
  if (SESSION.test(known)) return tokenOf(known)
  if (request.method !== 'GET' && !isFromOwnPage(request)) return ''
  const session = randomBytes(32).toString('base64url')
  keepCookie(response, 'session', session)
  return tokenOf(session)
}

/** The code of the refusal below. */
export const FORM_FOREIGN = 'FORM_FOREIGN'

/** Lets a form pass that one of our own pages made for this browser, and nothing else. */
export const requireOwnForm: RequestHandler = (request, response, next) => {
  const session = cookieOf(request, 'session') ?? ''
  const given: unknown = request.body?.form
  const site = request.get('sec-fetch-site') ?? 'same-origin'
  if (site === 'same-origin' && hasOwnOrigin(request) && SESSION.test(session) && isEqual(given, tokenOf(session))) {
    return next()
  }
  const message = 'Expected a form that a page of this collector made for this browser'
  refuse(response, 403, { code: FORM_FOREIGN, message, hint: 'load the page again, then send the form from there' })
}

/**
 * A browser says where a form comes from, and on what terms; behind a proxy the host may differ. An origin that is kept secret
 * (`null`) passes only where the browser itself says that it is ours.
 */
function hasOwnOrigin(request: Request): boolean {
  const origin = request.get('origin')
  if (origin === undefined || request.get('sec-fetch-site') === 'same-origin') return true
  return URL.canParse(origin) && new URL(origin).host === request.get('host')
}

/** Whether the browser itself says that one of our pages sent this; what says nothing of it is not believed. */
export function isFromOwnPage(request: Request): boolean {
  const site = request.get('sec-fetch-site')
  if (site !== undefined) return site === 'same-origin'
  return request.get('origin') !== undefined && hasOwnOrigin(request)
}

function isEqual(given: unknown, wanted: string): boolean {
  if (typeof given !== 'string' || given.length !== wanted.length) return false
  return timingSafeEqual(Buffer.from(given), Buffer.from(wanted))
}

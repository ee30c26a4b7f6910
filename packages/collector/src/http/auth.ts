import type { Request, RequestHandler } from 'express'
import { refuse } from './answer.ts'
import { bearerCheck } from './bearer.ts'

/** A token of the API door, as the configuration names it. */
export type Badge = { readonly name: string; readonly token: () => string; readonly may: 'read' | 'write' }

/**
 * Lets in who carries a token. Without configured tokens everybody who can reach the door is let in: the configuration
 * sees to it that this is loopback only. Who changes something is known by the token's name.
 *
 * @param mayRead who else is let in, with requests that change nothing
 */
export function requireBadge(badges: readonly Badge[], mayRead: (request: Request) => boolean): RequestHandler {
  const grants = bearerCheck(badges.map((badge) => ({ token: badge.token, grants: badge })))
  return (request, response, next) => {
    if (badges.length === 0) return next()
    const [badge] = grants(request.headers.authorization)
    const isRead = request.method === 'GET' || request.method === 'HEAD'
    if (badge === undefined) {
      if (isRead && request.headers.authorization === undefined && mayRead(request)) return next()
      response.setHeader('WWW-Authenticate', 'Bearer')
      const hint = 'send `Authorization: Bearer TOKEN`; a browser that is signed in to the pages may read without it'
      return refuse(response, 401, { code: 'UNAUTHORIZED', message: 'Expected a valid bearer token', hint })
    }
    if (badge.may === 'read' && !isRead) {
      const message = `The token ${badge.name} may read only`
      return refuse(response, 403, { code: 'FORBIDDEN', message })
    }
    response.locals['by'] = badge.name
    next()
  }
}

/**
 * A page in a browser can be made to call a loopback address by a name that its owner controls; such a call carries that
 * name. Without tokens only requests that name the machine itself, or the address that the collector is known by, pass.
 */
export function requireKnownHost(publicUrl: string | undefined, badges: readonly Badge[]): RequestHandler {
  const known = new Set(['localhost', '127.0.0.1', '[::1]'])
  if (publicUrl !== undefined) known.add(new URL(publicUrl).hostname)
  return (request, response, next) => {
    const host = (request.headers.host ?? '').replace(/:\d+$/, '')
    if (badges.length > 0 || known.has(host)) return next()
    refuse(response, 403, { code: 'UNKNOWN_HOST', message: 'Expected a request to localhost or `publicUrl`' })
  }
}

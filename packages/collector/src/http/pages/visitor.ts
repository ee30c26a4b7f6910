import type { Visitor } from '@tabiji/dashboard'
import type { Request, RequestHandler } from 'express'
import { refuse } from '../answer.ts'
import type { Badge } from '../auth.ts'
import { cookieOf } from './cookies.ts'
import { type ProxySignIn, proxyCheck } from './proxy.ts'
import { signedBy } from './signed.ts'

export const LONGEST_NAME = 100

type Doormen = { readonly badges: readonly Badge[]; readonly signIn?: ProxySignIn; readonly now: () => number }

export type VisitorOf = (request: Request) => Visitor

/**
 * Who looks. Without tokens everybody who reaches the door is on this machine, and may call themselves as they like: then
 * the name says who it was, and proves nothing. With tokens it is who signed in by one, or whom a listed proxy names.
 *
 * @param now milliseconds
 */
export function visitors({ badges, signIn, now }: Doormen): VisitorOf {
  const named = signIn === undefined ? undefined : { nameIn: proxyCheck(signIn), may: signIn.may }
  return (request) => {
    const name = named?.nameIn(request)
    if (named !== undefined && name !== undefined) return { name, may: named.may, by: 'proxy' }
    return byBrowser(request)
  }

  function byBrowser(request: Request): Visitor {
    if (badges.length > 0) {
      const badge = signedBy(request, badges, now())
      return badge === undefined ? { may: 'read', by: 'token' } : { name: badge.name, may: badge.may, by: 'token' }
    }
    const name = (cookieOf(request, 'who') ?? '').slice(0, LONGEST_NAME)
    return { may: 'write', by: 'name', ...(name !== '' && { name }) }
  }
}

/** Somebody who has to sign in before they see anything. */
export function isStranger({ name, by }: Visitor): boolean {
  return name === undefined && by !== 'name'
}

/** Sends strangers to sign in, with the way back; what is no page is refused. */
export function requireVisitor(visitorOf: VisitorOf): RequestHandler {
  return (request, response, next) => {
    if (!isStranger(visitorOf(request))) return next()
    if (request.method === 'GET' && request.accepts(['json', 'html']) === 'html') {
      return response.redirect(303, `/sign-in?to=${encodeURIComponent(request.originalUrl)}`)
    }
    refuse(response, 401, { code: 'UNAUTHORIZED', message: 'Expected somebody who is signed in' })
  }
}

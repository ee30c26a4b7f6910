import { createHmac, timingSafeEqual } from 'node:crypto'
import type { Request } from 'express'
import type { Badge } from '../auth.ts'
import { cookieOf } from './cookies.ts'

/** A shift, with what comes before and after it. */
export const SIGNED_MS = 12 * 3_600_000

/**
 * What a browser keeps of a token that was typed: `name.expires.mac`. The digest is under the token itself, so no secret of
 * the daemon is in it, and it is worth nothing once the token is replaced or in another browser's session.
 *
 * @param expires milliseconds
 */
export function signFor({ name, token }: Badge, session: string, expires: number): string {
  return `${name}.${expires}.${digestOf(token(), `${name}\n${expires}\n${session}`)}`
}

/** The token by which this browser signed in; nothing when it did not, or too long ago. */
export function signedBy(request: Request, badges: readonly Badge[], now: number): Badge | undefined {
  const kept = cookieOf(request, 'signed') ?? ''
  // A name may have dots in it; the parts behind it have none.
  const [, name, digits] = /^(.+)\.(\d{1,15})\.[\w-]{43}$/.exec(kept) ?? []
  const badge = badges.find((each) => each.name === name)
  if (badge === undefined || Number(digits) <= now) return undefined
  const wanted = signFor(badge, cookieOf(request, 'session') ?? '', Number(digits))
  return kept.length === wanted.length && timingSafeEqual(Buffer.from(kept), Buffer.from(wanted)) ? badge : undefined
}

function digestOf(token: string, said: string): string {
  return createHmac('sha256', token).update(`tabiji signed\n${said}`).digest('base64url')
}

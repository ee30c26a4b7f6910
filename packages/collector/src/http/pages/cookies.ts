import { parse } from 'cookie'
import type { Request, Response } from 'express'

/** What browsers keep for the pages. Only `session`, `who` and `signed` decide anything; the others are a reader's taste. */
const COOKIES = {
  session: 'tabiji_session',
  who: 'tabiji_who',
  signed: 'tabiji_signed',
  language: 'tabiji_language',
  theme: 'tabiji_theme',
  keys: 'tabiji_keys',
  zone: 'tabiji_zone',
  notice: 'tabiji_notice',
} as const

type Name = keyof typeof COOKIES

export function cookieOf(request: Request, name: Name): string | undefined {
  return parse(request.headers.cookie ?? '')[COOKIES[name]]
}

/** @param lastsMs absent: until the browser is closed */
export function keepCookie(response: Response, name: Name, value: string, lastsMs?: number): void {
  // Lax: a link in a chat must find its reader signed in; what changes something asks for a form of ours besides.
  response.cookie(COOKIES[name], value, {
    httpOnly: true,
    sameSite: 'lax' as const,
    path: '/',
    secure: isSecure(response),
    ...(lastsMs !== undefined && { maxAge: lastsMs }),
  })
}

/** Behind a proxy the request itself does not say that the browser came by https; `publicUrl` does. */
function isSecure({ req, locals }: Response): boolean {
  return req.secure || locals['https'] === true
}

export function dropCookie(response: Response, name: Name): void {
  response.clearCookie(COOKIES[name], { path: '/' })
}

import type { Response } from 'express'

/** A page loads its own style and script and nothing else, talks to its own house only, and stands in nobody's frame. */
const PAGE_POLICY = [
  "default-src 'none'",
  "style-src 'self'",
  "script-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ')

export function sendPage(response: Response, page: string, status = 200): void {
  response.status(status).set({
    'Content-Type': 'text/html; charset=utf-8',
    'Content-Security-Policy': PAGE_POLICY,
    'Cache-Control': 'no-store',
    // Without it browsers call the origin of our own forms `null`; to other sites nothing is told.
    'Referrer-Policy': 'same-origin',
    Vary: 'Cookie',
  })
  response.end(page)
}

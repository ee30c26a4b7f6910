import type { Around } from '@tabiji/dashboard'
import type { Request, Response } from 'express'
import { cookieOf, dropCookie, keepCookie } from './cookies.ts'

type Notice = NonNullable<Around['notice']>

/** Browsers keep about four thousand bytes. */
const LONGEST = 1_500
const LASTS_MS = 60_000

/** Says on the next page what became of a request. */
export function leaveNotice(response: Response, { kind, lines }: Notice): void {
  const text = JSON.stringify({ kind, lines: lines.map((line) => line.slice(0, LONGEST / 3)).slice(0, 3) })
  keepCookie(response, 'notice', Buffer.from(text).toString('base64url'), LASTS_MS)
}

/** What was left for this page; it is told once. */
export function takeNotice(request: Request, response: Response): Notice | undefined {
  const kept = cookieOf(request, 'notice')
  if (kept === undefined || kept === '') return undefined
  dropCookie(response, 'notice')
  try {
    const { kind, lines } = JSON.parse(Buffer.from(kept, 'base64url').toString()) as Partial<Notice>
    if ((kind !== 'done' && kind !== 'refused') || !Array.isArray(lines)) return undefined
    return { kind, lines: lines.filter((line) => typeof line === 'string') }
  } catch {
    // Somebody else wrote it; it is nothing that we said.
    return undefined
  }
}

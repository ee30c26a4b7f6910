import { Router } from 'express'
import { onTestFinished } from 'vitest'
import type { Api } from '../../../ports/api.ts'
import type { Work } from '../../../ports/work.ts'
import { answer, notFound } from '../../answer.ts'
import { type Badge, requireBadge } from '../../auth.ts'
import { createHouse, openDoor } from '../../door.ts'
import { browserReads } from '../browser-reads.ts'
import { type PageRooms, pageRoutes } from '../pages-house.ts'
import { visitors } from '../visitor.ts'

export const READER: Badge = { name: 'wall.board', token: () => 'read-me', may: 'read' }
export const WRITER: Badge = { name: 'sato', token: () => 'write-me', may: 'write' }
export const OVERVIEW = { at: '2026-10-15T12:00:00+09:00', timeZone: 'Asia/Tokyo', fingerprint: 'f00d', sample: false }

/** Pages over empty books, an API that answers `{}`, and a single command: `/alerts/A-1/ack`. It tells of each that was run who said what. */
export async function openEmptyPages(
  badges: readonly Badge[],
  more: Partial<PageRooms> = {},
  overview?: Api['overview'],
) {
  const clock = { now: Date.UTC(2026, 9, 15) }
  const done: unknown[] = []
  const told = { checks: () => [{ name: 'store', status: 'ok', message: 'the books are read' }], revisions: () => [] }
  const api = {
    ...told,
    overview: overview ?? (() => ({ ...OVERVIEW, journeys: [] })),
    alerts: () => [],
  } as unknown as Api
  const work = { listIncidents: () => [], listFixes: () => ({ ok: true, value: [] }) } as unknown as Work
  const assets = { style: '/assets/a.css', script: '/assets/a.js', files: [] }
  const unsaid = { report: () => undefined, settings: () => undefined }
  const rooms = {
    api,
    work,
    badges,
    publicUrl: undefined,
    now: () => clock.now,
    version: '1',
    assets,
    ...unsaid,
  } as object
  const movements = { follow: () => () => undefined }
  const pages = pageRoutes({ ...rooms, movements, ...more } as PageRooms, (request, response, next) => {
    if (request.path !== '/alerts/A-1/ack') notFound(request, response, next)
    else {
      done.push([response.locals['by'], request.body])
      response.status(204).end()
    }
  })
  const mayRead = browserReads(visitors({ badges, now: () => clock.now, ...more }))
  const inside = Router().use('/api/v1', requireBadge(badges, mayRead), (_request, response) => answer(response, {}))
  const door = await openDoor(
    createHouse([inside, pages], () => undefined),
    '127.0.0.1',
    0,
  )
  onTestFinished(() => door.close())
  return { browser: () => browserOf(door.url), done, clock }
}

/** A browser: keeps cookies, sends forms from the page that it looks at. */
function browserOf(url: string) {
  const jar = new Map<string, string>()
  const set: string[] = []
  let form = ''
  const ask = async (path: string, init: RequestInit = {}) => {
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ')
    const headers = { accept: 'text/html', cookie, ...init.headers }
    const answer = await fetch(`${url}${path}`, { redirect: 'manual', ...init, headers })
    for (const line of answer.headers.getSetCookie()) {
      set.push(line)
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
      if (value === '') jar.delete(name)
      else jar.set(name, value)
    }
    const text = await answer.text()
    form = /name="form" value="([^"]+)"/.exec(text)?.[1] ?? form
    return { status: answer.status, to: answer.headers.get('location'), text, headers: answer.headers }
  }
  const send = (path: string, fields: Record<string, string>, headers: Record<string, string> = {}) =>
    ask(path, { method: 'POST', body: new URLSearchParams({ form, ...fields }), headers })
  return { ask, send, jar, set }
}

export async function signedIn(browser: ReturnType<typeof browserOf>, token: string) {
  await browser.ask('/sign-in?to=/journeys')
  return browser.send('/sign-in', { token, to: '/journeys' })
}

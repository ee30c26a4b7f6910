import { isoIn, isTimeZone } from '@tabiji/core/time'
import type { Around, Ringing, Unread } from '@tabiji/dashboard'
import type { Request, Response } from 'express'
import type { EpisodeRecord } from '../../ports/alert-store.ts'
import type { Api, Overview } from '../../ports/api.ts'
import type { Work } from '../../ports/work.ts'
import type { Report } from '../answer.ts'
import { cookieOf } from './cookies.ts'
import { formToken } from './form-token.ts'
import { takeNotice } from './notice.ts'
import { attempt, failedIn } from './panel.ts'
import { isStranger, type VisitorOf } from './visitor.ts'

/** What the frame of every page is made from. */
export type FrameRooms = {
  readonly api: Api
  readonly work: Work
  readonly version: string
  readonly assets: Around['assets']
  readonly visitorOf: VisitorOf
  readonly now: () => number
  readonly report: Report
}

const MOST_RINGING = 5
const MOST_OPEN = 1_000

/** What stands around a page for this request. @param overview when the page has asked for it already */
export function aroundOf(rooms: FrameRooms, request: Request, response: Response, overview?: Overview): Around {
  const quiet = quietAround(rooms, request, response)
  if (isStranger(quiet.visitor)) return quiet
  const books = booksAround(rooms, response, overview ?? rooms.api.overview())
  const zone = zoneOf(request) ?? books.houseZone
  return { ...quiet, ...books, zone, failed: failedIn(response) }
}

/** What the books say on every page. */
function booksAround(rooms: FrameRooms, response: Response, overview: Overview) {
  const { api, work } = rooms
  // Level 1 first, so that none of it is lost where there are very many.
  const open = attempt(rooms, response, 'ringing', () => api.alerts({ state: 'open', limit: MOST_OPEN }), [])
  const pages = open.filter(({ level }) => level === 1)
  const incidents = attempt(rooms, response, 'incidents', () => work.listIncidents('open').length, 0)
  const read = overview.journeys.flatMap(({ objectives }) => objectives.flatMap(({ readUntil = [] }) => readUntil))
  const dataUntil = read.toSorted((a, b) => Date.parse(a) - Date.parse(b)).at(-1)
  return {
    houseZone: overview.timeZone,
    now: overview.at,
    ringing: pages.slice(0, MOST_RINGING).map((page) => ringingOf(page, overview)),
    open: { alerts: open.length, pages: pages.length, incidents },
    ...(dataUntil !== undefined && { dataUntil }),
    unread: unreadOf(overview),
    fingerprint: overview.fingerprint,
    sample: overview.sample,
  }
}

/** The same without a word of the books: for who has not signed in, and for when the books cannot be read. */
export function quietAround(rooms: FrameRooms, request: Request, response: Response): Around {
  const notice = takeNotice(request, response)
  const now = new Date(rooms.now()).toISOString()
  return {
    language: languageOf(request),
    theme: themeOf(request),
    keys: cookieOf(request, 'keys') !== 'off',
    kiosk: request.query['kiosk'] === '1',
    paper: response.locals['paper'] === true,
    zone: 'UTC',
    houseZone: 'UTC',
    now,
    path: request.originalUrl,
    visitor: rooms.visitorOf(request),
    formToken: formToken(request, response),
    ringing: [],
    open: { alerts: 0, pages: 0, incidents: 0 },
    unread: [],
    failed: {},
    fingerprint: '',
    version: rooms.version,
    sample: false,
    assets: rooms.assets,
    ...(notice !== undefined && { notice }),
  }
}

/** What the reader chose, or else what their browser asks for. */
function languageOf(request: Request): 'en' | 'ja' {
  const chosen = cookieOf(request, 'language')
  if (chosen === 'en' || chosen === 'ja') return chosen
  return request.acceptsLanguages('en', 'ja') === 'ja' ? 'ja' : 'en'
}

function themeOf(request: Request): Around['theme'] {
  const chosen = cookieOf(request, 'theme')
  return chosen === 'light' || chosen === 'dark' ? chosen : 'system'
}

/** Where its reader wants times told; the journeys file's zone unless they said otherwise. */
function zoneOf(request: Request): string | undefined {
  const chosen = cookieOf(request, 'zone')
  return chosen !== undefined && isTimeZone(chosen) ? chosen : undefined
}

function ringingOf(
  { id, rule, episode, facts }: EpisodeRecord,
  { journeys, timeZone, silenced = [] }: Overview,
): Ringing {
  const named = rule.split('/')[0]
  const journey = journeys.find(({ name }) => name === named)?.title ?? facts.journey.title
  const by = episode.ack?.by
  const held = silenced.find(({ alert }) => alert === id)
  return {
    id,
    journey,
    since: isoIn(episode.startedAt, timeZone),
    ...(by !== undefined && { taken: by }),
    ...(held !== undefined && { silenced: held }),
  }
}

/** Journeys of which something was not read lately, and until when it was. */
function unreadOf({ journeys }: Overview): readonly Unread[] {
  return journeys.flatMap(({ title, objectives }) => {
    const late = objectives.filter(({ fresh }) => !fresh)
    if (late.length === 0) return []
    const [since] = late.flatMap(({ readUntil = [] }) => readUntil).toSorted((a, b) => Date.parse(a) - Date.parse(b))
    return [{ journey: title, ...(since !== undefined && { since }) }]
  })
}

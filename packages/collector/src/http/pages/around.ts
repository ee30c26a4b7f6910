import { isoIn } from '@tabiji/core/time'
import type { Around, Ringing } from '@tabiji/dashboard'
import type { Request, Response } from 'express'
import type { Api, Overview } from '../../ports/api.ts'
import type { Work } from '../../ports/work.ts'
import { cookieOf } from './cookies.ts'
import { formToken } from './form-token.ts'
import { takeNotice } from './notice.ts'
import { isStranger, type VisitorOf } from './visitor.ts'

/** What the frame of every page is made from. */
export type FrameRooms = {
  readonly api: Api
  readonly work: Work
  readonly version: string
  readonly assets: Around['assets']
  readonly visitorOf: VisitorOf
  readonly now: () => number
}

const MOST_RINGING = 5

/** What stands around a page for this request. @param overview when the page has asked for it already */
export function aroundOf(rooms: FrameRooms, request: Request, response: Response, overview?: Overview): Around {
  const quiet = quietAround(rooms, request, response)
  return isStranger(quiet.visitor) ? quiet : { ...quiet, ...booksAround(rooms, overview ?? rooms.api.overview()) }
}

/** What the books say on every page. */
function booksAround(rooms: FrameRooms, overview: Overview) {
  return {
    zone: overview.timeZone,
    now: overview.at,
    ringing: ringingOf(rooms.api, overview),
    open: {
      alerts: rooms.api.alerts({ state: 'open', limit: 1_000 }).length,
      incidents: rooms.work.listIncidents('open').length,
    },
    dataUntil: overview.at,
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
    zone: 'UTC',
    now,
    path: request.originalUrl,
    visitor: rooms.visitorOf(request),
    formToken: formToken(request, response),
    ringing: [],
    open: { alerts: 0, incidents: 0 },
    dataUntil: now,
    unread: [],
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

function ringingOf(api: Api, { journeys, timeZone, silenced = [] }: Overview): readonly Ringing[] {
  const quiet = new Map(silenced.map((each) => [each.alert, each]))
  const titles = new Map(journeys.map(({ name, title }) => [name, title]))
  return api.alerts({ state: 'open', level: 1, limit: MOST_RINGING }).map(({ id, rule, episode, facts }) => {
    const journey = titles.get(rule.split('/')[0] ?? '') ?? facts.journey.title
    const by = episode.ack?.by
    const held = quiet.get(id)
    return {
      ...{ id, journey, since: isoIn(episode.startedAt, timeZone) },
      ...(by !== undefined && { taken: by }),
      ...(held !== undefined && { silenced: held }),
    }
  })
}

/** Journeys of which something was not read lately. */
function unreadOf({ journeys }: Overview): readonly string[] {
  return journeys.flatMap(({ name, objectives }) => (objectives.some(({ fresh }) => !fresh) ? [name] : []))
}

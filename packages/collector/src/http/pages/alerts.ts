import { isOpen } from '@tabiji/core/alert'
import { nearestOf } from '@tabiji/core/problem'
import { DAY } from '@tabiji/core/time'
import { ALERT_STATES, type AlertsView, alertScreen, alertsScreen } from '@tabiji/dashboard'
import { type Request, Router } from 'express'
import type { EpisodeRecord } from '../../ports/alert-store.ts'
import type { Overview } from '../../ports/api.ts'
import { type BoardRooms, boardOf } from './alert-board.ts'
import type { FrameRooms } from './around.ts'
import { type CourseRooms, courseAround } from './course.ts'
import { attempt, attemptLater } from './panel.ts'
import { showScreen } from './show.ts'

const LEVELS = [1, 2, 3] as const
/** Comparing an endless name with all known ones would take long. */
const LONGEST_GUESS = 60
const MOST = 200
const MOST_LOOKED_THROUGH = 1_000
const SIMILAR_MS = 90 * DAY
const SIMILAR = 10

/** The board of alerts, and one of them. */
export function alertsPages(rooms: BoardRooms & CourseRooms): Router {
  const { api } = rooms
  const router = Router()
  router.get('/alerts', (request, response) => {
    const overview = api.overview()
    const view = viewOf(rooms, overview, request)
    showScreen(rooms, request, response, (context) => alertsScreen(context, view), overview)
  })
  router.get('/alerts/:id', async (request, response, next) => {
    const alert = api.alert(request.params.id)
    if (alert === undefined) return next()
    const all = attempt(rooms, response, 'incidents', () => rooms.work.listIncidents('all'), [])
    const incident = all.find(({ episodes }) => episodes.includes(alert.id))
    const similar = attempt(rooms, response, 'alerts', () => similarTo(rooms, alert), [])
    const course = await attemptLater(rooms, response, 'course', () => courseAround(rooms, alert), undefined)
    const view = {
      ...alert,
      ...(incident !== undefined && { incident }),
      ...(course !== undefined && { course }),
      similar,
    }
    showScreen(rooms, request, response, (context) => alertScreen(context, view))
  })
  return router
}

type Wish = Pick<AlertsView, 'state' | 'level' | 'team'> & { readonly name?: string }

function viewOf(rooms: BoardRooms, overview: Overview, { query }: Request): AlertsView {
  const level = LEVELS.find((each) => String(each) === query['level'])
  const name = typeof query['journey'] === 'string' ? query['journey'] : undefined
  const title = overview.journeys.find((journey) => journey.name === name)?.title
  const teams = [...new Set(overview.journeys.flatMap(({ owner }) => owner ?? []))]
  const team = teams.find((each) => each === query['team'])
  const state = ALERT_STATES.find((each) => each === query['state']) ?? 'open'
  const wish = { state, ...(level !== undefined && { level }), ...(team !== undefined && { team }) }
  const listed = listedBy(rooms, overview, { ...wish, ...(name !== undefined && { name }) })
  const [last] = listed.alerts.length > 0 ? [] : rooms.api.alerts({ state: 'all', limit: 1 })
  return {
    ...listed,
    ...wish,
    teams,
    ...(name !== undefined && { journey: { name, ...(title === undefined ? nearTo(name, overview) : { title }) } }),
    ...(last !== undefined && { last }),
  }
}

/** What the board lists, and how many are open, taken and held back of what the rest of the wish lets through. */
function listedBy(
  rooms: BoardRooms,
  overview: Overview,
  { state, level, team, name }: Wish,
): Pick<AlertsView, 'alerts' | 'counts' | 'more'> {
  const find = (which: 'open' | 'all') =>
    rooms.api
      .alerts({ state: which, ...(level !== undefined && { level }), limit: MOST_LOOKED_THROUGH })
      .filter(({ facts }) => name === undefined || facts.journey.name === name)
      .filter(({ facts }) => team === undefined || facts.journey.owner === team)
  const found = find('open')
  const open = boardOf(rooms, overview, found.slice(0, MOST))
  const some = {
    open,
    taken: open.filter(({ episode }) => episode.state === 'acked'),
    quiet: open.filter(({ awaits }) => awaits?.by === 'gates'),
  }
  const counts = { open: found.length, taken: some.taken.length, quiet: some.quiet.length }
  if (state !== 'over' && state !== 'all') return { alerts: some[state], counts, more: found.length > MOST }
  const past = find('all').filter(({ episode }) => state === 'all' || !isOpen(episode))
  return { alerts: boardOf(rooms, overview, past.slice(0, MOST)), counts, more: past.length > MOST }
}

/** The journey that was most likely meant by a name that there is not. */
function nearTo(name: string, { journeys }: Overview): { readonly near?: string } {
  const near = nearestOf(
    name.slice(0, LONGEST_GUESS),
    journeys.map((journey) => journey.name),
  )
  return near === undefined ? {} : { near }
}

/** The same rule, within ninety days before. */
function similarTo({ api }: FrameRooms, { id, rule, episode }: EpisodeRecord): readonly EpisodeRecord[] {
  return api
    .alerts({ state: 'all', limit: MOST_LOOKED_THROUGH })
    .filter(
      (other) => other.rule === rule && other.id !== id && other.episode.startedAt >= episode.startedAt - SIMILAR_MS,
    )
    .slice(0, SIMILAR)
}

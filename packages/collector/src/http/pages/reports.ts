import { isMonth } from '@tabiji/core/time'
import { reportScreen, reportsScreen } from '@tabiji/dashboard'
import { type Request, type RequestHandler, type Response, Router } from 'express'
import type { Postmortems } from '../../ports/postmortems.ts'
import type { ReportDetails, ReportFile, Reports } from '../../ports/reports.ts'
import { servePage } from '../api/report-page.ts'
import type { FrameRooms } from './around.ts'
import { attempt } from './panel.ts'
import { pendingIn } from './report-pending.ts'
import { showScreen } from './show.ts'

type ReportRooms = FrameRooms & { readonly reports: Reports; readonly postmortems: Pick<Postmortems, 'list'> }

const NOTHING_PENDING = { incidents: [], postmortems: [] }

/** Monthly reports: a year of them, one month's life, and the files exactly as they were issued. */
export function reportsPages(rooms: ReportRooms): Router {
  const { reports } = rooms
  const router = Router()
  router.get('/reports', (request, response) => sendYear(rooms, request, response))
  router.get('/reports/:month', (request, response, next) => {
    const month = String(request.params['month'])
    const found = isMonth(month) ? reports.report(month) : undefined
    if (found?.ok === true) sendMonth(rooms, found.value, request, response)
    else next()
  })
  router.get(
    '/reports/:month/files/:name',
    fileRoute((month, name) => reports.file(month, name)),
  )
  router.get(
    '/reports/:month/draft/:name',
    fileRoute((month, name) => reports.draftFile(month, name)),
  )
  return router
}

function sendYear(rooms: ReportRooms, request: Request, response: Response): void {
  const { reports, api } = rooms
  const all = reports.list().reports
  const current = Number(api.months().current.slice(0, 4))
  const years = [...new Set([...all.map(({ month }) => Number(month.slice(0, 4))), current])]
  const asked = Number(request.query['year'])
  const year = years.includes(asked) ? asked : current
  const pending = pendingOf(rooms, response)
  const view = {
    year,
    years,
    reports: all
      .filter(({ month }) => Number(month.slice(0, 4)) === year)
      .map((report) => (report.status === 'draft' ? { ...report, pending: pending(report.month) } : report)),
    ...attempt(rooms, response, 'asks', () => reports.asks(), { asks: [] }),
  }
  showScreen(rooms, request, response, (context) => reportsScreen(context, view))
}

function sendMonth(rooms: ReportRooms, details: ReportDetails, request: Request, response: Response): void {
  const { api, reports } = rooms
  const { month, revisions } = details
  const overview = api.overview()
  const [before, last] = revisions.slice(-2).map(({ revision }) => revision)
  const changed =
    before === undefined || last === undefined
      ? undefined
      : attempt(rooms, response, 'month', () => reports.changes(month, before, last), undefined)
  const view = {
    ...details,
    journeys: overview.journeys,
    pending: pendingOf(rooms, response)(month),
    ...(changed?.ok === true &&
      before !== undefined &&
      last !== undefined && { changed: { from: before, to: last, ...changed.value } }),
  }
  showScreen(rooms, request, response, (context) => reportScreen(context, view), overview)
}

function pendingOf(rooms: ReportRooms, response: Response): ReturnType<typeof pendingIn> {
  return attempt(
    rooms,
    response,
    'incidents',
    () => pendingIn(rooms),
    () => NOTHING_PENDING,
  )
}

function fileRoute(find: (month: string, name: string) => ReportFile | undefined): RequestHandler {
  return (request, response, next) => {
    const file = find(String(request.params['month']), String(request.params['name']))
    if (file === undefined) next()
    else servePage(response, file)
  }
}

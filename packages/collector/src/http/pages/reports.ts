import { isMonth } from '@tabiji/core/time'
import { reportScreen, reportsScreen } from '@tabiji/dashboard'
import { type RequestHandler, Router } from 'express'
import type { ReportFile, Reports } from '../../ports/reports.ts'
import { servePage } from '../report-page.ts'
import type { FrameRooms } from './around.ts'
import { attempt } from './panel.ts'
import { showScreen } from './show.ts'

/** Monthly reports: the list, one month's life, and the files exactly as they were issued. */
export function reportsPages(rooms: FrameRooms & { readonly reports: Reports }): Router {
  const { api, reports } = rooms
  const router = Router()
  router.get('/reports', (request, response) => {
    const asks = attempt(rooms, response, 'asks', () => reports.asks(), { asks: [] })
    const view = { ...reports.list(), ...asks }
    showScreen(rooms, request, response, (context) => reportsScreen(context, view))
  })
  router.get('/reports/:month', (request, response, next) => {
    const month = String(request.params['month'])
    const found = isMonth(month) ? reports.report(month) : undefined
    if (found?.ok !== true) return next()
    const overview = api.overview()
    const view = { ...found.value, journeys: overview.journeys }
    showScreen(rooms, request, response, (context) => reportScreen(context, view), overview)
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

function fileRoute(find: (month: string, name: string) => ReportFile | undefined): RequestHandler {
  return (request, response, next) => {
    const file = find(String(request.params['month']), String(request.params['name']))
    if (file === undefined) next()
    else servePage(response, file)
  }
}

import { journeysOf, narrowAlone, stampFor } from '@tabiji/core/report'
import { isMonth } from '@tabiji/core/time'
import { type RequestHandler, type Response, Router } from 'express'
import type { ReportFile, Reports } from '../../ports/reports.ts'
import { REPORT_REQUEST } from '../../wire/report-request.ts'
import { answer, refuse } from '../answer.ts'
import { keyOf, listing, posting, postingLater, respond } from '../command.ts'
import { servePage } from './report-page.ts'
import { narrowedOr, teamIn } from './team-facts.ts'

/** Monthly reports over HTTP, to be mounted under `/api/v1`; commands follow the rules of incidents and fixes. */
export function reportRoutes(reports: Reports): Router {
  const router = Router()
  router.get('/reports', (_request, response) => answer(response, reports.list()))
  router.get('/reports/asks', (_request, response) => answer(response, reports.asks()))
  router.post(
    '/reports/asks',
    posting(REPORT_REQUEST.ask, (asked, { by }) => reports.ask(asked, by)),
  )
  router.post(
    '/reports/asks/:key/answer',
    posting(REPORT_REQUEST.answer, (said, { key, by }) => reports.answer({ key, ...said }, by)),
  )
  router.post(
    '/reports/exceptions',
    posting(REPORT_REQUEST.except, (said, { by }) => reports.except(said, by)),
  )
  router.use('/reports/:key', onlyMonths)
  router.get('/reports/:key', (request, response) => respond(response, reports.report(keyOf(request))))
  router.get('/reports/:key/missing', async (request, response) =>
    respond(response, await reports.missing(keyOf(request))),
  )
  router.get('/reports/:key/diff', (request, response, next) =>
    listing(REPORT_REQUEST.diff, ({ from, to }) => reports.changes(keyOf(request), from, to))(request, response, next),
  )
  addRemarks(router, reports)
  addIssues(router, reports)
  addFiles(router, reports)
  return router
}

function addRemarks(router: Router, reports: Reports): void {
  router.post(
    '/reports/:key/comments',
    posting(REPORT_REQUEST.comment, (said, { key, by }) => reports.comment({ month: key, ...said }, by)),
  )
  router.post(
    '/reports/:key/headline',
    posting(REPORT_REQUEST.headline, (said, { key, by }) => reports.headline({ month: key, ...said }, by)),
  )
}

function addIssues(router: Router, reports: Reports): void {
  router.post(
    '/reports/:key/issue',
    postingLater(REPORT_REQUEST.issue, (asked, { key, by }) => reports.issue(key, asked, by)),
  )
  router.post(
    '/reports/:key/reissue',
    postingLater(REPORT_REQUEST.reissue, (asked, { key, by }) => reports.reissue(key, asked, by)),
  )
  router.post(
    '/reports/:key/draft',
    postingLater(REPORT_REQUEST.draft, (_said, { key }) => reports.redraft(key)),
  )
}

/** What was frozen: facts for who renders them, and files exactly as they were issued. */
function addFiles(router: Router, reports: Reports): void {
  const facts: RequestHandler = (request, response) => {
    const found = reports.issued(keyOf(request), revisionOf(request.params['revision']))
    if (found === undefined) return noSuch(response, keyOf(request))
    const team = teamIn(request, response)
    if (team === undefined) answer(response, found)
    if (!team) return
    const facts = narrowedOr(response, keyOf(request), team, narrowAlone(found.facts, team))
    if (facts === undefined) return
    answer(response, { issue: stampFor(found.issue, journeysOf(found.facts, team)), facts })
  }
  const file: RequestHandler = (request, response) => {
    const { name, revision } = request.params
    serve(response, keyOf(request), reports.file(keyOf(request), String(name), revisionOf(revision)))
  }
  router.get('/reports/:key/facts', facts)
  router.get('/reports/:key/revisions/:revision/facts', facts)
  router.get('/reports/:key/revisions/:revision/:name', file)
  router.get('/reports/:key/draft/:name', (request, response) => {
    serve(response, keyOf(request), reports.draftFile(keyOf(request), String(request.params['name'])))
  })
  router.get('/reports/:key/:name', file)
}

const onlyMonths: RequestHandler = (request, response, next) => {
  const month = keyOf(request)
  if (isMonth(month)) return next()
  refuse(response, 400, { code: 'MONTH', message: `Expected a month as YYYY-MM, got "${month}"` })
}

/** No revision is numbered 0, so what is no number is found nowhere. */
function revisionOf(text: unknown): number | undefined {
  if (text === undefined) return undefined
  return /^[1-9]\d{0,4}$/.test(String(text)) ? Number(text) : 0
}

function serve(response: Response, month: string, file: ReportFile | undefined): void {
  if (file === undefined) noSuch(response, month)
  else servePage(response, file)
}

function noSuch(response: Response, month: string): void {
  const hint = `tabiji report show ${month}`
  refuse(response, 404, { code: 'REPORT_UNKNOWN', message: `There is no such report of ${month}`, hint })
}

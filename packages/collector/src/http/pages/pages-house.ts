import { type Around, type Asset, pageOf, refusedScreen } from '@tabiji/dashboard'
import { type RequestHandler, type Response, Router } from 'express'
import type { Annotations } from '../../ports/annotations.ts'
import type { Api } from '../../ports/api.ts'
import type { Courses } from '../../ports/courses.ts'
import type { Digests } from '../../ports/digests.ts'
import type { Doctor } from '../../ports/doctor.ts'
import type { Drills } from '../../ports/drills.ts'
import type { Movements } from '../../ports/movements.ts'
import type { Practice } from '../../ports/practice.ts'
import type { Receivers } from '../../ports/receivers.ts'
import type { Reports } from '../../ports/reports.ts'
import type { LoadedSettings } from '../../ports/settings.ts'
import type { Silences } from '../../ports/silences.ts'
import type { Work } from '../../ports/work.ts'
import type { ApiError, Report } from '../answer.ts'
import { courseRoutes } from '../api/course-routes.ts'
import type { Badge } from '../auth.ts'
import { alertsPages } from './alerts.ts'
import { aroundOf, type FrameRooms } from './around.ts'
import { commandRoutes, goOn, type Told } from './commands.ts'
import { drillsPages } from './drills.ts'
import { fixesPages } from './fixes.ts'
import { type IncidentDesks, incidentsPages } from './incidents.ts'
import { journeyPages } from './journey.ts'
import { journeysPages } from './journeys.ts'
import { liveRoute } from './live.ts'
import { missingPages } from './missing.ts'
import { postmortemPages } from './postmortem.ts'
import { problemLines } from './problem-lines.ts'
import type { ProxySignIn } from './proxy.ts'
import { reportsPages } from './reports.ts'
import { sendPage } from './send.ts'
import { settingsPages } from './settings.ts'
import { signInRoutes } from './sign-in.ts'
import { silencesPages } from './silences.ts'
import { tasteRoutes } from './taste.ts'
import { requireVisitor, visitors } from './visitor.ts'

export type PageRooms = IncidentDesks & {
  readonly api: Api
  readonly courses: Courses
  readonly work: Work
  readonly annotations: Annotations
  readonly receivers: Receivers
  readonly reports: Reports
  readonly digests: Digests
  readonly drills: Drills
  readonly practice: Practice
  readonly silences: Silences
  readonly movements: Movements
  readonly settings: () => LoadedSettings
  /** Absent where nobody can look at the services. */
  readonly doctor?: Doctor
  readonly badges: readonly Badge[]
  /** A proxy that says who looks; absent: nobody is believed. */
  readonly signIn?: ProxySignIn
  readonly publicUrl: string | undefined
  readonly now: () => number
  readonly report: Report
  readonly version: string
  readonly assets: Around['assets'] & { readonly files: readonly Asset[] }
}

/** Everything that browsers see. @param commands the routes of the API, without its door */
export function pageRoutes(rooms: PageRooms, commands: RequestHandler): Router {
  const visitorOf = visitors(rooms)
  const frame = { ...rooms, visitorOf }
  const isHttps = rooms.publicUrl?.startsWith('https:') === true
  const router = Router()
  router.use((_request, response, next) => {
    response.locals['https'] = isHttps
    next()
  }, missingPages(frame))
  router.get('/assets/:name', assetRoute(rooms.assets.files))
  router.use(tasteRoutes(), signInRoutes(frame))
  // Before the door: a form whose writer was signed out meanwhile is refused with everything that was typed.
  router.use(commandRoutes(commands, visitorOf, answerForm(frame)))
  router.use(requireVisitor(visitorOf))
  router.get('/live', liveRoute(rooms.movements))
  const screens = Router().use(
    journeysPages(frame),
    journeyPages(frame),
    // For who signed in to pages: the API's door asks for a token.
    courseRoutes(rooms),
    incidentsPages(frame),
    postmortemPages(frame),
    fixesPages(frame),
    reportsPages(frame),
    drillsPages(frame),
    alertsPages(frame),
    settingsPages(frame),
    silencesPages(frame),
  )
  router.use('/print', onPaper, screens).use(screens)
  return router
}

/** The same pages for paper: for who prints them, or makes a PDF of them. */
const onPaper: RequestHandler = (_request, response, next) => {
  response.locals['paper'] = true
  next()
}

/** Files whose address changes with their content may be kept for ever; icons for an hour. */
function assetRoute(files: readonly Asset[]): RequestHandler {
  const known = new Map(files.map((file) => [file.name, file]))
  return (request, response, next) => {
    const file = known.get(String(request.params['name']))
    if (file === undefined) return next()
    const lasting = /\.[0-9a-f]{12}\./.test(file.name) ? 'public, max-age=31536000, immutable' : 'public, max-age=3600'
    response.set({ 'Content-Type': file.type, 'Cache-Control': lasting }).end(file.body)
  }
}

/** A command that was taken leads on; one that was refused comes back with everything that was typed, to be mended. */
function answerForm(frame: FrameRooms): Told {
  return (request, response, status, document, sent) => {
    if (status < 400) return goOn(response, newPage(response) ?? sent.back, [])
    const { error } = document as { readonly error: ApiError }
    const lines = problemLines(error.problems ?? [error])
    const around = { ...aroundOf(frame, request, response), path: sent.back }
    sendPage(
      response,
      pageOf(around, (context) => refusedScreen(context, { ...sent, lines })),
      status,
    )
  }
}

/** Where something new is shown: beside its address in the API, if it has a page of its own. */
function newPage(response: Response): string | undefined {
  const location = response.get('Location')
  response.removeHeader('Location')
  return /^\/do(\/(?:incidents|fixes|silences|drills)\/.*)$/.exec(location ?? '')?.[1]
}

import { type Express, Router } from 'express'
import type { Acknowledging } from '../ports/acknowledging.ts'
import type { Annotations } from '../ports/annotations.ts'
import type { Api } from '../ports/api.ts'
import type { CommandLog } from '../ports/command-log.ts'
import type { Corrections } from '../ports/corrections.ts'
import type { Courses } from '../ports/courses.ts'
import type { Digests } from '../ports/digests.ts'
import type { Doctor } from '../ports/doctor.ts'
import type { Drills } from '../ports/drills.ts'
import type { FixImport } from '../ports/fix-import.ts'
import type { Impact } from '../ports/impact.ts'
import type { IncidentTimelines } from '../ports/incident-timeline.ts'
import type { MaintenanceDesk } from '../ports/maintenance.ts'
import type { Mover } from '../ports/movements.ts'
import type { Postmortems } from '../ports/postmortems.ts'
import type { Practice } from '../ports/practice.ts'
import type { Receivers } from '../ports/receivers.ts'
import type { Reports } from '../ports/reports.ts'
import type { FirstResponse } from '../ports/response.ts'
import type { RunbookDesk } from '../ports/runbooks.ts'
import type { LoadedSettings } from '../ports/settings.ts'
import type { Silences } from '../ports/silences.ts'
import type { Statistics } from '../ports/statistics.ts'
import type { TicketDesk } from '../ports/ticket-desk.ts'
import type { ListTrackers } from '../ports/tracker.ts'
import type { Work } from '../ports/work.ts'
import type { Report } from './answer.ts'
import { ackRoutes } from './api/ack-routes.ts'
import { annotationRoutes } from './api/annotation-routes.ts'
import { apiRoutes } from './api/api-routes.ts'
import { auditRoutes } from './api/audit-routes.ts'
import { correctionRoutes } from './api/correction-routes.ts'
import { courseRoutes } from './api/course-routes.ts'
import { digestRoutes } from './api/digest-routes.ts'
import { drillRoutes } from './api/drill-routes.ts'
import { fixImportRoutes } from './api/fix-import-routes.ts'
import { gateRoutes } from './api/gate-routes.ts'
import { healthRoutes } from './api/health-routes.ts'
import { incidentEpisodesRoutes } from './api/incident-episodes-routes.ts'
import { incidentImpactRoutes } from './api/incident-impact-routes.ts'
import { incidentLinesRoutes } from './api/incident-lines-routes.ts'
import { outboxRoutes } from './api/outbox-routes.ts'
import { postmortemRoutes } from './api/postmortem-routes.ts'
import { practiceRoutes } from './api/practice-routes.ts'
import { receiverRoutes } from './api/receiver-routes.ts'
import { reportRoutes } from './api/report-routes.ts'
import { responseRoutes } from './api/response-routes.ts'
import { runbookRoutes } from './api/runbook-routes.ts'
import { settingsRoutes } from './api/settings-routes.ts'
import { statisticsRoutes } from './api/statistics-routes.ts'
import { ticketRoutes } from './api/ticket-routes.ts'
import { workRoutes } from './api/work-routes.ts'
import { type Badge, requireBadge, requireKnownHost } from './auth.ts'
import { keepCommands } from './commanding.ts'
import { createHouse } from './door.ts'
import { browserReads } from './pages/browser-reads.ts'
import { type PageRooms, pageRoutes } from './pages/pages-house.ts'
import { visitors } from './pages/visitor.ts'
import { tellMoved } from './tell-moved.ts'

export type ApiRooms = {
  readonly api: Api
  readonly courses: Courses
  readonly work: Work
  readonly tickets: TicketDesk
  readonly trackers: ListTrackers
  readonly fixImport: FixImport
  readonly timelines: IncidentTimelines
  readonly impact: Impact
  readonly statistics: Statistics
  readonly corrections: Corrections
  readonly receivers: Receivers
  readonly acknowledging: Acknowledging
  readonly now: () => number
  readonly annotations: Annotations
  readonly drills: Drills
  readonly commands: CommandLog
  readonly silences: Silences
  readonly maintenance: MaintenanceDesk
  readonly digests: Digests
  readonly response: FirstResponse
  readonly runbookDesk: RunbookDesk
  readonly postmortems: Postmortems
  readonly practice: Practice
  readonly reports: Reports
  readonly settings: () => LoadedSettings
  readonly doctor?: Doctor
  readonly badges: readonly Badge[]
  readonly publicUrl: string | undefined
  readonly pages: Pick<PageRooms, 'version' | 'assets' | 'signIn'> & { readonly movements: Mover }
  readonly report: Report
}

/** Everything behind the API door: health for anybody who can reach it, the rest for those who may. */
export function createApiHouse(rooms: ApiRooms): Express {
  const { api, work, corrections, receivers, annotations, drills, digests, commands, badges, publicUrl, report } = rooms
  const inside = Router()
  inside.use(tellMoved(rooms.pages.movements), keepCommands(commands, rooms.now))
  inside.use(apiRoutes(api), courseRoutes(rooms), outboxRoutes(api), receiverRoutes(receivers), ackRoutes(rooms))
  inside.use(
    incidentImpactRoutes({ ...rooms, zone: () => api.months().timeZone }),
    workRoutes(work, rooms.trackers, rooms.tickets.moveFix),
    ticketRoutes(rooms.tickets),
  )
  inside.use(fixImportRoutes(rooms.fixImport), incidentEpisodesRoutes(rooms), correctionRoutes(corrections))
  inside.use(
    annotationRoutes(annotations),
    drillRoutes(drills, rooms.practice),
    digestRoutes(digests),
    auditRoutes(commands),
  )
  inside.use(
    gateRoutes(rooms),
    responseRoutes(rooms),
    incidentLinesRoutes(rooms.timelines),
    statisticsRoutes(rooms.statistics, rooms.trackers),
  )
  inside.use(runbookRoutes({ desk: rooms.runbookDesk, now: rooms.now }), postmortemRoutes(rooms))
  inside.use(practiceRoutes(rooms.practice), reportRoutes(rooms.reports), settingsRoutes(rooms.settings))
  const known = requireKnownHost(publicUrl, badges)
  const mayRead = browserReads(visitors({ ...rooms, ...rooms.pages }))
  const door = Router().use('/api/v1', known, requireBadge(badges, mayRead), inside)
  return createHouse(
    [healthRoutes(api), door, Router().use(known, pageRoutes({ ...rooms, ...rooms.pages }, inside))],
    report,
  )
}

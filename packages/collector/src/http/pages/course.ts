import { DAY, HOUR, instantOf } from '@tabiji/core/time'
import type { AlertView, JourneyView } from '@tabiji/dashboard'
import type { Request } from 'express'
import type { Annotations } from '../../ports/annotations.ts'
import type { AlertDetail } from '../../ports/api.ts'
import type { Courses } from '../../ports/courses.ts'
import { readTimes } from '../course-request.ts'
import type { FrameRooms } from './around.ts'

export type CourseRooms = FrameRooms & { readonly courses: Courses; readonly annotations: Annotations }

type CourseView = NonNullable<JourneyView['course']>

const RANGES: Readonly<Record<NonNullable<CourseView['range']>, number>> = {
  '6h': 6 * HOUR,
  '3d': 3 * DAY,
  '30d': 30 * DAY,
}

/** How many deployments have marks; more would hide the chart. */
const MOST_DEPLOYS = 40
const LOOKED_THROUGH = 500

/** The course that the address asks for; one that cannot be read shows the last hours. */
export async function courseFor(
  rooms: CourseRooms,
  { query }: Request,
  journey: string,
  objective: string,
): Promise<CourseView | undefined> {
  const now = rooms.now()
  const stated = readTimes(query, now, rooms.api.months().timeZone)
  const range = (['6h', '3d', '30d'] as const).find((each) => each === query['range']) ?? '6h'
  const stretch = stated ?? { from: now - RANGES[range], to: now }
  const told = await rooms.courses.of({ journey, objective, ...stretch })
  if (!told.ok) return undefined
  return { course: told.course, ...(stated === undefined && { range }), ...meanwhile(rooms, journey, told.course) }
}

/** Long enough before to see it come, and after to see whether it went. */
const AROUND_MS = 3 * HOUR

/** The course around the moment at which an alert rang, by the windows of its rule; the alert itself is a band. */
export async function courseAround(rooms: CourseRooms, alert: AlertDetail): Promise<AlertView['course']> {
  const { journey, objective, cause, drill } = alert.rang ?? alert.facts
  if (objective === undefined || drill !== undefined) return undefined
  const { startedAt, resolvedAt } = alert.episode
  const end = (resolvedAt ?? startedAt) + AROUND_MS
  const told = await rooms.courses.of({
    journey: journey.name,
    objective: objective.name,
    from: startedAt - AROUND_MS,
    to: Math.min(rooms.now(), end),
    ...(cause.kind === 'burn' && { windowsMs: [cause.long.ms, cause.short.ms] }),
  })
  if (!told.ok) return undefined
  const open = { from: startedAt, to: Math.min(resolvedAt ?? rooms.now(), told.course.to) }
  const { deploys } = meanwhile(rooms, journey.name, told.course)
  return { course: told.course, deploys, incidents: [{ ...open, key: alert.id, title: journey.title.en }] }
}

/** Incidents and deployments of the stretch. Practice hurt nobody. */
function meanwhile({ work, annotations, now }: CourseRooms, journey: string, { from, to }: CourseView['course']) {
  const incidents = work.listIncidents('all').flatMap((incident) => {
    const { key, title, journeys, drill, mergedInto } = incident
    if (drill || mergedInto !== undefined || (journeys.length > 0 && !journeys.includes(journey))) return []
    const begin = instantOf(incident.impactStartedAt ?? incident.detectedAt ?? incident.openedAt)
    const ended = incident.mitigatedAt ?? incident.resolvedAt
    const end = ended === undefined ? now() : instantOf(ended)
    return begin < to && end > from ? [{ key, title, from: Math.max(from, begin), to: Math.min(to, end) }] : []
  })
  const deploys = annotations
    .list({ state: 'active', kind: 'deploy', journey, limit: LOOKED_THROUGH })
    .map(({ at, title }) => ({ at: instantOf(at), title }))
    .filter(({ at }) => at >= from && at < to)
    .slice(0, MOST_DEPLOYS)
  return { incidents: incidents.toSorted((a, b) => a.from - b.from), deploys }
}

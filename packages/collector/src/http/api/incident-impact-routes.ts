import { type IncidentImpact, unknownIncident } from '@tabiji/core/incident'
import { isoIn } from '@tabiji/core/time'
import { Router } from 'express'
import type { Impact } from '../../ports/impact.ts'
import type { Work } from '../../ports/work.ts'
import { keyOf, respond } from '../command.ts'

type ImpactRooms = { readonly impact: Impact; readonly work: Work; readonly zone: () => string }

/** What an incident costs the journeys that it hurts, alone and with all that is known of the incident. */
export function incidentImpactRoutes({ impact, work, zone }: ImpactRooms): Router {
  const router = Router()
  router.get('/incidents/:key', (request, response) => {
    const key = keyOf(request)
    const details = work.incident(key)
    const found = impact.of(key)
    if (!details.ok || found === undefined) return respond(response, details)
    respond(response, { ok: true, value: { ...details.value, impact: tellImpact(found, zone()) } })
  })
  router.get('/incidents/:key/impact', (request, response) => {
    const key = keyOf(request)
    const found = impact.of(key)
    if (found !== undefined) return respond(response, { ok: true, value: tellImpact(found, zone()) })
    const keys = work.listIncidents('all').map((incident) => incident.key)
    respond(response, { ok: false, problems: [unknownIncident(key, keys)] })
  })
  return router
}

/** With its instants in ISO 8601, so that it can leave the process. */
export function tellImpact(impact: IncidentImpact, zone: string) {
  const told = <Span extends { readonly from: number; readonly to: number }>(span: Span) => ({
    ...span,
    from: isoIn(span.from, zone),
    to: isoIn(span.to, zone),
  })
  return { ...told(impact), journeys: impact.journeys.map(told) }
}

import type { AlertFacts } from '../alert/index.ts'
import type { Incident } from './state.ts'

/** What decides whether an alert belongs to an incident. */
export type Ring = Pick<AlertFacts, 'journey' | 'worstDependencies' | 'startedAt' | 'drill'>

/** An open incident with the alerts that it is about. */
export type Standing = { readonly incident: Incident; readonly rings: readonly Ring[] }

/**
 * The open incident that an alert belongs to (ADR 0051), in this order: one of the same journey; one whose alerts fail at a
 * service that this alert fails at too; one that began at most `joinWithinMs` before or after it. Of several the newest. An
 * alert of a drill belongs to incidents of the same drill only, and a real one never to those of drills.
 */
export function incidentFor(ring: Ring, open: readonly Standing[], joinWithinMs: number): Incident | undefined {
  const newest = open
    .filter(({ incident, rings }) =>
      ring.drill === undefined ? !incident.drill : rings.some(({ drill }) => drill === ring.drill),
    )
    .sort((a, b) => b.incident.openedAt - a.incident.openedAt)
  const services = failingServices(ring)
  const found =
    newest.find(({ incident }) => incident.journeys.includes(ring.journey.name)) ??
    newest.find(({ rings }) => rings.some((other) => failingServices(other).some((name) => services.includes(name)))) ??
    newest.find((standing) => Math.abs(ring.startedAt - beginOf(standing)) <= joinWithinMs)
  return found?.incident
}

function beginOf({ incident, rings }: Standing): number {
  return Math.min(incident.openedAt, ...rings.map(({ startedAt }) => startedAt))
}

/** Services that did work for the journey and failed at it; those without a failure are none. */
function failingServices({ worstDependencies = [] }: Ring): readonly string[] {
  return worstDependencies.filter(({ bad }) => bad > 0).map(({ service }) => service)
}

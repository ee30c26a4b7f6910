import type { Level } from '../journey/index.ts'
import { isoIn, type Range } from '../time/index.ts'
import { impactStart } from './response.ts'
import type { Helped } from './runbook-use.ts'
import type { Incident, IncidentCause, Origin, Postmortem, Role, Status, Timed } from './state.ts'

/** What leaves the process about an incident: plain JSON, times in ISO 8601 with the zone's offset. */
export type IncidentSummary = {
  readonly key: string
  readonly title: string
  readonly level?: Level
  readonly journeys: readonly string[]
  readonly episodes: readonly string[]
  /** Practice; never counted. */
  readonly drill: boolean
  readonly openedAt: string
  readonly impactStartedAt?: string
  readonly detectedAt?: string
  readonly mitigatedAt?: string
  readonly resolvedAt?: string
  /** The incident that it turned out to be part of. */
  readonly mergedInto?: string
}

/** The incident in plain JSON. @param zone IANA name of the zone whose offset the times carry */
export function summarizeIncident(incident: Incident, zone: string): IncidentSummary {
  const { key, title, level, journeys, episodes, drill, times } = incident
  return {
    key,
    title,
    ...(level !== undefined && { level }),
    journeys,
    episodes,
    drill,
    openedAt: isoIn(incident.openedAt, zone),
    ...(times.impactStarted !== undefined && { impactStartedAt: isoIn(times.impactStarted.at, zone) }),
    ...(times.detected !== undefined && { detectedAt: isoIn(times.detected.at, zone) }),
    ...(times.mitigated !== undefined && { mitigatedAt: isoIn(times.mitigated.at, zone) }),
    ...(incident.resolvedAt !== undefined && { resolvedAt: isoIn(incident.resolvedAt, zone) }),
    ...(incident.merged !== undefined && { mergedInto: incident.merged.into }),
  }
}

/** What those who work on it see: how far they are, who does what, and where each time comes from. Reports do not carry it. */
export type IncidentStanding = IncidentSummary & {
  readonly status: Status
  /** Keys of incidents that turned out to be part of it. */
  readonly absorbed?: readonly string[]
  readonly causes?: readonly IncidentCause[]
  readonly postmortem?: Omit<Postmortem, 'since'> & { readonly since: string }
  readonly roles: { readonly [role in Role]?: { readonly name: string; readonly since: string } }
  /** Whether runbooks helped, one answer for each. */
  readonly runbooks?: readonly {
    readonly helped: Helped
    readonly at: string
    readonly runbook?: string
    readonly note?: string
  }[]
  /** Steps of runbooks that were gone through. */
  readonly steps?: readonly {
    readonly runbook: string
    readonly step: string
    readonly at: string
    readonly by?: string
  }[]
  readonly times: {
    readonly [timed in Timed]?: { readonly at: string; readonly origin: Origin; readonly stated?: true }
  }
}

/** The incident in plain JSON with all that is known of it. */
export function standingOf(incident: Incident, zone: string): IncidentStanding {
  const { causes, postmortem } = incident
  const roles = Object.entries(incident.roles).map(([role, { name, since }]) => [
    role,
    { name, since: isoIn(since, zone) },
  ])
  const times = Object.entries(incident.times).map(([moment, mark]) => [moment, { ...mark, at: isoIn(mark.at, zone) }])
  return {
    ...summarizeIncident(incident, zone),
    status: incident.status,
    ...(incident.absorbed !== undefined && { absorbed: incident.absorbed }),
    ...(causes !== undefined && { causes }),
    ...(postmortem !== undefined && { postmortem: { ...postmortem, since: isoIn(postmortem.since, zone) } }),
    roles: Object.fromEntries(roles),
    times: Object.fromEntries(times),
    ...(incident.steps !== undefined && {
      steps: incident.steps.map((done) => ({ ...done, at: isoIn(done.at, zone) })),
    }),
    ...(incident.runbooks !== undefined && {
      runbooks: incident.runbooks.map((said) => ({ ...said, at: isoIn(said.at, zone) })),
    }),
  }
}

/** The incidents that hurt, or were worked on, at any instant of the stretch, in the order in which they were opened, drills among them. */
export function incidentsDuring(incidents: readonly Incident[], { from, to }: Range, zone: string): IncidentSummary[] {
  return incidents
    .filter((incident) => impactStart(incident) < to && (incident.resolvedAt ?? to) >= from)
    .sort((a, b) => a.openedAt - b.openedAt || (a.key < b.key ? -1 : 1))
    .map((incident) => summarizeIncident(incident, zone))
}

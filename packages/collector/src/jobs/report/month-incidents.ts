import { type FixHistory, foldFix } from '@tabiji/core/fix'
import { type Incident, type IncidentImpact, incidentsDuring } from '@tabiji/core/incident'
import type { IncidentMonth } from '@tabiji/core/report'
import { isoIn, type Range } from '@tabiji/core/time'

type Parts = {
  readonly incidents: readonly Incident[]
  readonly fixes: readonly FixHistory[]
  readonly impact: (incident: Incident) => IncidentImpact
}

/** The incidents that hurt or were open at any instant of the stretch, with what they cost, why they happened and what came of them. */
export function incidentMonths(
  { incidents, fixes, impact }: Parts,
  range: Range,
  zone: string,
  now: number,
): readonly IncidentMonth[] {
  const known = new Map(incidents.map((incident) => [incident.key, incident]))
  const standing = fixes.flatMap((history) => foldFix(history, now, zone) ?? [])
  return incidentsDuring(incidents, range, zone).map((summary) => {
    const incident = known.get(summary.key)
    if (incident === undefined) return summary
    const { times, causes, postmortem, roles, absorbed, absorbedAt } = incident
    const names = Object.entries(roles).map(([role, { name }]) => [role, name])
    const own = standing.filter((fix) => fix.incident === summary.key).map(({ key }) => key)
    return {
      ...summary,
      ...(times.acknowledged !== undefined && { acknowledgedAt: isoIn(times.acknowledged.at, zone) }),
      ...(absorbed !== undefined && { absorbed }),
      ...(absorbedAt !== undefined && { absorbedAt: isoIn(absorbedAt, zone) }),
      cost: costOf(impact(incident)),
      ...(causes !== undefined && { causes: toldCauses(causes) }),
      ...(own.length > 0 && { fixes: own }),
      ...(postmortem !== undefined && { postmortem: postmortem.state }),
      ...(names.length > 0 && { roles: Object.fromEntries(names) }),
    }
  })
}

/** A report names what lies on the bones; why that was so is found in the postmortem. */
function toldCauses(causes: NonNullable<Incident['causes']>): NonNullable<IncidentMonth['causes']> {
  return causes.flatMap(({ id, text, bone, under }) => (under === undefined ? [{ id, text, bone }] : []))
}

/** Objectives of which nothing was bad were not hurt. */
function costOf({ journeys }: IncidentImpact): NonNullable<IncidentMonth['cost']> {
  return journeys
    .filter(({ bad }) => bad > 0)
    .map(({ journey, objective, bad, valid, budgetPpm }) => ({ journey, objective, bad, valid, budgetPpm }))
}

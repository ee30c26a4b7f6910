export { BONES } from './bone.ts'
export { DEFAULT_CHECKLISTS } from './checklist-defaults.ts'
export { AUTOS, type Auto, CHECKLIST_LIMIT, type ChecklistItem } from './checklist-template.ts'
export { decideIncident, type IncidentCommand, unknownIncident } from './command.ts'
export type { IncidentImpact, JourneyImpact } from './impact.ts'
export { foldIncident, type IncidentEvent, incidentKey } from './incident.ts'
export { type Ringing, type Score, type Scoring, scoreAlerts, type Watch } from './scoring.ts'
export {
  type Incident,
  type IncidentContext,
  MOMENTS,
  type Moment,
  type Origin,
  ROLES,
  type Role,
  STATUSES,
  type Status,
  type Timed,
} from './state.ts'
export {
  type IncidentStanding,
  type IncidentSummary,
  incidentsDuring,
  standingOf,
  summarizeIncident,
} from './summary.ts'
export { type IncidentEntry, incidentTimeline, type Told } from './timeline.ts'

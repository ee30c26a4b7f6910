export { decideIncident, type IncidentCommand, type IncidentContext, unknownIncident } from './command.ts'
export { foldIncident, type Incident, type IncidentEvent, incidentKey, MOMENTS, type Moment } from './incident.ts'
export { type IncidentSummary, incidentsDuring, summarizeIncident } from './summary.ts'
export { type IncidentEntry, incidentTimeline, type Told } from './timeline.ts'

export { foldIncident, type Incident, type IncidentEvent, incidentKey, MOMENTS, type Moment } from './incident.ts'
export { type IncidentSummary, incidentsDuring, summarizeIncident } from './summary.ts'

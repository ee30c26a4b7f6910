export { lineFrom } from './absorbing.ts'
export { assembleTimeline } from './assemble.ts'
export { lastBadRun, type SlotTally } from './bad-run.ts'
export { type DerivedTime, notAfter } from './beginnings.ts'
export { incidentFor, type Ring, type Standing } from './belonging.ts'
export { BONES, checkBone } from './bone.ts'
export { lastDecisions, openQuestions, type Question } from './card.ts'
export { type CauseNode, causesBelow, causeTrees } from './cause-tree.ts'
export { CAUSE_ID, CAUSE_ID_FORM, DEEPEST_WHY, FIX_KEY, FIX_KEY_FORM } from './causes.ts'
export { DEFAULT_CHECKLISTS } from './checklist-defaults.ts'
export { type AutoMarks, type ChecklistState, checklistState } from './checklist-state.ts'
export { AUTOS, type Auto, CHECKLIST_LIMIT, type ChecklistItem } from './checklist-template.ts'
export { decideIncident, type IncidentCommand, unknownIncident } from './command.ts'
export type { IncidentImpact, JourneyImpact } from './impact.ts'
export { type ImpactSeries, type SeriesSlot, sparkLine, turningPoints } from './impact-series.ts'
export { foldIncident, type IncidentEvent, incidentKey } from './incident.ts'
export type { KeptLine, LinesCommand } from './lines.ts'
export { decideMerging } from './merging.ts'
export { percentText } from './percent.ts'
export { type ResponseRules, respond } from './respond.ts'
export {
  impactStart,
  RESPONSE_MEASURES,
  type ResponseMeasure,
  type ResponseTimes,
  responseTime,
  responseTimes,
} from './response.ts'
export { HELPED, type Helped } from './runbook-use.ts'
export { type Ringing, type Score, type Scoring, scoreAlerts, type Watch } from './scoring.ts'
export {
  type Incident,
  type IncidentCause,
  type IncidentContext,
  MOMENTS,
  type Moment,
  type Origin,
  POSTMORTEM_STATES,
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
export type { SourceLine, TimelineFacts, TimelineLine, TimelineSource } from './timeline-line.ts'
export { type TimelineLanguage, timelineText } from './timeline-text.ts'
export { TIMELINE_EN, TIMELINE_JA } from './timeline-words.ts'
export { incidentTitle } from './title.ts'
export type { UpdateEvery } from './updates.ts'
export { type Choice, LINE_SOURCES, type LineSource } from './written-line.ts'

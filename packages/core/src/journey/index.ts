export { CARRIED_REASONS, type CarriedReason, serviceStepName } from './carried.ts'
export { type Condition, formatCondition, formatLimit, type Limit, SUBJECTS, type Subject } from './condition.ts'
export {
  defineJourneys,
  exportJourneys,
  type JourneyName,
  type Journeys,
  type StepName,
  type StepReference,
} from './define.ts'
export {
  BUDGETING_METHODS,
  type Budgeting,
  type CalendarWindow,
  CLOCKS,
  type Clock,
  type Composite,
  type Definition,
  INDICATORS,
  type IndicatorName,
  type Journey,
  type Level,
  NO_DATA,
  type NoData,
  type Objective,
  type Pair,
  type Policy,
  type Route,
  type SimpleAlert,
  type Stale,
  type Step,
  type Title,
  type Window,
} from './definition.ts'
export type {
  AlertDocument,
  AlertsDocument,
  JourneyDocument,
  JourneysDocument,
  ObjectiveDocument,
  PairDocument,
  PolicyDocument,
  StaleDocument,
  StepDocument,
} from './form.ts'
export { HAND_OVER_PATH, HAND_OVER_SCHEMA, type HandOver } from './hand-over.ts'
export { LABEL, METRIC, OTEL_METRIC } from './names.ts'
export {
  OBSERVATION_SCHEMA,
  type Observation,
  TIME_BUCKETS,
  timeBucketEdge,
  timeBucketOf,
} from './observation.ts'
export { type Counts, NO_COUNTS, OUTCOMES, type Outcome } from './outcome.ts'
export {
  PROBE_HEADER,
  PROBE_PURPOSE,
  PROBE_SEAL_BYTES,
  PROBE_SEALED_SECONDS,
  probeHeader,
  probeText,
  readProbeHeader,
} from './probe-mark.ts'
export { EXCLUDED_SHARE } from './resolve-alerts.ts'
export { isStaleRule, stalePartOf, staleRules } from './stale.ts'
export { calendarWindow, longestWindow, windowText } from './window.ts'
export { CONFIDENCES, WORKBOOK_POLICY } from './workbook.ts'

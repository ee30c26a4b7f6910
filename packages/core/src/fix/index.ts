export { ageingOf } from './ageing.ts'
export { decideFix, type FixCommand, type FixContext, unknownFix } from './command.ts'
export type { AcceptedRisk, AgeBucket, Cohort, FixMonth, Flow, OnTime, OpenFix, Share } from './figures.ts'
export {
  type Acceptance,
  FIX_KINDS,
  FIX_STATES,
  type Fix,
  type FixEvent,
  type FixHistory,
  type FixKind,
  type FixState,
  fixKey,
  foldFix,
} from './fix.ts'
export { fixMonth } from './month.ts'
export { compareFixes, type FixSummary, type FixTransition, fixTransitions, summarizeFix } from './summary.ts'

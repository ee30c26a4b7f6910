export { ageingOf } from './ageing.ts'
export { decideFix, defaultDue, type FixCommand, unknownFix } from './command.ts'
export type { FixContext } from './context.ts'
export { type Costly, RESPONSE_GOALS, type ResponseGoals, VIRTUAL_REASONS } from './debt.ts'
export { absorb, type DescribingCommand } from './describing.ts'
export {
  FIX_KINDS,
  type FixEvent,
  type FixHistory,
  type FixKind,
  inEffect,
  type TicketRef,
} from './event.ts'
export type { AcceptedRisk, AgeBucket, Cohort, FixMonth, Flow, OnTime, OpenFix, Share } from './figures.ts'
export { type Acceptance, FIX_STATES, type Fix, type FixState, fixKey, foldFix } from './fix.ts'
export { FLOW_FIGURES } from './flow.ts'
export { type FixLine, fixLines } from './line.ts'
export { fixMonth } from './month.ts'
export { brokenBy, WATCH_VERDICTS } from './repeat.ts'
export { FIX_EVENTS, RESTATED_SHARES, type Restatement } from './restatement.ts'
export { type FixRow, followRow } from './row.ts'
export {
  ageRanks,
  type FixStatistics,
  fixStatistics,
  type MonthStatistics,
  type StatisticsInput,
} from './statistics.ts'
export { compareFixes, type FixSummary, type FixTransition, fixTransitions, summarizeFix } from './summary.ts'
export { followTicket, loseTicket } from './ticket.ts'
export { draftTicket, markIn, markLine, markOf, type TicketDraft } from './ticket-draft.ts'
export { movedAway, movedHere, type TicketTie } from './ticket-join.ts'
export { knownOf } from './ticket-known.ts'
export { placeBy, type TicketRule, type TicketSubject } from './ticket-place.ts'
export type { Ticket, TicketAside, TicketTurn } from './ticket-told.ts'

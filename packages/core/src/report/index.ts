export type { Ahead } from './ahead.ts'
export { type AlertMonth, firedIn, type SilenceMonth } from './alert-month.ts'
export { asksOf } from './asks.ts'
export { BUDGET_STATES, type BudgetState, UNJUDGED, type Unjudged } from './budget-state.ts'
export { type BurnPoint, burnDown } from './burn-down.ts'
export { canonicalJson } from './canonical.ts'
export { completenessOf } from './completeness.ts'
export { type Member, worstMember } from './composite.ts'
export { type DayTally, spendsMore } from './day-tally.ts'
export type { DefinitionChange } from './definition-change.ts'
export type { DrillHeld, DrillMonth } from './drill-month.ts'
export { type FixRepeat, repeatsIn } from './fix-repeats.ts'
export type { IncidentCost, IncidentMonth } from './incident-month.ts'
export { issueChanges } from './issue-changes.ts'
export {
  decideIssue,
  type IssueDecision,
  type IssueRequest,
  type MissingComment,
  missingComments,
} from './issue-command.ts'
export {
  ATTENTION,
  type Attention,
  attentionOf,
  budgetState,
  isMet,
  judgeObjective,
  type Promised,
  sortJourneys,
  sortObjectives,
} from './judge.ts'
export {
  type AllowancePart,
  type CorrectionMonth,
  type DoubtMonth,
  type JourneyMonth,
  MONTH_FACTS,
  type MonthFacts,
  type ObjectiveMonth,
  type RulerMonth,
  type StepMonth,
  type TeamParts,
} from './month-facts.ts'
export type { MonthMark } from './month-mark.ts'
export { parseMonthFacts } from './parse.ts'
export { policyOf, policyStep } from './policy.ts'
export { POLICY_STEPS, type PolicyException, type PolicyMonth, type PolicyStep } from './policy-step.ts'
export { ASK_STATES, type Ask, type AskState, type Remark } from './remark.ts'
export {
  checkMonth,
  decideAnswer,
  decideAsk,
  decideComment,
  decideException,
  decideHeadline,
  type RemarkContext,
} from './remark-command.ts'
export { everyAsk, type RemarkEvent, withRemarks } from './remark-event.ts'
export { type IssueChange, type ReportIssue, reportIssue } from './report-issue.ts'
export { type AnswerTimes, answerTimes, type Span, spanOf } from './response.ts'
export { largestSpent, type SpentSum, spentOn } from './spent-on.ts'
export { SPENT_ON, type SpentOn, type SpentPart } from './spent-part.ts'
export {
  isFixOf,
  isHurt,
  journeysOf,
  narrowToTeam,
  stampFor,
  teamPartsOf,
  teamsOf,
} from './team.ts'
export { type Narrowed, narrowAlone } from './team-alone.ts'
export type { TrackerMonth } from './tracker-month.ts'
export { changeSince, twelveMonths } from './twelve-months.ts'

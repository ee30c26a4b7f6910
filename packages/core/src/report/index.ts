export { type Member, worstMember } from './composite.ts'
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
  type AlertMonth,
  type AllowancePart,
  BUDGET_STATES,
  type BudgetState,
  type CorrectionMonth,
  type DoubtMonth,
  type JourneyMonth,
  type MonthFacts,
  type ObjectiveMonth,
  type RulerMonth,
  type StepMonth,
  UNJUDGED,
  type Unjudged,
} from './month-facts.ts'
export { parseMonthFacts } from './parse.ts'

export type {
  AlertMonth,
  AllowancePart,
  BudgetState,
  JourneyMonth,
  MonthFacts,
  ObjectiveMonth,
  StepMonth,
  Unjudged,
} from './month-facts.ts'
export { BUDGET_STATES } from './month-facts.ts'

/** A state of the budget, as words and marks on every surface show it. How fast it burns is another matter. */
export const BUDGET_STATES = ['healthy', 'watch', 'risk', 'spent', 'unjudged'] as const
export type BudgetState = (typeof BUDGET_STATES)[number]

/** Why no verdict is given. */
export const UNJUDGED = ['no_events', 'too_little_traffic', 'data_gap'] as const
export type Unjudged = (typeof UNJUDGED)[number]

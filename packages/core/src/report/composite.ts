import { BUDGET_STATES, type BudgetState } from './budget-state.ts'

/** How a member of a composite stands. */
export type Member = {
  /** `checkout/pay.latency` */
  readonly id: string
  readonly state: BudgetState
  /** Of its budget, parts per million; absent when unjudged. */
  readonly leftPpm?: number
}

/** From the best to the worst; what is not judged says nothing as long as another member does. */
const BADNESS: readonly BudgetState[] = ['unjudged', ...BUDGET_STATES.filter((state) => state !== 'unjudged')]

/**
 * The member that a composite stands as: the one in the worst state, and of those the one of whose budget the least is left;
 * equals: the first. No figures of several members are added up or weighed, so the guilty one always has a name.
 *
 * @returns `undefined` without members
 */
export function worstMember<Some extends Member>(members: readonly Some[]): Some | undefined {
  return members.reduce<Some | undefined>(
    (worst, member) => (worst === undefined || isWorse(member, worst) ? member : worst),
    undefined,
  )
}

function isWorse(a: Member, b: Member): boolean {
  const difference = BADNESS.indexOf(a.state) - BADNESS.indexOf(b.state)
  return difference !== 0 ? difference > 0 : (a.leftPpm ?? 0) < (b.leftPpm ?? 0)
}

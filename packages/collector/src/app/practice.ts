import type { Config } from '../config/config.ts'
import type { Judge } from '../jobs/budget/budgets.ts'
import { createPractice } from '../jobs/practice/practice.ts'
import type { Practice } from '../ports/practice.ts'
import type { Runbooks } from '../ports/runbooks.ts'
import type { Stores } from './stores.ts'

type Parts = {
  readonly stores: Stores
  readonly runbooks: Runbooks
  readonly judge: () => Judge
  readonly now: () => number
}

/** People and practice, by the configuration. */
export function openPractice({ practice }: Config, { stores, runbooks, judge, now }: Parts): Practice {
  const { members, drillEvery, checklist } = practice
  return createPractice({
    store: stores.practice,
    work: stores.work,
    drills: stores.drills,
    runbooks,
    now,
    rules: { members, drillEvery, list: checklist },
    definition: () => judge().definition,
    revisions: () => judge().revisions,
  })
}

import type { Config, Receiver } from '../config/config.ts'
import type { Judge } from '../jobs/budget/budgets.ts'
import { createPostmortems, type PostmortemTurns } from '../jobs/incident/postmortems.ts'
import type { Stores } from './stores.ts'
import type { Teams } from './teams.ts'

export type { PostmortemTurns } from '../jobs/incident/postmortems.ts'

/** Systems that open something for everything they are told. */
const PAGERS: readonly Receiver['kind'][] = ['pagerduty', 'alertmanager']

type Parts = {
  readonly stores: Stores
  readonly teams: Teams
  readonly judge: () => Judge
  readonly now: () => number
}

/** The postmortems that are owed. Whoever gets what is made known hears of the overdue ones, else whoever gets tickets. */
export function openPostmortems(
  { postmortems, receivers }: Config,
  { stores, teams, judge, now }: Parts,
): PostmortemTurns {
  const read = new Set(receivers.filter(({ kind }) => !PAGERS.includes(kind)).map(({ name }) => name))
  const readersOf = (level: 2 | 3, owner: string | undefined) =>
    teams.receiversOf(level, owner).filter((name) => read.has(name))
  return createPostmortems({
    store: stores.work,
    alerts: stores.alerts,
    ...postmortems,
    deskOf: teams.deskOf,
    now,
    receiversOf: (owner) => {
      const notices = readersOf(3, owner)
      return notices.length > 0 ? notices : readersOf(2, owner)
    },
    definition: () => judge().definition,
    isSample: stores.ledger.isSample,
  })
}

import {
  journeysOf,
  type MonthFacts,
  type Narrowed,
  narrowAlone,
  narrowToTeam,
  teamsOf,
  withRemarks,
} from '@tabiji/core/report'
import { monthRange } from '@tabiji/core/time'
import type { Config } from '../config/config.ts'
import { monthWithResults } from '../jobs/budget/beside.ts'
import type { Judge } from '../jobs/budget/budgets.ts'
import { freezeJudge } from '../jobs/budget/frozen-books.ts'
import type { Results } from '../jobs/budget/results.ts'
import type { Doubts } from '../jobs/ledger/doubts.ts'
import type { Ledger } from '../jobs/ledger/ledger.ts'
import { keepMonths } from '../jobs/report/kept-months.ts'
import { monthFacts } from '../jobs/report/month.ts'
import { narrowStores, type Own, teamParts, withTeamParts } from '../jobs/report/month-team.ts'
import { probed } from './probing.ts'
import { createQueue, runSteps } from './steps.ts'
import type { Stores } from './stores.ts'
import { monthSources } from './upkeep.ts'

/** What a month comes to, in steps: a large one takes seconds, in which the daemon has other things to do. */
export type Months = {
  /** A month with the parts of every team: for what is frozen or put aside. */
  steps(month: string, now: number): Steps<MonthFacts>
  /** A month as it would be told now; of one whose entries were let go, as it was kept. Nothing of one that has not begun. */
  tell(month: string, now: number): Promise<MonthFacts | undefined>
  /** The same for who looks at it over and over: what services counted in the last seconds may not be in it yet. */
  tellRecent(month: string, now: number): Promise<MonthFacts | undefined>
  /** The same for who is the only one to ask, in the night: nothing that it had to tell is kept in memory. */
  tellOnce(month: string, now: number): Promise<MonthFacts | undefined>
  /** The same for one team: by the books, and of a month whose entries were let go by what was kept. */
  tellTeam(month: string, team: string, now: number): Promise<Narrowed | undefined>
  /** Facts that were told before with the parts of every team. */
  whole(facts: MonthFacts, now: number): Promise<MonthFacts>
}

type Steps<Result> = Generator<void, Result, void>

type Parts = {
  readonly config: Config
  readonly stores: Stores
  readonly ledger: Ledger
  readonly doubts: Pick<Doubts, 'unsettledDuring'>
  readonly judge: () => Judge
  readonly results: Results | undefined
}

export function openMonths(parts: Parts): Months {
  const { stores, judge, results, ledger } = parts
  // One at a time: each holds a part of the log, and a point of the books for every edge that it needs.
  const queue = createQueue()
  const run = <Result>(steps: Steps<Result>) => queue(() => runSteps(steps, new AbortController().signal))
  const hasEntries = (month: string) =>
    monthRange(month, judge().definition.timeZone).from >= stores.ledger.keptFrom() * 1000
  const kept = keepMonths({ ledger, judge, changes: stores.changes })
  /** @param find how old an answer may be; @param keep what becomes of one that had to be told */
  const telling = async (
    month: string,
    now: number,
    find: typeof kept.find,
    keep: typeof kept.telling = kept.telling,
  ) => {
    if (monthRange(month, judge().definition.timeZone).from > now) return undefined
    if (!hasEntries(month)) {
      const facts = stores.keeping.keptMonth(month)
      return facts && withRemarks(facts, stores.reports.remarks())
    }
    const told = () =>
      runSteps(
        byBooks(parts, now, (books) => books.month(month)),
        new AbortController().signal,
      )
    // Asked again when its turn has come: whoever was before it may have told the same.
    const later = () => queue(async () => find(month, now) ?? keep(month, now, told))
    const facts = find(month, now) ?? (await later())
    return facts && beside(facts, results)
  }
  const tell: Months['tell'] = (month, now) => telling(month, now, kept.find)
  return {
    tell,
    tellRecent: (month, now) => telling(month, now, kept.findRecent),
    tellOnce: (month, now) => telling(month, now, kept.find, (_month, _now, told) => told()),
    steps: (month, now) =>
      byBooks(parts, now, function* (books) {
        return yield* withTeamParts(beside(yield* books.month(month), results), (own) => books.team(month, own))
      }),
    tellTeam: async (month, team, now) => {
      if (!hasEntries(month)) {
        const kept = await tell(month, now)
        return kept && narrowAlone(kept, team)
      }
      if (monthRange(month, judge().definition.timeZone).from > now) return undefined
      return run(
        byBooks(parts, now, function* (books): Steps<Narrowed> {
          const facts = beside(yield* books.month(month), results)
          const known = teamsOf(facts)
          if (!known.includes(team)) return { ok: false, why: 'unknown', known }
          return { ok: true, facts: narrowToTeam(facts, team, yield* books.team(month, journeysOf(facts, team))) }
        }),
      )
    },
    whole: async (facts, now) =>
      (await run(byBooks(parts, now, (books) => withTeamParts(facts, (own) => books.team(facts.month, own))))) ?? facts,
  }
}

/** Does something with the books as they stand at its first step. */
function* byBooks<Result>(
  { config, stores, doubts, judge }: Parts,
  now: number,
  act: (books: {
    month(month: string): Steps<MonthFacts>
    team(month: string, own: Own): ReturnType<typeof teamParts>
  }) => Steps<Result>,
): Steps<Result> {
  const past = stores.ledger.snapshot()
  try {
    const frozen = freezeJudge(judge(), past, stores.corrections.all)
    const sourcesOf = (from: Stores) => monthSources(config, from, past, doubts, probed(config), () => frozen, now)
    return yield* act({
      month: (month) => monthFacts(frozen, month, sourcesOf(stores), now),
      team: (month, own) => {
        const narrowed = narrowStores(stores, own, frozen.definition.timeZone, now)
        return teamParts(frozen, month, sourcesOf(narrowed), own, now)
      },
    })
  } finally {
    past.close()
  }
}

/** What a ruler makes of the same month, which it says whenever it is asked. */
function beside(facts: MonthFacts, results: Results | undefined): MonthFacts {
  return results === undefined ? facts : monthWithResults(facts, results)
}

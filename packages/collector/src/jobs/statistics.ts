import { refreshAccounts, tallyBetween } from '@tabiji/core/budget'
import { fixStatistics } from '@tabiji/core/fix'
import { refusal } from '@tabiji/core/problem'
import { isMonth, monthOf, monthRange } from '@tabiji/core/time'
import type { Impact } from '../ports/impact.ts'
import type { Statistics } from '../ports/statistics.ts'
import type { WorkStore } from '../ports/work-store.ts'
import type { Judge } from './budgets.ts'
import { incidentsIn } from './incidents.ts'

type Parts = {
  readonly store: Pick<WorkStore, 'incidentHistories' | 'fixHistories'>
  readonly impact: Impact
  readonly judge: () => Judge
  readonly now: () => number
}

/** Gathers what core counts: fixes and incidents from the store, what incidents cost and how many events there were from the books. */
export function createStatistics({ store, impact, judge, now }: Parts): Statistics {
  return {
    of: (asked) => {
      const at = now()
      const zone = judge().definition.timeZone
      const month = asked ?? monthOf(at, zone)
      if (!isMonth(month)) return refused(`Expected \`month\` to be a month as YYYY-MM, got "${month}"`)
      if (at < monthRange(month, zone).from) return refused(`Expected a month that has begun, got ${month}`)
      const incidents = incidentsIn(store).map((incident) => {
        const cost = impact.of(incident.key)
        return { incident, ...(cost !== undefined && { impact: cost }) }
      })
      const input = { histories: store.fixHistories(), incidents, eventsOf: eventsIn(judge()) }
      return { ok: true, value: fixStatistics(input, month, zone, at) }
    },
  }
}

function refused(message: string): ReturnType<Statistics['of']> {
  return { ok: false, problems: [refusal('STATISTICS_MONTH', message, undefined, ['month'])] }
}

/** Valid events of a journey by the books, as its first objective counts them; a journey without one is not counted. */
function eventsIn(judge: Judge): (journey: string, from: number, to: number) => number | undefined {
  refreshAccounts(judge.evaluator, judge.ledger.books)
  const rowsAt = (at: number) => judge.ledger.pointAt(Math.floor(at / 1000)).rows
  return (journey, from, to) => {
    const objective = judge.evaluator.objectives.find((one) => one.journey.name === journey)
    return objective === undefined ? undefined : tallyBetween(objective, rowsAt(from), rowsAt(to)).valid
  }
}

import { refreshAccounts, tallyBetween } from '@tabiji/core/budget'
import { type Costly, type FixStatistics, fixStatistics, type ResponseGoals } from '@tabiji/core/fix'
import { foldIncident, type Incident, type IncidentImpact } from '@tabiji/core/incident'
import { refusal } from '@tabiji/core/problem'
import { isMonth, monthOf, monthRange } from '@tabiji/core/time'
import type { Statistics } from '../../ports/statistics.ts'
import type { IncidentHistory, WorkStore } from '../../ports/work-store.ts'
import type { Judge } from '../budget/budgets.ts'
import { impactOf } from '../incident/impact.ts'
import { countedIn } from '../incident/incidents.ts'
import { judgeOf } from './month-pages.ts'

export type StatisticsParts = {
  readonly store: Pick<WorkStore, 'incidentHistories' | 'fixHistories'>
  readonly goals: ResponseGoals
}

type Parts = StatisticsParts & { readonly judge: () => Judge; readonly now: () => number }

/** Answers for a month that somebody names, or says why it cannot. */
export function createStatistics({ store, goals, judge, now }: Parts): Statistics {
  return {
    of: (asked) => {
      const at = now()
      const zone = judge().definition.timeZone
      const month = asked ?? monthOf(at, zone)
      if (!isMonth(month)) return refused(`Expected \`month\` to be a month as YYYY-MM, got "${month}"`)
      if (at < monthRange(month, zone).from) return refused(`Expected a month that has begun, got ${month}`)
      return { ok: true, value: monthStatistics({ store, goals }, judgeOf(judge(), month, at), month, at) }
    },
  }
}

/**
 * Gathers what core counts: fixes and incidents from the store, what incidents cost and how many events there were from the books.
 * An incident weighs what was recorded of it by the end of the month, so that the same month asked again weighs the same.
 *
 * @param judge of the month
 * @param now milliseconds; the month has begun by then
 */
export function monthStatistics(
  { store, goals }: StatisticsParts,
  judge: Judge,
  month: string,
  now: number,
): FixStatistics {
  const zone = judge.definition.timeZone
  const { to } = monthRange(month, zone)
  const end = Math.min(to, now)
  const counted = countedIn(store)
  const keys = new Set(counted.map(({ key }) => key))
  const recorded = store.incidentHistories()
  const isOver = now >= to
  const known = knownBy(recorded, (at) => (isOver ? at < to : at <= now))
  const costly = recorded.flatMap(({ key, events }) => {
    if (!keys.has(key)) return []
    const incident = foldIncident(key, known(events))
    return incident === undefined ? [] : [costOf(incident, judge, end)]
  })
  const input = {
    histories: store.fixHistories(),
    incidents: counted,
    costly,
    goals,
    eventsOf: eventsIn(judge),
  }
  return fixStatistics(input, month, zone, now)
}

/**
 * The events of an incident that are known by then. What turned out later to be one trouble was one then: it is not lost with the
 * incident that was merged, also where the one that took it in was opened later.
 */
function knownBy(
  recorded: readonly IncidentHistory[],
  isKnown: (at: number) => boolean,
): (events: IncidentHistory['events']) => IncidentHistory['events'] {
  const begun = new Set(recorded.flatMap(({ key, events: [first] }) => (first && isKnown(first.at) ? [key] : [])))
  const tookIn = (event: IncidentHistory['events'][number]) => event.type === 'absorbed' && begun.has(event.from)
  return (events) => {
    const isBegun = events.some(tookIn)
    return events.filter((event) => isKnown(event.at) || tookIn(event) || (isBegun && event.type === 'opened'))
  }
}

/** Years of incidents are behind a month, and the books are read only of those that a fix asks about; of each once. */
function costOf(incident: Incident, judge: Judge, end: number): Costly {
  let impact: IncidentImpact | undefined
  return {
    incident,
    get impact() {
      impact ??= impactOf(incident, judge, end)
      return impact
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

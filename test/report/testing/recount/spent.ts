import { dateIn } from '../calendar.ts'
import { hoursOf, type Sheet } from '../naive-events.ts'
import type { Work } from '../naive-work.ts'
import { promiseOf } from '../promise.ts'
import type { Rung } from '../rung.ts'
import type { Year } from '../year.ts'
import { factsOfIncident } from './incident.ts'

const HOUR = 3_600_000

/** A stretch of time whose bad events have a reason: milliseconds. */
type Claim = { readonly name: string; readonly from: number; readonly to: number }

/** Where an objective's bad events went in a month: each hour's go to the first reason that fits. */
export function recountSpent(
  { year, sheet, work, rung }: { year: Year; sheet: Sheet; work: Work; rung: readonly Rung[] },
  journey: string,
  objective: string,
  month: string,
) {
  const promise = promiseOf(year, journey, objective)
  const hours = hoursOf(month)
  const end = ((hours.at(-1) ?? 0) + 1) * HOUR
  const claims = [...incidentsOn(work, journey, end), ...alertsOn(rung, journey, objective, end)]
  const parts: Record<string, { bad: number; days?: number }> = {}
  const dripped = new Set<string>()
  for (const hour of hours) {
    if (promise.isOut(hour)) continue
    const { bad, valid, date } = eventsIn(sheet, promise, hour)
    if (bad === 0) continue
    const claim = claims.find(({ from, to }) => from <= hour * HOUR && hour * HOUR < to)
    const isLoud = bad >= 3 && bad * 1_000_000 > 3 * valid * (1_000_000 - promise.targetOn(date))
    const name = claim?.name ?? (isLoud ? `unexplained ${new Date(hour * HOUR).toISOString().slice(0, 13)}` : 'drip')
    if (name === 'drip') dripped.add(date)
    parts[name] = { bad: (parts[name]?.bad ?? 0) + bad, ...(name === 'drip' && { days: dripped.size }) }
  }
  return parts
}

function eventsIn({ cells }: Sheet, { journey, indicator }: { journey: string; indicator: string }, hour: number) {
  const [good, slow, error] = cells.get(journey)?.get(hour) ?? [0, 0, 0, 0]
  const [bad, valid] = indicator === 'latency' ? [slow, good + slow] : [error, good + slow + error]
  return { bad, valid, date: dateIn(hour * HOUR) }
}

/** Real incidents of the journey, from when the impact began to when it was mitigated. */
function incidentsOn(work: Work, journey: string, end: number): readonly Claim[] {
  return [...work.incidents]
    .map(([key, lines]) => ({ key, ...factsOfIncident(lines) }))
    .filter(({ drill, journeys }) => !drill && journeys.includes(journey))
    .map(({ key, began, mitigated, resolved }) => ({
      name: `incident ${key}`,
      ...{ from: began, to: mitigated ?? resolved ?? end },
    }))
    .sort((a, b) => a.from - b.from)
}

/** Alerts that wanted somebody, from an hour before they rang. */
function alertsOn(rung: readonly Rung[], journey: string, objective: string, end: number): readonly Claim[] {
  return rung
    .filter((one) => one.level < 3 && !one.drill && one.journey === journey && one.objective === objective)
    .map(({ id, from, to }) => ({ name: `alert ${id}`, from: from - HOUR, to: to ?? end }))
    .sort((a, b) => a.from - b.from)
}

import { type Incident, type ResponseTimes, responseTimes } from '../incident/index.ts'
import type { Level } from '../journey/index.ts'
import { addMonths, dateOf, daysBetween, isoIn, monthRange } from '../time/index.ts'
import { ageBuckets } from './ageing.ts'
import { type Burnt, burntBehind, type Costly, type FixDebt, fixDebt, type ResponseGoals } from './debt.ts'
import { type FixHistory, inEffect } from './event.ts'
import type { AgeBucket, FixMonth, OpenFix, Share } from './figures.ts'
import { foldFix } from './fix.ts'
import { flowBetween } from './flow.ts'
import { ageingAtStart, type MonthRates, ratesOf } from './look-back.ts'
import { fixMonth, monthsUpTo } from './month.ts'
import { onTimeByPresentDate } from './promise.ts'
import { type Watched, watchDone } from './repeat.ts'
import { type Restatement, restatementsOf } from './restatement.ts'
import { type Estimate, estimateDone } from './survival.ts'

/** What a month says of its fixes beside the figures of `FixMonth`, and of how its incidents were answered. Plain JSON. */
export type MonthStatistics = {
  /** Beside the headline: by the due date that was agreed last. */
  readonly byPresentDate: Share
  /** The month and the five before it, oldest first. Absent in facts of a collector that did not look back. */
  readonly rates?: readonly MonthRates[]
  /** What later events changed since the month ended; empty where nothing did. */
  readonly restatements: readonly Restatement[]
  /** The month and the five before it, for those months that have fixes; young months by estimate. */
  readonly estimates: readonly { readonly month: string; readonly within: readonly Estimate[] }[]
  /** How many more fixes were open at the end of a month than at its start. */
  readonly netFlow: readonly { readonly month: string; readonly net: number }[]
  /** Days until nothing is open at the pace of the last three months; absent while the debt does not shrink. */
  readonly daysToClear?: number
  readonly ageing: {
    readonly medianDays?: number
    readonly p90Days?: number
    /** When the month began. Absent in facts of a collector that did not look back. */
    readonly atStart?: readonly AgeBucket[]
    /** By the level of the incident; without one where none is known. */
    readonly bySeverity: readonly { readonly level?: Level; readonly buckets: readonly AgeBucket[] }[]
    /** What the incidents burnt that the open fixes of an age are for, each incident once in an age. */
    readonly weights: readonly {
      readonly fromDays: number
      readonly toDays?: number
      readonly burnt: readonly Burnt[]
    }[]
  }
  /** Open fixes that wait for something. */
  readonly waiting: { readonly blocked: number; readonly withoutOwner: number; readonly withoutDate: number }
  readonly debt: FixDebt
  /** Fixes that were done lately, and whether they work. */
  readonly watched: readonly (Omit<Watched, 'doneAt'> & { readonly doneAt: string })[]
  readonly response: ResponseTimes
}

/** Everything that is known of a month's fixes, and of how its incidents were answered. */
export type FixStatistics = MonthStatistics & { readonly month: string; readonly fixes: FixMonth }

export type StatisticsInput = {
  readonly histories: readonly FixHistory[]
  /** All incidents as they are known now: how they were answered is known only when they are over. */
  readonly incidents: readonly Incident[]
  /** Incidents as they were recorded by the end of the month, and what they had cost by then. */
  readonly costly: readonly Costly[]
  /** How many events a journey had in a stretch; absent: it is not known any more. */
  readonly eventsOf: (journey: string, from: number, to: number) => number | undefined
  readonly goals: ResponseGoals
}

/**
 * The statistics of a month (incident.md §3), in plain numbers that can be recounted from the lists beside them. Promises and
 * response times go by all that is known at `asOf`; stock, debt and what is watched are looked at when the month ended.
 *
 * @param month `YYYY-MM` in the zone
 * @param asOf milliseconds; what happened later is not looked at
 * @throws RangeError when the month has not begun by `asOf`
 */
export function fixStatistics(input: StatisticsInput, month: string, zone: string, asOf: number): FixStatistics {
  const histories = input.histories.map(inEffect)
  const fixes = fixMonth(histories, month, zone, asOf)
  const { incidents, costly } = input
  const levelOf = new Map(incidents.map(({ key, level }) => [key, level]))
  const { from, to } = monthRange(month, zone)
  const now = Math.min(asOf, to - 1)
  const netFlow = monthsUpTo(month).map((one) => ({ month: one, net: netOf(histories, one, zone, now) }))
  const days = daysToClear(fixes, netFlow, month, zone, now)
  const then = costly.map(({ incident }) => incident)
  return {
    month,
    fixes,
    byPresentDate: onTimeByPresentDate(histories, month, zone, asOf),
    rates: ratesOf(histories, monthsUpTo(month), zone, asOf),
    restatements: restatementsOf(input.histories, month, zone, asOf),
    estimates: fixes.cohorts.map((cohort) => ({
      month: cohort.month,
      within: estimateDone(
        histories.filter((history) => foldFix(history, asOf, zone)?.since.slice(0, 7) === cohort.month),
        cohort.within.map(({ days }) => days),
        asOf,
        zone,
      ),
    })),
    netFlow,
    ...(days !== undefined && { daysToClear: days }),
    ageing: {
      ...ageingOf(fixes.open, levelOf),
      atStart: ageingAtStart(histories, month, zone),
      weights: weightsOf(fixes, costly),
    },
    waiting: {
      blocked: fixes.open.filter(({ blocked }) => blocked !== undefined).length,
      withoutOwner: fixes.open.filter(({ owner }) => owner === undefined).length,
      withoutDate: fixes.open.filter(({ dueIsDefault }) => dueIsDefault === true).length,
    },
    debt: fixDebt(histories, costly, now, zone, input.goals),
    watched: watchDone(histories, then, now, zone, input.eventsOf).map((one) => ({
      ...one,
      doneAt: isoIn(one.doneAt, zone),
    })),
    response: responseTimes(incidents, { from, to }, { from: monthRange(addMonths(month, -3), zone).from, to: from }),
  }
}

function weightsOf({ open, ageing }: FixMonth, costly: readonly Costly[]): MonthStatistics['ageing']['weights'] {
  return ageing.buckets.map(({ fromDays, toDays }) => {
    const held = open.filter(({ ageDays }) => ageDays >= fromDays && (toDays === undefined || ageDays <= toDays))
    return { fromDays, ...(toDays !== undefined && { toDays }), burnt: burntBehind(held, costly) }
  })
}

function netOf(histories: readonly FixHistory[], month: string, zone: string, now: number): number {
  const { from, to } = monthRange(month, zone)
  if (from > now) return 0
  const { openAtStart, openAtEnd } = flowBetween(histories, { from, last: Math.min(to - 1, now) }, zone)
  return openAtEnd - openAtStart
}

const PACE_MONTHS = 3

function daysToClear(
  { open }: FixMonth,
  netFlow: FixStatistics['netFlow'],
  month: string,
  zone: string,
  now: number,
): number | undefined {
  const shrunk = -netFlow.slice(-PACE_MONTHS).reduce((sum, { net }) => sum + net, 0)
  if (open.length === 0) return 0
  if (shrunk <= 0) return undefined
  const first = dateOf(monthRange(addMonths(month, 1 - PACE_MONTHS), zone).from, zone)
  const days = daysBetween(first, dateOf(now, zone)) + 1
  return Math.ceil((open.length * days) / shrunk)
}

/** The age that half of the open fixes do not exceed, and nine tenths; members of the list. Nothing of none. */
export function ageRanks(open: readonly Pick<OpenFix, 'ageDays'>[]): { medianDays?: number; p90Days?: number } {
  const ages = open.map(({ ageDays }) => ageDays).sort((a, b) => a - b)
  const rank = (percent: number) => ages[Math.ceil((ages.length * percent) / 100) - 1]
  const [median, p90] = [rank(50), rank(90)]
  return median === undefined || p90 === undefined ? {} : { medianDays: median, p90Days: p90 }
}

function ageingOf(
  open: readonly OpenFix[],
  levelOf: ReadonlyMap<string, Level | undefined>,
): Omit<MonthStatistics['ageing'], 'atStart' | 'weights'> {
  const severityOf = ({ incident }: OpenFix) => (incident === undefined ? undefined : levelOf.get(incident))
  const levels: readonly (Level | undefined)[] = [1, 2, 3, undefined]
  return {
    ...ageRanks(open),
    bySeverity: levels
      .map((level) => ({ level, fixes: open.filter((fix) => severityOf(fix) === level) }))
      .filter(({ fixes }) => fixes.length > 0)
      .map(({ level, fixes }) => ({ ...(level !== undefined && { level }), buckets: ageBuckets(fixes) })),
  }
}

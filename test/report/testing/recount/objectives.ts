import { plusMonths } from '../calendar.ts'
import { type Counted, countMonth, hoursOf, type Promised, type Sheet } from '../naive-events.ts'
import { promiseOf } from '../promise.ts'
import type { Year } from '../year.ts'

const MILLION = 1_000_000n

type Part = { targetPpm: number; bad: number; valid: number }

/** Every figure of an objective's month but where the budget went. */
export function recountObjective(year: Year, sheet: Sheet, journey: string, objective: string, month: string) {
  const promise = promiseOf(year, journey, objective)
  const counted = countMonth(sheet, promise, month)
  const parts = partsOf(promise, counted.days)
  const raw = countMonth(sheet, { ...promise, isOut: () => false }, month)
  const left = leftOf(counted, BigInt(counted.allowedMillionths))
  return {
    ...counted,
    targetPpm: parts.at(-1)?.targetPpm,
    parts,
    days: Object.fromEntries(counted.days.map(({ date, ...day }) => [date, day])),
    ...(left !== undefined && { leftPpm: left }),
    ...(raw.valid !== counted.valid && { raw: { bad: raw.bad, valid: raw.valid } }),
    ...(hoursOf(month).some(promise.isOut) && { coverage: coverageOf(sheet, journey, month, promise.isOut) }),
    before: monthsBefore(sheet, promise, month),
  }
}

/** What a budget has left in parts per million, cut; of a budget of nothing, nothing. */
function leftOf({ bad }: Pick<Counted, 'bad'>, allowed: bigint): number | undefined {
  if (allowed === 0n) return undefined
  const over = (allowed - BigInt(bad) * MILLION) * MILLION
  const whole = over / allowed
  return Number(over < 0n && whole * allowed !== over ? whole - 1n : whole)
}

/** A stretch for each target, one after the other. */
function partsOf({ targetOn }: Promised, days: readonly ({ date: string } & Counted)[]): readonly Part[] {
  const parts: Part[] = []
  for (const { date, bad, valid } of days) {
    const targetPpm = targetOn(date)
    const last = parts.at(-1)
    if (last?.targetPpm !== targetPpm) {
      parts.push({ targetPpm, bad, valid })
      continue
    }
    last.bad += bad
    last.valid += valid
  }
  return parts
}

/** How many hours of the month were read, of those in which there was something to read. */
export function coverageOf(sheet: Sheet, journey: string, month: string, isOut: (hour: number) => boolean) {
  const hours = hoursOf(month).filter((hour) => !isOut(hour))
  const read = sheet.read.get(journey)
  return { readSlots: hours.filter((hour) => read?.has(hour)).length, expectedSlots: hours.length }
}

/** How the twelve months before ended, from the first on in which anything happened. */
function monthsBefore(sheet: Sheet, promise: Promised, month: string) {
  const marks = Array.from({ length: 12 }, (_, i) => plusMonths(month, i - 12)).map(
    (one) => [one, markOf(sheet, promise, one)] as const,
  )
  const first = marks.findIndex(([, { valid }]) => valid > 0)
  return first === -1 ? {} : Object.fromEntries(marks.slice(first))
}

type Mark = Counted & { readonly state: string; readonly met?: boolean }

/** Every later month looks at the same ones. */
const known = new WeakMap<Sheet, Map<string, Mark>>()

function markOf(sheet: Sheet, promise: Promised, month: string): Mark {
  const marks = known.get(sheet) ?? new Map<string, Mark>()
  known.set(sheet, marks)
  const key = [promise.journey, promise.indicator, month].join(' ')
  const seen = marks.get(key)
  if (seen !== undefined) return seen
  const { bad, valid, allowedMillionths, state, ...verdict } = countMonth(sheet, promise, month)
  const mark = { bad, valid, allowedMillionths, state, ...('met' in verdict && { met: verdict.met }) }
  marks.set(key, mark)
  return mark
}

/** All events of the journey's step by outcome; corrections take nothing from them. */
export function countSteps(sheet: Sheet, journey: string, month: string): readonly number[] {
  const sums = [0, 0, 0, 0]
  for (const hour of hoursOf(month)) {
    const cell = sheet.cells.get(journey)?.get(hour) ?? [0, 0, 0, 0]
    for (const [outcome, count] of cell.entries()) sums[outcome] = (sums[outcome] ?? 0) + count
  }
  return sums
}

type Judged = ReturnType<typeof recountObjective>

const stepAt = (left: number) => (left <= 0 ? 'reliability' : left < 250_000 ? 'careful' : 'free')

/** The step of the judged objective with least left, since the first of the days that ended at it to the last. */
export function recountPolicy(objectives: Readonly<Record<string, Judged>>) {
  const judged = Object.entries(objectives).filter(([, one]) => 'met' in one && one.leftPpm !== undefined)
  const [worst] = judged.toSorted(([, a], [, b]) => (a.leftPpm ?? 0) - (b.leftPpm ?? 0))
  if (worst === undefined) return { step: 'free' }
  const [objective, { leftPpm = 0, days, allowedMillionths }] = worst
  const step = stepAt(leftPpm)
  let [bad, since] = [0, '']
  for (const [date, day] of Object.entries(days)) {
    bad += day.bad
    if (stepAt(leftOf({ bad }, BigInt(allowedMillionths)) ?? 0) !== step) since = ''
    else if (since === '') since = date
  }
  return { step, objective, since }
}

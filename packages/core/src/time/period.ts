import { Temporal } from 'temporal-polyfill'
import type { Range } from './calendar.ts'
import type { Period } from './period-length.ts'

/**
 * The period that holds an instant in a zone: from the first instant of a date there to that of another. Each period is worked
 * out from the first date and not from the one before it: a month from the 31st ends where a shorter month ends, and the
 * next one is at the 31st again. Periods before the first date are cut in the same way, so that every instant is in one.
 */
export function periodRange({ count, unit, from }: Period, at: number, zone: string): Range {
  const first = Temporal.PlainDate.from(from)
  const date = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone).toPlainDate()
  const [steps, step] = STEP[unit]
  const begin = (k: number) => first.add({ [steps]: k * count * step }).toZonedDateTime(zone).epochMilliseconds
  // Never too late: a month is counted when its day is reached, which a month that is cut short has been earlier.
  let k = Math.floor(first.until(date, { largestUnit: steps })[steps] / (count * step)) - 1
  // A date may come twice on the clocks of a zone, so it is instants that decide.
  while (begin(k + 1) <= at) k++
  while (begin(k) > at) k--
  return { from: begin(k), to: begin(k + 1) }
}

const STEP = {
  d: ['days', 1],
  w: ['days', 7],
  M: ['months', 1],
  Q: ['months', 3],
  Y: ['months', 12],
} as const satisfies Readonly<Record<Period['unit'], readonly [steps: 'days' | 'months', step: number]>>

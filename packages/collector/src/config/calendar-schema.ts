import {
  addDays,
  isDate,
  isTimeZone,
  parseDaysOfMonth,
  parseMonths,
  parseTimeOfDay,
  parseWeekdays,
  parseYears,
  type Span,
} from '@tabiji/core/time'
import { z } from 'zod'
import { WEEKDAYS } from './notation.ts'
import { name, read, text } from './schema-parts.ts'

/** Dates of a company's own, the last one included. */
export type Closure = { readonly from: string; readonly to: string }

const LONGEST_CLOSURE_DAYS = 366

const timeZone = read((given) => (isTimeZone(given) ? given : undefined), 'a time zone such as Asia/Tokyo')
const timeOfDay = read(parseTimeOfDay, "a time such as '10:00', at most '24:00'")

/** A list of the grammar; YAML may have read its numbers as such. */
function spans(parse: (text: string) => Span | undefined, what: string) {
  const span = z.union([z.int().transform(String), z.string()], { error: what }).pipe(read(parse, what))
  return z.array(span).min(1, { error: 'a list with at least one item' }).max(100).exactOptional()
}

const times = z
  .array(
    z
      .strictObject({ start_time: timeOfDay, end_time: timeOfDay })
      .refine(({ start_time, end_time }) => start_time < end_time, {
        error: 'a time that begins before it ends; a night is two of them, joined at midnight',
      })
      .transform(({ start_time, end_time }): Span => ({ from: start_time, to: end_time })),
  )
  .min(1, { error: 'a list with at least one item' })
  .max(100)

const intervalSchema = z
  .strictObject({
    times: times.exactOptional(),
    weekdays: spans(parseWeekdays, "a weekday such as monday, or 'monday:friday'; the week begins on Sunday"),
    days_of_month: spans(parseDaysOfMonth, "a day of the month such as 1, '1:7' or, from its end, '-3:-1'"),
    months: spans(parseMonths, "a month such as january or 1, or 'april:june'"),
    years: spans(parseYears, "a year such as 2026, or '2026:2028'"),
    location: timeZone.exactOptional(),
  })
  .transform(({ days_of_month, ...rest }) => ({
    ...rest,
    ...(days_of_month !== undefined && { daysOfMonth: days_of_month }),
  }))

/** The list `time_intervals` of an Alertmanager's configuration, as it stands there. */
export const timeIntervalsSchema = z
  .array(
    z.strictObject({
      name: text,
      time_intervals: z.array(intervalSchema).min(1, { error: 'a list with at least one interval' }).max(100),
    }),
  )
  .max(100, { error: 'a list of at most 100 intervals' })

const plainHours = z
  .strictObject({
    opens: timeOfDay.exactOptional(),
    closes: timeOfDay.exactOptional(),
    weekdays: z.array(z.literal(WEEKDAYS)).min(1, { error: 'a list with at least one weekday' }).exactOptional(),
  })
  .refine(({ opens = 0, closes = 1_440 }) => opens < closes, { error: 'hours that open before they close' })

export const hoursSchema = z.union([plainHours, text], {
  error: "hours such as { opens: '10:00', closes: '19:00', weekdays: [mon, tue] }, or the name of a time interval",
})

const closure = read(parseClosure, 'a date such as 2026-12-29, or dates such as 2026-12-29..2027-01-03')

const holidays = z.array(text).max(20, { error: 'a list of at most 20 calendars' })
const closures = z.array(closure).max(200, { error: 'a list of at most 200 closures' })

/** The parts of a desk; a team states what differs from everybody's. */
export const deskSchema = {
  hours: hoursSchema.exactOptional(),
  holidays: holidays.exactOptional(),
  closures: closures.exactOptional(),
}

/** When a week is looked back on. */
export const weeklyTimeSchema = z.strictObject({
  day: z.literal(WEEKDAYS).exactOptional(),
  at: timeOfDay.exactOptional(),
})

export const weeklySchema = z.union([weeklyTimeSchema, z.literal(false)], {
  error: "a day and a time such as { day: fri, at: '16:00' }, or false",
})

const names = z.array(z.string()).max(20, { error: 'a list of at most 20 names' }).exactOptional()
export const routesSchema = z.strictObject({ page: names, ticket: names, notice: names })

export const teamSchema = z.strictObject({
  timeZone: timeZone.exactOptional(),
  ...deskSchema,
  routes: routesSchema.exactOptional(),
})

export const teamsSchema = z.record(name, teamSchema)

function parseClosure(given: string): Closure | undefined {
  const [from = '', to = from, ...rest] = given.split('..').map((part) => part.trim())
  if (rest.length > 0 || !isDate(from) || !isDate(to) || to < from) return undefined
  return to < addDays(from, LONGEST_CLOSURE_DAYS) ? { from, to } : undefined
}

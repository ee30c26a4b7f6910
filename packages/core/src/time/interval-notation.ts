import type { Span } from './interval.ts'

const WEEKDAYS = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday']
const MONTHS = [
  'january',
  'february',
  'march',
  'april',
  'may',
  'june',
  'july',
  'august',
  'september',
  'october',
  'november',
  'december',
]

/** @returns minutes of the day from `HH:MM`, up to `24:00`; `undefined` for anything else. */
export function parseTimeOfDay(text: string): number | undefined {
  const match = /^(?:([01]\d|2[0-3]):([0-5]\d)|24:00)$/.exec(text)
  if (match === null) return undefined
  const [, hours = '24', minutes = '00'] = match
  return Number(hours) * 60 + Number(minutes)
}

/** `monday`, `monday:friday`; the week begins on Sunday, and a span does not run over its end. */
export function parseWeekdays(text: string): Span | undefined {
  return parseSpan(text, (part) => indexOf(WEEKDAYS, part))
}

/** `january`, `5`, `march:september`. */
export function parseMonths(text: string): Span | undefined {
  return parseSpan(text, (part) => {
    const named = indexOf(MONTHS, part)
    if (named !== undefined) return named + 1
    const month = /^\d{1,2}$/.test(part) ? Number(part) : 0
    return month >= 1 && month <= 12 ? month : undefined
  })
}

/** `2026`, `2026:2030`. */
export function parseYears(text: string): Span | undefined {
  return parseSpan(text, (part) => (/^\d{4}$/.test(part) ? Number(part) : undefined))
}

/** `1`, `1:7`, `-3:-1`, `25:-1`; from the end to a day from the beginning (`-3:5`) is none. */
export function parseDaysOfMonth(text: string): Span | undefined {
  const match = /^(-?\d{1,2})(?::(-?\d{1,2}))?$/.exec(text.trim())
  if (match === null) return undefined
  const [from, to] = [Number(match[1]), Number(match[2] ?? match[1])]
  if ([from, to].some((day) => day === 0 || Math.abs(day) > 31) || (from < 0 && to > 0)) return undefined
  // In the longest month the first must not be after the last; in a shorter one the span may be empty.
  const inLongest = (day: number) => (day < 0 ? 32 + day : day)
  return inLongest(from) <= inLongest(to) ? { from, to } : undefined
}

function parseSpan(text: string, parse: (part: string) => number | undefined): Span | undefined {
  const [first = '', last = first, ...rest] = text.trim().toLowerCase().split(':')
  const [from, to] = [parse(first.trim()), parse(last.trim())]
  return from === undefined || to === undefined || rest.length > 0 || from > to ? undefined : { from, to }
}

function indexOf(names: readonly string[], name: string): number | undefined {
  const index = names.indexOf(name)
  return index === -1 ? undefined : index
}

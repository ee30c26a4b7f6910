import { RRuleTemporal } from 'rrule-temporal'
import { Temporal } from 'temporal-polyfill'
import type { Range } from './calendar.ts'

// Not at the door of `time`: services load that with the journeys, and the library of rules is not for them.

const NUMBER = /^[1-9]\d{0,3}$/

/**
 * The parts of a recurrence rule (RFC 5545, 3.3.10) that are understood: what people repeat by the day, week or month. An
 * unknown part is refused instead of overlooked, because it would make the rule mean more than was written.
 */
const PARTS: Readonly<Record<string, RegExp>> = {
  FREQ: /^(DAILY|WEEKLY|MONTHLY)$/,
  INTERVAL: NUMBER,
  COUNT: NUMBER,
  UNTIL: /^\d{8}T\d{6}Z$/,
  BYDAY: /^([+-]?[1-5])?(MO|TU|WE|TH|FR|SA|SU)(,([+-]?[1-5])?(MO|TU|WE|TH|FR|SA|SU))*$/,
  BYMONTHDAY: /^-?([1-9]|[12]\d|3[01])(,-?([1-9]|[12]\d|3[01]))*$/,
  BYMONTH: /^([1-9]|1[0-2])(,([1-9]|1[0-2]))*$/,
}

/** @returns why the text is no rule that is understood; `undefined` when it is one. */
export function recurrenceMistake(rule: string): string | undefined {
  const seen = new Set<string>()
  for (const part of rule.split(';')) {
    const [name = '', value = '', ...rest] = part.split('=')
    const form = PARTS[name]
    if (form === undefined || rest.length > 0) return `"${part}" is no part of a rule that is understood`
    if (seen.has(name)) return `${name} is there twice`
    if (!form.test(value)) return `${name} cannot be "${value}"`
    seen.add(name)
  }
  if (!seen.has('FREQ')) return 'FREQ is missing'
  if (seen.has('COUNT') && seen.has('UNTIL')) return 'COUNT and UNTIL exclude each other'
  try {
    ruleFrom(rule, 0, 'UTC')
    return undefined
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

/**
 * When a rule begins again: at the wall time of its first instant in the zone, whatever the clocks do. A wall time that the
 * clocks skip is left out and not counted (RFC 5545, 3.3.10); one that they show twice is meant the first time.
 *
 * @param first the rule's first instant, milliseconds; nothing is before it, and it counts only when the rule gives it
 * @returns instants in `within`, milliseconds, ascending
 * @throws Error when the rule is none; see {@link recurrenceMistake}
 */
export function recurrencesOf(rule: string, first: number, zone: string, within: Range): readonly number[] {
  const { from, to } = { from: Math.max(first, within.from), to: within.to - 1 }
  if (to < from) return []
  return ruleFrom(rule, first, zone)
    .between(zoned(from, zone), zoned(to, zone), true)
    .map(({ epochMilliseconds }) => epochMilliseconds)
}

function ruleFrom(rule: string, first: number, zone: string) {
  return new RRuleTemporal({ rruleString: rule, dtstart: zoned(first, zone), temporal: Temporal, strict: true })
}

function zoned(at: number, zone: string): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone)
}

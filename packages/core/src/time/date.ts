const LENGTHS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const

/**
 * Whether the text is a date that exists, as `YYYY-MM-DD`. By the rule of the Gregorian calendar and not by the calendar library,
 * because services check their journeys file with this and carry no library for dates.
 */
export function isDate(text: string): boolean {
  const [, ...parts] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text) ?? []
  const [year = 0, month = 0, day = 0] = parts.map(Number)
  const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
  const length = month === 2 && isLeap ? 29 : (LENGTHS[month - 1] ?? 0)
  return day >= 1 && day <= length
}

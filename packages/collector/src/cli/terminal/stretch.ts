import { dayRange, isDate, isoIn, parseInstant, type Range } from '@tabiji/core/time'
import { CliError, EXIT } from './exit.ts'

/** What the options of a stretch say in the help. */
export const FROM = 'HH:MM today, a time, or a date from its beginning'
export const TO = 'HH:MM today, a time, or a date to its end'

/**
 * The stretch that `--from` and `--to` name, in whole seconds.
 *
 * @param to absent: until now, the present second included. @throws CliError when it is none
 */
export function readStretch(from: string, to: string | undefined, now: number, zone: string): Range {
  const stretch = {
    from: readTime('--from', from, now, zone, 'from'),
    to: to === undefined ? Math.floor(now / 1000) + 1 : readTime('--to', to, now, zone, 'to'),
  }
  if (stretch.from < stretch.to) return stretch
  const [begins, ends] = [isoIn(stretch.from * 1000, zone), isoIn(stretch.to * 1000, zone)]
  const message = `Expected \`--from\` to be before \`--to\`, got ${begins} and ${ends}`
  throw new CliError(EXIT.usage, { code: 'CLI_USAGE', message })
}

/** Seconds; a date is its beginning or its end, whichever takes the whole day in. */
function readTime(option: string, text: string, now: number, zone: string, end: 'from' | 'to'): number {
  const at = isDate(text.trim()) ? dayRange(text.trim(), zone)[end] : parseInstant(text, now, zone)
  if (at !== undefined) return Math.floor(at / 1000)
  const message = `Expected \`${option}\` to be a time, got "${text}"`
  const hint = `write 2026-10-20, 2026-10-20T13:02, or 13:02 for today; it is read in ${zone} unless it ends in an offset`
  throw new CliError(EXIT.usage, { code: 'CLI_USAGE', message, hint })
}

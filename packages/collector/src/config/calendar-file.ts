import { type Path, type Problem, problem } from '@tabiji/core/problem'
import type { Closing } from '@tabiji/core/time'
import { readIcs } from './ics.ts'
import type { Surroundings } from './surroundings.ts'

type ClosingIn = (zone: string) => Closing

/**
 * Reads a calendar file. It is read again with the secrets: next year's holidays are put into it while the daemon runs, and a
 * file with a mistake leaves the days before it in force.
 *
 * @returns its closings, as they are whenever they are asked about; nothing when it cannot be used, which was told
 */
export function keepCalendar(
  name: string,
  path: Path,
  { readFile, rotation }: Surroundings,
  problems: Problem[],
): ClosingIn | undefined {
  const read = () => readFile(name)
  const make = (opened: ReturnType<typeof readFile>, told: Problem[]): ClosingIn | undefined => {
    const found = 'text' in opened ? readIcs(opened.text) : { ok: false as const, why: opened.failure }
    if (found.ok) return remembering(found.closingIn)
    told.push(problem('CONFIG_CALENDAR', path, `Expected ${name} to be a calendar with events (${found.why})`))
    return undefined
  }
  const current = rotation.keep({ path, read, make }, problems)
  if (current === undefined) return undefined
  return (zone) => ({
    dayOff: (date) => current()(zone).dayOff(date),
    stretches: (within) => current()(zone).stretches?.(within) ?? [],
  })
}

/** A closing is made once for each zone, so that the years it has worked out are not lost. */
function remembering(closingIn: ClosingIn): ClosingIn {
  const made = new Map<string, Closing>()
  return (zone) => {
    const closing = made.get(zone) ?? closingIn(zone)
    made.set(zone, closing)
    return closing
  }
}

import { lastDateOf } from '../calendar.ts'
import type { Sheet } from '../naive-events.ts'
import type { Work } from '../naive-work.ts'
import { comesBack, endOf, type Known, knownIn } from './debt.ts'
import { type Standing, standingOn } from './fix.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR

/** Fixes that were done within sixty days of the month's end and still are, or that an incident opened again, and whether they work. */
export function recountWatched(work: Work, sheet: Sheet, month: string) {
  const now = endOf(month) - 1
  const incidents = knownIn(work, endOf(month))
  const found: Record<string, { days: number; verdict: string; incidents: string }> = {}
  for (const fix of standingOn(work, lastDateOf(month))) {
    const { doneAt = 0, state, key } = fix
    const isBroken = fix.lines.findLast(({ command }) => command.type === 'reopen')?.command['incident'] !== undefined
    if (!(state === 'done' || (state === 'open' && isBroken)) || now - doneAt >= 60 * DAY) continue
    const back = incidents.filter(
      (one) => comesBack(one, fix) && one.began >= doneAt && one.began - doneAt <= 30 * DAY && one.began <= now,
    )
    const days = Math.min(28, Math.floor((now - doneAt) / DAY))
    const verdict =
      back.length > 0 || state === 'open' ? 'recurred' : days < 28 ? 'watching' : settled(fix, doneAt, incidents, sheet)
    found[key] = { days, verdict, incidents: back.map((one) => one.key).join(' ') }
  }
  return found
}

/** After 28 quiet days: whether there was traffic that would have shown it. */
function settled(fix: Standing, doneAt: number, incidents: readonly Known[], { cells }: Sheet): string {
  const origin = incidents.find(({ key }) => key === fix.incident)
  if (origin === undefined || origin.causes.length === 0) return 'unjudged'
  let events = 0
  for (const [hour, [good, slow, error]] of cells.get(fix.journey ?? '') ?? []) {
    if (hour * HOUR >= doneAt && hour * HOUR < doneAt + 28 * DAY) events += good + slow + error
  }
  return events >= 100 ? 'held' : 'notEnoughTraffic'
}

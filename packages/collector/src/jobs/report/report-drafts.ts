import type { MonthFacts } from '@tabiji/core/report'
import { addDays, addMonths, dateOf, monthOf, monthRange, onWall } from '@tabiji/core/time'
import type { ReportStore } from '../../ports/reports.ts'

type Desk = {
  readonly store: Pick<ReportStore, 'draftAt' | 'keepDraft' | 'revisions'>
  readonly zone: () => string
  /** Whether anything was counted before the time, milliseconds. */
  readonly countedBefore: (at: number) => boolean
  /** A month as it would be told now; nothing of one that has not begun, or is not kept. */
  readonly facts: (month: string, now: number) => Promise<MonthFacts | undefined>
}

/** When in the night drafts are made, in the file's zone. */
const HOUR_OF_NIGHT = '02:00'

/**
 * Makes the drafts that are due: of the running month and of the one before it, until that is issued; once every night, and
 * at once where there is none yet. A daemon that was down in the night makes them when it is up again.
 *
 * @returns the months
 */
export async function makeDraftsDue(desk: Desk, now: number): Promise<readonly string[]> {
  const { store, zone } = desk
  const night = lastNight(now, zone())
  const current = monthOf(now, zone())
  const made: string[] = []
  for (const month of [addMonths(current, -1), current]) {
    if (store.revisions(month).length > 0) continue
    const at = store.draftAt(month) ?? Number.NEGATIVE_INFINITY
    // A clock that went back must not keep a draft that is older than it says.
    if (at >= night && at <= now) continue
    // Of a month before the first count there is nothing to tell, and finding that out takes as long as telling it.
    if (!desk.countedBefore(monthRange(month, zone()).to)) continue
    const facts = await desk.facts(month, now)
    if (facts === undefined || Date.parse(facts.dataUntil) <= Date.parse(facts.from)) continue
    store.keepDraft({ month, at: now, facts })
    made.push(month)
  }
  return made
}

function lastNight(now: number, zone: string): number {
  const today = dateOf(now, zone)
  const tonight = onWall(`${today}T${HOUR_OF_NIGHT}`, zone)
  return tonight <= now ? tonight : onWall(`${addDays(today, -1)}T${HOUR_OF_NIGHT}`, zone)
}

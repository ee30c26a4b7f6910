import {
  type Costly,
  type FixEvent,
  type FixHistory,
  fixStatistics,
  RESPONSE_GOALS,
  type StatisticsInput,
} from '@tabiji/core/fix'
import { type Incident, summarizeIncident } from '@tabiji/core/incident'
import type { MonthFacts } from '@tabiji/core/report'
import { addDays, MINUTE } from '@tabiji/core/time'
import { octoberFacts } from './facts.ts'

const ZONE = 'Asia/Tokyo'
const noon = (date: string) => Date.parse(`${date}T12:00:00+09:00`)

/** The fixes of a month and what is said of them beside their figures, as core counts both. */
export function owedIn(
  input: Pick<StatisticsInput, 'histories' | 'incidents' | 'costly'>,
  month: string,
  zone: string,
  now: number,
): Required<Pick<MonthFacts, 'fixes' | 'statistics'>> {
  const whole = { ...input, goals: RESPONSE_GOALS, eventsOf: () => 1_000 }
  const { month: _, fixes, ...statistics } = fixStatistics(whole, month, zone, now)
  return { fixes, statistics }
}

/** October with half a year of fixes: late ones, blocked ones, some that did not work, some that nobody has asked for. */
export function owedFacts(): MonthFacts {
  const incidents = troubles()
  const costly = incidents.map((incident): Costly => ({ incident, impact: impactOf(incident) }))
  return {
    ...octoberFacts(),
    incidents: incidents.map((one) => summarizeIncident(one, ZONE)),
    ...owedIn({ histories: HALF_A_YEAR, incidents, costly }, '2026-10', ZONE, noon('2026-11-05')),
  }
}

/** When a fix was created, after how many days it was due and done, and what else was recorded of it. */
function fix(number: number, created: string, due: number, done?: number, ...later: readonly FixEvent[]): FixHistory {
  const added = { type: 'added', kind: number % 3 === 0 ? 'detect' : 'prevent', due: addDays(created, due) } as const
  const told = { title: TITLES[number] ?? `Repair number ${number}`, incident: 'INC-0007', owner: 'suzuki' }
  const events: FixEvent[] = [{ ...added, ...told, at: noon(created) }, ...later]
  return {
    key: `FIX-${String(number).padStart(4, '0')}`,
    events: [...events, ...(done === undefined ? [] : [{ type: 'done' as const, at: noon(addDays(created, done)) }])],
  }
}

const TITLES: Readonly<Record<number, string>> = {
  4: 'Second payment provider',
  11: 'Retry the upload with backoff',
  12: 'Drop uploads that nobody waits for',
  15: 'Warm the cache of sizes',
}

const moved = (date: string, due: string): FixEvent => ({ type: 'moved', at: noon(date), due, reason: 'supplier' })

export const HALF_A_YEAR: readonly FixHistory[] = [
  fix(1, '2026-06-02', 30, 20),
  fix(2, '2026-06-10', 30, 45),
  fix(3, '2026-06-12', 60, 80),
  fix(4, '2026-06-20', 40, undefined, moved('2026-07-20', '2026-09-30'), moved('2026-09-28', '2026-10-20')),
  fix(5, '2026-07-03', 30, 10),
  fix(6, '2026-07-08', 30, 25),
  fix(7, '2026-07-15', 30, 29),
  fix(8, '2026-08-03', 30, 12),
  fix(9, '2026-08-04', 60, 40),
  fix(10, '2026-08-11', 60, 58),
  fix(11, '2026-08-20', 60, undefined, { type: 'reclassified', at: noon('2026-08-21'), cause: 'no-retry' }),
  fix(12, '2026-08-25', 90, undefined, { type: 'blocked', at: noon('2026-10-02'), reason: 'contract' }),
  fix(13, '2026-09-02', 30, 15),
  fix(14, '2026-09-10', 40, 28, { type: 'assigned', at: noon('2026-09-11') }),
  fix(15, '2026-09-14', 30, 28, { type: 'reclassified', at: noon('2026-09-15'), cause: 'cold-cache' }),
  fix(16, '2026-09-20', 30, undefined, { type: 'assigned', at: noon('2026-09-21') }),
  fix(17, '2026-10-21', 30),
  fix(18, '2026-10-21', 14, 5),
  fix(19, '2026-10-24', 30),
]

function troubles(): readonly Incident[] {
  const trouble = (key: string, title: string, date: string, cause?: string): Incident => {
    const mark = (minutes: number) => ({ at: noon(date) + minutes * MINUTE, origin: 'books' as const })
    return {
      ...{ key, title, level: 1, journeys: ['measure-feet'], episodes: [], drill: false, status: 'resolved' },
      ...{ roles: {}, openedAt: noon(date), resolvedAt: noon(date) + 90 * MINUTE },
      ...(cause !== undefined && { causes: [{ id: cause, text: cause, bone: 'design' as const }] }),
      times: { impactStarted: mark(0), detected: mark(3), mitigated: mark(38) },
    }
  }
  return [
    trouble('INC-0007', 'Scans could not be uploaded', '2026-10-20', 'no-retry'),
    trouble('INC-0010', 'Scans could not be uploaded again', '2026-10-24', 'no-retry'),
    trouble('INC-0011', 'Sizes were slow', '2026-10-29', 'cold-cache'),
    trouble('INC-0012', 'Nobody knows', '2026-10-30'),
  ]
}

function impactOf({ key, openedAt }: Incident): NonNullable<Costly['impact']> {
  const stretch = { from: openedAt, to: openedAt + 38 * MINUTE }
  const budgetPpm = key === 'INC-0007' ? 404_000 : 61_500
  const cost = { journey: 'measure-feet', objective: 'measure-feet/availability', valid: 40_000, bad: 1_944 }
  return { ...stretch, ended: true, journeys: [{ ...stretch, ...cost, badPpm: 48_600, budgetPpm }] }
}

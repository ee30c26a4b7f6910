import { dateOf, daysBetween, type Period, periodRange } from '../time/index.ts'

type Tier = 1 | 2 | 3

/** How often each journey of a tier is to be practised; absent: never. */
export type DrillEvery = { readonly [tier in Tier]?: Pick<Period, 'count' | 'unit'> }

/** A journey, and since when it could be practised, milliseconds. */
export type Practisable = { readonly name: string; readonly tier: Tier; readonly knownSince: number }

/** That a journey was practised, milliseconds. */
export type DrillHeld = { readonly journey: string; readonly at: number }

export type DrillDue = {
  readonly journey: string
  readonly tier: Tier
  readonly every: Pick<Period, 'count' | 'unit'>
  /** When it was practised last, milliseconds; absent: never. */
  readonly lastAt?: number
  /** The last day on which the next drill is in time. */
  readonly due: string
  /** Dates since that day; 0: it is not overdue. */
  readonly overdueDays: number
}

/** A Monday on which a year began, so that weeks, months, quarters and years are those of the calendar. */
const FIRST_DAY = '2001-01-01'

/**
 * When each journey is to be practised next. Each whole period of the calendar wants a drill: after one, the next is due at the end
 * of the period that follows; before the first one, at the end of the first period through all of which the journey was known.
 *
 * @returns the longest overdue first, then by due day, tier and name
 */
export function drillsDue(
  journeys: readonly Practisable[],
  held: readonly DrillHeld[],
  every: DrillEvery,
  now: number,
  zone: string,
): readonly DrillDue[] {
  const lastOf = lastHeld(held, now)
  const dueOf = dueDates(dateOf(now, zone), zone)
  return journeys
    .flatMap(({ name, tier, knownSince }): DrillDue[] => {
      const length = every[tier]
      if (length === undefined) return []
      const lastAt = lastOf.get(name)
      const due = dueOf(length, lastAt, knownSince)
      return [{ journey: name, tier, every: length, ...(lastAt !== undefined && { lastAt }), ...due }]
    })
    .sort(
      (a, b) =>
        b.overdueDays - a.overdueDays ||
        compareText(a.due, b.due) ||
        a.tier - b.tier ||
        compareText(a.journey, b.journey),
    )
}

function lastHeld(held: readonly DrillHeld[], now: number): ReadonlyMap<string, number> {
  const last = new Map<string, number>()
  for (const { journey, at } of held) if (at <= now) last.set(journey, Math.max(at, last.get(journey) ?? at))
  return last
}

/** Most journeys of a file came with it and were practised with others, and calendars are slow: each case is asked once. */
function dueDates(today: string, zone: string) {
  const known = new Map<string, Pick<DrillDue, 'due' | 'overdueDays'>>()
  return (length: DrillDue['every'], lastAt: number | undefined, knownSince: number) => {
    const name = `${length.count} ${length.unit} ${lastAt ?? 'never'} ${knownSince}`
    const found = known.get(name)
    if (found !== undefined) return found
    const due = dateOf(periodEnd({ ...length, from: FIRST_DAY }, lastAt, knownSince, zone) - 1, zone)
    const made = { due, overdueDays: Math.max(0, daysBetween(due, today)) }
    known.set(name, made)
    return made
  }
}

function periodEnd(period: Period, lastAt: number | undefined, knownSince: number, zone: string): number {
  const range = periodRange(period, lastAt ?? knownSince, zone)
  // Known from the first instant of a period, a journey was known through all of it.
  if (lastAt === undefined && range.from === knownSince) return range.to
  return periodRange(period, range.to, zone).to
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

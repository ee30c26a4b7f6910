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
  const today = dateOf(now, zone)
  return journeys
    .flatMap(({ name, tier, knownSince }): DrillDue[] => {
      const length = every[tier]
      if (length === undefined) return []
      const times = held.flatMap(({ journey, at }) => (journey === name && at <= now ? [at] : []))
      const lastAt = times.length === 0 ? undefined : times.reduce((a, b) => Math.max(a, b))
      const end = periodEnd({ ...length, from: FIRST_DAY }, lastAt, knownSince, zone)
      const due = dateOf(end - 1, zone)
      return [
        {
          journey: name,
          tier,
          every: length,
          ...(lastAt !== undefined && { lastAt }),
          due,
          overdueDays: Math.max(0, daysBetween(due, today)),
        },
      ]
    })
    .sort(
      (a, b) =>
        b.overdueDays - a.overdueDays ||
        compareText(a.due, b.due) ||
        a.tier - b.tier ||
        compareText(a.journey, b.journey),
    )
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

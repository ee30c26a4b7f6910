import { checkKnown, checkText, type Decision, decide, hintFor, refusal, type Scribe } from '../problem/index.ts'
import { DAY, isoIn, parseInstant, type Range } from '../time/index.ts'
import { recurrencesOf } from '../time/recurrence.ts'
import { type StretchRules, stretchProblems, unreadableInstant } from '../time/typed.ts'

/** A stretch of work that was announced: what rings of its journeys is not told meanwhile. Milliseconds. */
export type Maintenance = Range & {
  /** `MNT-0003`, or the name that it has in the configuration. */
  readonly key: string
  /** Journeys that it is for; all of them when empty. */
  readonly journeys: readonly string[]
  readonly reason: string
  /** Whose clocks the recurrence follows. */
  readonly zone: string
  /** RFC 5545; `from` is the first time that it gives, and each stretch is as long as the first. */
  readonly rrule?: string
  readonly createdBy?: string
  /** When it was ended before its time; nothing of it is in force from then on. */
  readonly endedAt?: number
  readonly endedBy?: string
}

/** The key of the nth maintenance that somebody announced, counted from 1. */
export function maintenanceKey(number: number): string {
  return `MNT-${String(number).padStart(4, '0')}`
}

/** The stretch in force at an instant, and the next one when there is none; absent when nothing comes within a year. */
export function stretchAt(maintenance: Maintenance, now: number): (Range & { readonly active: boolean }) | undefined {
  const { from, to, rrule, zone, endedAt } = maintenance
  if (endedAt !== undefined && now >= endedAt) return undefined
  const length = to - from
  const starts =
    rrule === undefined
      ? [from]
      : recurrencesOf(rrule, from, zone, { from: now - length + 1, to: now + AHEAD_DAYS * DAY })
  const next = starts.find((start) => start + length > now)
  return next === undefined ? undefined : { from: next, to: next + length, active: next <= now }
}

const AHEAD_DAYS = 366

/** A maintenance in force, and until when. */
export type ActiveMaintenance = Pick<Maintenance, 'key' | 'journeys' | 'reason'> & { readonly to: number }

export function activeAt(all: readonly Maintenance[], now: number): readonly ActiveMaintenance[] {
  return all.flatMap((maintenance) => {
    const stretch = stretchAt(maintenance, now)
    const { key, journeys, reason } = maintenance
    return stretch?.active === true ? [{ key, journeys, reason, to: stretch.to }] : []
  })
}

/** The maintenance of a journey, of several the one that lasts longest; absent when there is none. */
export function maintenanceOf(journey: string, active: readonly ActiveMaintenance[]): ActiveMaintenance | undefined {
  return active
    .filter(({ journeys }) => journeys.length === 0 || journeys.includes(journey))
    .sort((a, b) => b.to - a.to)[0]
}

/** What somebody announces, or what stands in the configuration. Times as they were typed; see `parseInstant`. */
export type MaintenanceRequest = {
  readonly journeys: readonly string[]
  readonly from: string
  readonly to: string
  readonly rrule?: string
  readonly reason: string
}

/** What takes longer than a week is no maintenance. */
const STRETCH: StretchRules = {
  code: 'MAINTENANCE',
  longestDays: 7,
  tooLong: 'for a known problem: tabiji silence add',
  ahead: { days: AHEAD_DAYS, words: 'year' },
}

/** Checks a maintenance, from a command or from the configuration. */
export function decideMaintenance(
  request: MaintenanceRequest,
  { now, by, zone, journeys }: Scribe & { readonly zone: string; readonly journeys: readonly string[] },
): Decision<Omit<Maintenance, 'key'>> {
  const from = parseInstant(request.from, now, zone)
  const to = parseInstant(request.to, now, zone)
  const { rrule, reason } = request
  const problems = [
    ...request.journeys.flatMap((name) => checkKnown('MAINTENANCE_UNKNOWN_JOURNEY', 'journeys', name, journeys)),
    ...checkText('MAINTENANCE_REASON', 'reason', reason),
    ...(from === undefined ? [unreadableInstant('MAINTENANCE_TIME', 'from', request.from, zone)] : []),
    ...(to === undefined ? [unreadableInstant('MAINTENANCE_TIME', 'to', request.to, zone)] : []),
    ...stretchProblems({ from, to, ...(rrule !== undefined && { rrule }) }, zone, STRETCH),
  ]
  return decide(problems, {
    from: from ?? now,
    to: to ?? now,
    journeys: [...new Set(request.journeys)],
    reason: reason.trim(),
    zone,
    ...(rrule !== undefined && { rrule }),
    ...(by !== undefined && { createdBy: by }),
  })
}

/** Decides whether an announced one ends now. @param current absent when there is none */
export function decideMaintenanceEnd(
  current: Maintenance | undefined,
  {
    now,
    by,
    key,
    keys,
    zone,
  }: Scribe & { readonly key: string; readonly keys: readonly string[]; readonly zone: string },
): Decision<{ readonly at: number; readonly by?: string }> {
  if (current === undefined) {
    return decide([
      refusal('MAINTENANCE_UNKNOWN', `There is no maintenance ${key} that was announced`, hintFor(key, keys)),
    ])
  }
  const over = current.endedAt ?? (stretchAt(current, now) === undefined ? current.to : undefined)
  if (over === undefined) return decide([], { at: now, ...(by !== undefined && { by }) })
  const message = `Expected ${key} to be in force or to come, but it was over at ${isoIn(over, zone)}`
  return decide([refusal('MAINTENANCE_OVER', message)])
}

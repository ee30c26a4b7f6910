import { type Counts, NO_COUNTS, OUTCOMES } from '../journey/index.ts'
import type { Booking, BookingNote, BookingRules } from './booking.ts'
import type { Entry } from './entry.ts'
import { type CountsDraft, draftCounts, NO_ACCOUNTS, type Position } from './position.ts'
import type { DeltaPoint, DeltaReading } from './reading.ts'
import { addEntries, stretchBetween } from './stretch.ts'

/** How long a point is remembered after its end, and how far ahead of now it may end. Six hours. */
export const DELTA_HORIZON_MS = 6 * 3_600_000

/** One time in which a process added to its counters, and the series that were booked of it: account × 4 + outcome. */
export type Interval = {
  readonly process: string
  /** Nanoseconds, as they were told. */
  readonly from: bigint
  readonly to: bigint
  readonly series: readonly number[]
}

export type DeltaRules = BookingRules & {
  /** What is remembered of an interval of this process. */
  readonly seen: (from: bigint, to: bigint) => readonly number[]
  /** Milliseconds: intervals that ended until then may have been forgotten. */
  readonly forgottenUntil: number
}

/** `intervals` hold all that is booked of them by now, to be remembered together with the entries. */
export type DeltaBooking = Omit<Booking, 'position'> & {
  readonly intervals: readonly Interval[]
  /** Absent as long as nothing was booked of the process. */
  readonly position: Position | undefined
}

type Draft = {
  readonly entries: Entry[]
  readonly counts: CountsDraft
  /** Seconds, by account: until then its slots were read. */
  readonly readUntil: Map<number, number>
  readonly intervals: Interval[]
  readonly notes: Map<BookingNote['kind'], number>
  readAt: number
  startedAt: number
}

/**
 * Turns added counts into entries. Each point counts once, in the slots of its own time, whatever the order in which the
 * points come: a point is known by process, series, begin and end, for as long as {@link DELTA_HORIZON_MS}. Of what is
 * older nobody can tell any more whether it was booked, so it is left out.
 */
export function bookDeltas(told: DeltaReading, known: Position | undefined, rules: DeltaRules): DeltaBooking {
  const { id: process, service } = told.speaker
  const note = (kind: BookingNote['kind'], points: number): BookingNote => ({ kind, process, service, points })
  if (known !== undefined && (known.service !== service || known.delta !== true)) {
    const kind = known.service === service ? 'mixed_temporality' : 'foreign_service'
    return { entries: [], intervals: [], position: known, notes: [note(kind, told.points.length)] }
  }
  const draft: Draft = {
    entries: [],
    counts: draftCounts(known?.counts ?? NO_ACCOUNTS),
    readUntil: new Map(),
    intervals: [],
    notes: new Map(),
    readAt: known?.readAt ?? 0,
    startedAt: known?.startedAt ?? Number.POSITIVE_INFINITY,
  }
  for (const points of byInterval(told.points)) bookInterval(draft, told, points, rules)
  const { entries, counts, intervals, notes, readAt, startedAt } = draft
  const position: Position = {
    id: process,
    identified: true,
    service,
    readAt,
    baseline: false,
    delta: true,
    counts: counts.done(),
    ...(Number.isFinite(startedAt) && { startedAt }),
  }
  return {
    entries,
    intervals,
    notes: [...notes].map(([kind, points]) => note(kind, points)),
    position: intervals.length > 0 ? position : known,
  }
}

/** Points of one interval together, the intervals in the order in which they ended. */
function byInterval(points: readonly DeltaPoint[]): readonly (readonly DeltaPoint[])[] {
  const groups = new Map<string, DeltaPoint[]>()
  for (const point of points) {
    const key = `${point.from}/${point.to}`
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [point])
    else group.push(point)
  }
  const end = ([point]: readonly DeltaPoint[]) => point?.to ?? 0n
  return [...groups.values()].sort((a, b) => (end(a) < end(b) ? -1 : end(a) > end(b) ? 1 : 0))
}

function bookInterval(draft: Draft, told: DeltaReading, points: readonly DeltaPoint[], rules: DeltaRules): void {
  const { from, to } = points[0] as DeltaPoint
  const end = milliseconds(to)
  // A clock that was set back in between leaves an end before the begin; then only the end is known.
  const start = from === 0n || from > to ? end : milliseconds(from)
  const kind = unbookable(start, end, rules)
  if (kind !== undefined) {
    count(draft, kind, points.length)
    return
  }
  const added = addSeries(draft, told, points, rules)
  const stretch = stretchBetween(Math.max(start, rules.birth), end, rules)
  for (const [account, counts] of added) {
    const entries: Entry[] = []
    addEntries(entries, stretch, account, counts, draft.readUntil.get(account) ?? rules.coveredUntil(account))
    const last = entries.findLast(({ covered }) => covered)
    if (last !== undefined) draft.readUntil.set(account, last.slot.start + last.slot.width)
    draft.entries.push(...entries)
  }
  draft.readAt = Math.max(draft.readAt, stretch.at)
  draft.startedAt = Math.min(draft.startedAt, start)
}

function unbookable(start: number, end: number, rules: DeltaRules): BookingNote['kind'] | undefined {
  if (end <= rules.forgottenUntil) return 'too_old'
  if (end > rules.now + DELTA_HORIZON_MS) return 'too_far_ahead'
  return start < rules.birth - rules.clockSkewMs ? 'before_birth' : undefined
}

/** Marks the points of an interval as booked. @returns what they add, by account */
function addSeries(
  draft: Draft,
  { speaker: { id: process, service } }: DeltaReading,
  points: readonly DeltaPoint[],
  rules: DeltaRules,
): ReadonlyMap<number, Counts> {
  const { from, to } = points[0] as DeltaPoint
  const { counts } = draft
  const seen = new Set(rules.seen(from, to))
  const before = seen.size
  const added = new Map<number, Counts>()
  for (const { journey, step, role, outcome, count: n } of points) {
    const account = rules.numberOf(service, { journey, step, role })
    const column = OUTCOMES.indexOf(outcome)
    const series = account * OUTCOMES.length + column
    const known = counts.find(account)
    const sum = (known === -1 ? 0 : (counts.counts[known + column] as number)) + n
    if (seen.has(series)) count(draft, 'repeated', 1)
    else if (!Number.isSafeInteger(sum)) count(draft, 'overflow', 1)
    else {
      seen.add(series)
      counts.counts[counts.placeOf(account) + column] = sum
      added.set(account, plus(added.get(account) ?? NO_COUNTS, column, n))
    }
  }
  if (seen.size > before) draft.intervals.push({ process, from, to, series: [...seen].sort((a, b) => a - b) })
  return added
}

function plus(counts: Counts, column: number, n: number): Counts {
  return counts.map((count, i) => (i === column ? count + n : count)) as unknown as Counts
}

function count({ notes }: Draft, kind: BookingNote['kind'], points: number): void {
  notes.set(kind, (notes.get(kind) ?? 0) + points)
}

function milliseconds(nanoseconds: bigint): number {
  return Number(nanoseconds / 1_000_000n)
}

import { type Counts, NO_COUNTS } from '../journey/index.ts'
import type { Account } from './account.ts'
import type { Entry } from './entry.ts'
import type { Reading, StepReading } from './reading.ts'
import type { Grid } from './slot.ts'
import { addEntries, stretchBetween } from './stretch.ts'

/** Where one process's counters stood at its last reading: what has been booked of it already. */
export type Position = {
  readonly id: string
  readonly identified: boolean
  readonly service: string
  readonly startedAt?: number
  /** When it was last read, milliseconds. */
  readonly readAt: number
  /** Its counts before this could not be booked, because it was already running when the ledger began. */
  readonly baseline: boolean
  /** When it said that it counts no more, milliseconds. Without it, what came after its last reading is in doubt. */
  readonly endedAt?: number
  /** It tells what was added since the last time, not what there is in all; `counts` is what that came to. */
  readonly delta?: true
  /** Highest counts booked, by account number. */
  readonly counts: ReadonlyMap<number, Counts>
}

/** Something about a reading that people should be able to find out. */
export type BookingNote = {
  readonly kind: NoteKind
  readonly process: string
  readonly service: string
  /** Of added counts: how many of them it is about. */
  readonly points?: number
}

type NoteKind =
  /** First sight of a process older than the ledger: its earlier events are not in the books. */
  | 'baseline'
  /** A source whose id outlives its process went back to zero. */
  | 'reset'
  /** A reading older than the last one; nothing was booked from it. */
  | 'stale'
  /** The process is known under another service; the first one keeps its books. */
  | 'foreign_service'
  /** The process is known to tell counts of the other kind, cumulative or added ones: both together would count twice. */
  | 'mixed_temporality'
  /** Added counts that were booked before. */
  | 'repeated'
  /** Added counts of a time so long ago, or so far ahead, that nobody can tell whether they are repeated. */
  | 'too_old'
  | 'too_far_ahead'
  /** Added counts of a time before the ledger. */
  | 'before_birth'
  /** Together with what was added before they are beyond 2⁵³ − 1. */
  | 'overflow'

export type BookingRules = {
  readonly grid: Grid
  /** When the ledger was born, milliseconds. */
  readonly birth: number
  /** How far the services' clocks may be off. */
  readonly clockSkewMs: number
  readonly now: number
  /** The latest that the collector's clock has shown, carried on by one that nobody sets: now, or later after a set-back. */
  readonly latest: number
  /** The account's number in the books. */
  readonly numberOf: (account: Account) => number
  /** The end (seconds) of the account's last slot that was really read. */
  readonly coveredUntil: (account: number) => number
}

export type Booking = {
  readonly entries: readonly Entry[]
  readonly position: Position
  readonly notes: readonly BookingNote[]
}

/**
 * Turns one reading into entries: what happened since the process's last reading. Never more than the truth, and the
 * same reading twice books nothing the second time:
 *
 * - a known process only counts up, so its highest reading is the truth and a lower one is old;
 * - only a source without process ids may start again at zero, and then all of its new counts are new;
 * - a process that started after the ledger was born, or in a past that is filled in, is counted whole; any other gives a
 *   baseline;
 * - what a reading adds happened after the last one and before now, whatever the clock says that stamped it.
 *
 * Readings of a source without process ids must come in the order in which they were taken.
 */
export function bookReading(told: Reading, known: Position | undefined, rules: BookingRules): Booking {
  const reading = withCredibleStart(told, rules)
  const { speaker } = reading
  const note = (kind: BookingNote['kind']): BookingNote => ({ kind, process: speaker.id, service: speaker.service })
  if (known === undefined) return bookFirstSight(reading, rules, note('baseline'))
  if (known.service !== speaker.service) return { entries: [], position: known, notes: [note('foreign_service')] }
  if (known.delta === true) return { entries: [], position: known, notes: [note('mixed_temporality')] }
  if (!known.identified && isOvertaken(reading, known, rules.now)) {
    return { entries: [], position: known, notes: [note('stale')] }
  }

  const restarted = !known.identified && hasRestarted(reading, known, rules)
  const base = restarted ? new Map<number, Counts>() : known.counts
  const from = restarted ? Math.max(known.readAt, speaker.startedAt ?? 0) : known.readAt
  const booked = bookIncrease(reading, base, from, rules)
  const stale = !restarted && booked.lower
  return {
    entries: booked.entries,
    position: {
      ...withoutEnd(known),
      ...startOf(reading, known, restarted, told.speaker.startedAt),
      readAt: Math.max(known.readAt, booked.at),
      baseline: known.baseline && !restarted,
      counts: booked.counts,
      ...endOf(reading, known, booked),
    },
    notes: [...(restarted ? [note('reset')] : []), ...(stale ? [note('stale')] : [])],
  }
}

/**
 * A start that lies ahead of the reading by more than clocks may be off was stamped by a clock that is wrong by an
 * unknown amount. Taken at its word, a process that ran long before the ledger would be counted whole, events from
 * before the ledger's birth included; so it counts as unknown, and the first reading is the baseline. A start that is
 * ahead only because our own clock was set back is none of these.
 */
function withCredibleStart(reading: Reading, { clockSkewMs, latest }: BookingRules): Reading {
  const { startedAt, ...speaker } = reading.speaker
  if (startedAt === undefined || startedAt <= Math.max(reading.at, latest) + clockSkewMs) return reading
  return { ...reading, speaker }
}

/**
 * Final are the counts of a reading, not the process: one that is scraped once more stays ended, one that counts on
 * was not at its end, and a last word that is older than what was read closes nothing.
 */
function endOf(reading: Reading, known: Position | undefined, booked: Booked): Pick<Position, 'endedAt'> {
  const before = booked.grew ? undefined : known?.endedAt
  if (reading.final === true && !booked.lower) return { endedAt: before ?? booked.at }
  return before === undefined ? {} : { endedAt: before }
}

function withoutEnd({ endedAt: _, ...position }: Position): Omit<Position, 'endedAt'> {
  return position
}

function bookFirstSight(reading: Reading, rules: BookingRules, baseline: BookingNote): Booking {
  const { speaker } = reading
  const since = Math.min(rules.birth, reading.knownSince ?? rules.birth)
  const whole = speaker.startedAt !== undefined && speaker.startedAt >= since - rules.clockSkewMs
  const position = {
    id: speaker.id,
    identified: speaker.identified,
    service: speaker.service,
    ...(speaker.startedAt === undefined ? {} : { startedAt: speaker.startedAt }),
    readAt: Math.min(reading.at, rules.now),
    baseline: !whole,
  }
  if (whole) {
    const booked = bookIncrease(reading, new Map(), Math.max(speaker.startedAt ?? 0, since), rules)
    const known = { ...position, readAt: booked.at, counts: booked.counts }
    return { entries: booked.entries, position: { ...known, ...endOf(reading, undefined, booked) }, notes: [] }
  }
  const counts = new Map<number, Counts>()
  for (const step of reading.steps) {
    const account = numberOf(reading, step, rules)
    counts.set(account, higherOf(counts.get(account) ?? NO_COUNTS, step.counts))
  }
  const end = reading.final === true ? { endedAt: position.readAt } : {}
  return { entries: [], position: { ...position, ...end, counts }, notes: [baseline] }
}

/**
 * Whether a later reading was booked already. A last reading that lies ahead of now was taken before the collector's
 * clock went back: it says nothing about the order, and refusing all until the clock is there again would be blindness.
 */
function isOvertaken(reading: Reading, known: Position, now: number): boolean {
  const { livesByStart, startedAt } = reading.speaker
  if (livesByStart === true) return (startedAt ?? Number.MAX_VALUE) + SAME_START_MS < (known.startedAt ?? 0)
  return reading.at < known.readAt && (known.readAt <= now || reading.at > now)
}

/** Starts this close together are one start. */
const SAME_START_MS = 1000

/**
 * Where a life begins is told again and again; who tells lives by it may tell later ones of series that came later. A start that
 * was not believed is remembered as it was told: once the clock is there and it can be believed, it is not a new life, whose
 * counts would all be booked a second time. Where no start was ever believed there is nothing that one could come after.
 */
function startOf(
  { speaker }: Reading,
  known: Position,
  restarted: boolean,
  told: number | undefined,
): Pick<Position, 'startedAt'> {
  const first = speaker.livesByStart === true && !restarted
  const unbelieved = known.startedAt === undefined ? undefined : (told ?? known.startedAt)
  const startedAt = first ? (known.startedAt ?? speaker.startedAt) : (speaker.startedAt ?? unbelieved)
  return startedAt === undefined ? {} : { startedAt }
}

/**
 * Any counter below what was read, or a life that began after the last reading of the known one: the source started again.
 * A start that moves but still lies before that reading is the same life by a corrected clock (many runtimes work their
 * start out from the machine's uptime), and counting it whole again would book everything twice.
 */
function hasRestarted(reading: Reading, known: Position, rules: BookingRules): boolean {
  const { startedAt, livesByStart } = reading.speaker
  const isLater =
    startedAt !== undefined &&
    known.startedAt !== undefined &&
    startedAt > known.startedAt + SAME_START_MS &&
    startedAt > known.readAt - rules.clockSkewMs
  // A later start is enough where lives are not told by it, and needed where they are.
  if (isLater !== (livesByStart === true)) return isLater
  return reading.steps.some((step) => {
    const before = known.counts.get(numberOf(reading, step, rules)) ?? NO_COUNTS
    return isLower(step, before)
  })
}

function isLower({ counts, partial }: StepReading, than: Counts): boolean {
  return counts.some((count, i) => count < (than[i] ?? 0) && (count > 0 || partial !== true))
}

type Booked = {
  readonly entries: readonly Entry[]
  readonly counts: ReadonlyMap<number, Counts>
  /** When the reading was taken, so far as that can be. */
  readonly at: number
  readonly lower: boolean
  /** Whether anything was added. */
  readonly grew: boolean
}

/** Books what was added to `base` since a time. */
function bookIncrease(reading: Reading, base: ReadonlyMap<number, Counts>, since: number, rules: BookingRules): Booked {
  const stretch = stretchBetween(since, reading.at, rules)
  const counts = new Map(base)
  const entries: Entry[] = []
  let lower = false
  let grew = false
  for (const step of reading.steps) {
    const account = numberOf(reading, step, rules)
    // From what is booked by now, not from `base`: an account that a reading names twice is not booked twice.
    const before = counts.get(account) ?? NO_COUNTS
    const highest = higherOf(before, step.counts)
    lower ||= isLower(step, base.get(account) ?? NO_COUNTS)
    grew ||= highest.some((count, i) => count > (before[i] ?? 0))
    counts.set(account, highest)
    addEntries(entries, stretch, account, differenceOf(highest, before), rules.coveredUntil(account))
  }
  return { entries, counts, at: stretch.at, lower, grew }
}

function differenceOf(a: Counts, b: Counts): Counts {
  return [a[0] - b[0], a[1] - b[1], a[2] - b[2], a[3] - b[3]]
}

/** Usually one of the two is higher in everything: then it is taken as it is, instead of making a third. */
function higherOf(a: Counts, b: Counts): Counts {
  if (a[0] >= b[0] && a[1] >= b[1] && a[2] >= b[2] && a[3] >= b[3]) return a
  if (b[0] >= a[0] && b[1] >= a[1] && b[2] >= a[2] && b[3] >= a[3]) return b
  return [Math.max(a[0], b[0]), Math.max(a[1], b[1]), Math.max(a[2], b[2]), Math.max(a[3], b[3])]
}

function numberOf(reading: Reading, { journey, step, role }: StepReading, rules: BookingRules): number {
  return rules.numberOf({ journey, step, service: reading.speaker.service, role })
}

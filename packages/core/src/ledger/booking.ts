import { type Counts, OUTCOMES } from '../journey/index.ts'
import type { Account } from './account.ts'
import type { Entry } from './entry.ts'
import { type AccountCounts, draftCounts, lookUp, NO_ACCOUNTS, type Position, raise } from './position.ts'
import type { Reading, StepReading } from './reading.ts'
import type { Grid } from './slot.ts'
import { addEntries, stretchBetween } from './stretch.ts'

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
  /** The number in the books of a service's account. */
  readonly numberOf: (service: string, of: Omit<Account, 'service'>) => number
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
  const base = restarted ? NO_ACCOUNTS : known.counts
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
    const booked = bookIncrease(reading, NO_ACCOUNTS, Math.max(speaker.startedAt ?? 0, since), rules)
    const known = { ...position, readAt: booked.at, counts: booked.counts }
    return { entries: booked.entries, position: { ...known, ...endOf(reading, undefined, booked) }, notes: [] }
  }
  const draft = draftCounts(NO_ACCOUNTS)
  for (const step of reading.steps) {
    increase(draft.counts, draft.placeOf(rules.numberOf(speaker.service, step)), step.counts)
  }
  const end = reading.final === true ? { endedAt: position.readAt } : {}
  return { entries: [], position: { ...position, ...end, counts: draft.done() }, notes: [baseline] }
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
  const find = lookUp(known.counts)
  const { service } = reading.speaker
  return reading.steps.some((step) => isLower(step, known.counts, find(rules.numberOf(service, step))))
}

/** Whether any count is lower than the one that was booked, whose place is -1 when there is none. */
function isLower({ counts, partial }: StepReading, { counts: booked }: AccountCounts, place: number): boolean {
  if (place === -1) return false
  for (let i = 0; i < OUTCOMES.length; i++) {
    const count = counts[i] as number
    if (count < (booked[place + i] ?? 0) && (count > 0 || partial !== true)) return true
  }
  return false
}

type Booked = {
  readonly entries: readonly Entry[]
  readonly counts: AccountCounts
  /** When the reading was taken, so far as that can be. */
  readonly at: number
  readonly lower: boolean
  /** Whether anything was added. */
  readonly grew: boolean
}

/** Books what was added to `base` since a time. */
function bookIncrease(reading: Reading, base: AccountCounts, since: number, rules: BookingRules): Booked {
  const { service } = reading.speaker
  const stretch = stretchBetween(since, reading.at, rules)
  const draft = draftCounts(base)
  const entries: Entry[] = []
  let lower = false
  let grew = false
  for (const step of reading.steps) {
    const account = rules.numberOf(service, step)
    const place = draft.placeOf(account)
    lower ||= isLower(step, base, place)
    // To what is booked by now, not to `base`: an account that a reading names twice is not booked twice.
    const added = increase(draft.counts, place, step.counts)
    grew ||= added[0] > 0 || added[1] > 0 || added[2] > 0 || added[3] > 0
    addEntries(entries, stretch, account, added, rules.coveredUntil(account))
  }
  return { entries, counts: draft.done(), at: stretch.at, lower, grew }
}

/** Raises the counts at a place to those that were told. @returns by how much, each by itself */
function increase(counts: number[], place: number, [good, slow, error, excluded]: Counts): Counts {
  return [
    raise(counts, place, good),
    raise(counts, place + 1, slow),
    raise(counts, place + 2, error),
    raise(counts, place + 3, excluded),
  ]
}

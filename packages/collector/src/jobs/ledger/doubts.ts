import type { Counts } from '@tabiji/core/journey'
import {
  type Books,
  type Doubt,
  eachAccount,
  estimateDoubt,
  type Look,
  type Pace,
  type Position,
  paceBetween,
  type Reading,
} from '@tabiji/core/ledger'
import { DAY, isoIn, type Range } from '@tabiji/core/time'
import type { ToldDoubt } from '../../ports/api.ts'
import type { DoubtStore } from '../../ports/doubt-store.ts'
import type { Ledger } from './ledger.ts'
import type { ReadOutcome } from './read.ts'

/** Readings in a row that must fail before it is doubted whether a process still lives. */
const MISSED_READINGS = 3

/** How far back the pace of a process is looked at. */
const PACE_MS = 5 * 60_000

/** Doubts that are older are left to the monthly reports: nobody will settle them any more. */
const RECENT_MS = 30 * DAY

/** Taken for a target that is not configured any more: how long its answers might take is forgotten. */
const LONG_TIMEOUT_MS = 60_000

/** Pushes in a row that must be missing before it is doubted whether a process still lives, and before it is taken for gone. */
const [MISSED_PUSHES, LOST_PUSHES] = [3, 20]

/** A process that pushes is a place of its own; no source has such a name, because theirs begin with the service's. */
const PUSH = ' push '

/** A source, and how long ago the answer at most was written when it arrives. */
export type PlaceRule = { readonly name: string; readonly timeoutMs: number }

/**
 * Watches which process answers where. One that is no longer seen and has not handed its final counters over leaves a
 * doubt: from its last reading until it is known to be gone, because another process answered in its place.
 */
export type Doubts = {
  /** Looks at what came of reading a source. Throws when a doubt cannot be written down; the next reading repeats it. */
  read(outcome: ReadOutcome): void
  /** A source is read from now on that was not before. */
  watch(place: PlaceRule): void
  /** A source is not read any more, because nobody lists its target: its process is gone, or is read somewhere else. */
  leave(source: string): void
  /** A reading was booked that a process handed over: its last word settles its doubt. */
  told(reading: Reading): void
  /**
   * A reading was booked that a process pushed. It owes the next one until it says its last word, if it is one that says
   * last words at all: those that tell their journeys file do.
   */
  pushed(reading: Reading): void
  /** Looks whose push is missing. */
  look(): void
  unsettledDuring(range: Range): readonly Doubt[]
  /** Unsettled doubts of the last 30 days. */
  recent(): readonly Doubt[]
  /** The newest first. */
  list(state: 'open' | 'all', limit: number): readonly Doubt[]
}

/** What is known of a source. Looks and the time of the last question are of this run of the collector only. */
type Place = {
  process: string | undefined
  readonly timeoutMs: number
  failures: number
  askedAt: number | undefined
  looks: Look[]
}

/** A process that owes a push, and when this run last heard of it; of one from before, when this run began. */
type Pusher = { readonly place: Place; readonly heardAt: number }

type Desk = {
  readonly store: DoubtStore
  readonly ledger: Pick<Ledger, 'positionOf' | 'books'>
  /** Unsettled doubts by process. */
  readonly open: Map<string, Doubt>
  readonly now: () => number
}

/**
 * Takes up the doubts where the last run left them.
 * @param pushMs how often processes push at least, milliseconds
 */
export function createDoubts(
  store: DoubtStore,
  ledger: Pick<Ledger, 'positionOf' | 'books'>,
  sources: readonly PlaceRule[],
  pushMs: number,
  now: () => number,
): Doubts {
  const desk: Desk = { store, ledger, now, open: new Map(store.unsettled().map((doubt) => [doubt.process, doubt])) }
  const known = store.places()
  const places = new Map<string, Place>(
    sources.map(({ name, timeoutMs }) => [name, emptyPlace(known.get(name), timeoutMs)]),
  )
  for (const process of [...desk.open.keys()]) settleIfEnded(desk, process)
  const pushing = new Map<string, Pusher>()
  for (const [name, process] of known) {
    if (places.has(name)) continue
    if (name.startsWith(PUSH)) {
      pushing.set(name, { place: emptyPlace(process, pushMs), heardAt: now() })
      continue
    }
    // Nobody will look there again, so nobody will learn when it is gone.
    doubt(desk, emptyPlace(process, LONG_TIMEOUT_MS), now())
    store.removePlace(name)
  }
  return {
    read: ({ source, result, booked, askedAt }) => {
      const place = places.get(source.name)
      if (place === undefined) return
      if (!result.ok) return missed(desk, place)
      if (booked && result.reading.speaker.identified) seen(desk, source.name, place, result.reading, askedAt)
    },
    watch: ({ name, timeoutMs }) => {
      if (!places.has(name)) places.set(name, emptyPlace(undefined, timeoutMs))
    },
    leave: (source) => {
      const place = places.get(source)
      if (place === undefined) return
      doubt(desk, place, now())
      places.delete(source)
      store.removePlace(source)
    },
    told: ({ speaker }) => {
      settleIfEnded(desk, speaker.id)
      letGo(desk, pushing, PUSH + speaker.id)
    },
    pushed: (reading) => {
      const { speaker, fingerprint } = reading
      if (!speaker.identified || fingerprint === undefined) return
      if (ledger.positionOf(speaker.id)?.endedAt !== undefined) return letGo(desk, pushing, PUSH + speaker.id)
      const name = PUSH + speaker.id
      const place = pushing.get(name)?.place ?? emptyPlace(undefined, pushMs)
      seen(desk, name, place, reading, reading.at - pushMs)
      pushing.set(name, { place, heardAt: now() })
    },
    look: () => {
      for (const [name, { place, heardAt }] of pushing) {
        const missing = Math.floor((now() - heardAt) / pushMs)
        if (missing < MISSED_PUSHES) continue
        const isLost = missing >= LOST_PUSHES
        doubt(desk, place, isLost ? now() : undefined)
        if (isLost) letGo(desk, pushing, name)
      }
    },
    unsettledDuring: ({ from, to }) =>
      [...desk.open.values()].filter((each) => each.from < to && (each.to ?? Number.MAX_SAFE_INTEGER) > from),
    recent: () => [...desk.open.values()].filter(({ to }) => (to ?? now()) > now() - RECENT_MS),
    list: (state, limit) =>
      state === 'all' ? store.list(limit) : [...desk.open.values()].sort((a, b) => b.from - a.from).slice(0, limit),
  }
}

function emptyPlace(process: string | undefined, timeoutMs: number): Place {
  return { process, timeoutMs, failures: 0, askedAt: undefined, looks: [] }
}

function seen(desk: Desk, name: string, place: Place, reading: Reading, askedAt: number): void {
  const { id } = reading.speaker
  if (place.process !== id) {
    if (place.process !== undefined) doubt(desk, place, reading.at)
    desk.store.savePlace(name, id)
    place.process = id
    place.looks = []
  }
  // Its counters are cumulative, so what it counted while it was not seen has been told by now.
  if (desk.open.has(id)) {
    desk.store.remove(id)
    desk.open.delete(id)
  }
  place.failures = 0
  place.askedAt = askedAt
  place.looks = place.looks.filter(({ at }) => at > reading.at - PACE_MS)
  place.looks.push({
    at: reading.at,
    counts: sumOf(reading.steps, ({ role, counts }) => (role === 'dependency' ? undefined : counts)),
  })
}

/** A process that has said its last word, or is taken for gone, owes no push any more. */
function letGo({ store }: Desk, pushing: Map<string, Pusher>, name: string): void {
  if (pushing.delete(name)) store.removePlace(name)
}

function missed(desk: Desk, place: Place): void {
  place.failures++
  if (place.failures >= MISSED_READINGS && place.process !== undefined) doubt(desk, place, undefined)
}

/** Doubts what the process of a place counted last, unless it said itself that this was all. */
function doubt({ store, ledger, open }: Desk, place: Place, to: number | undefined): void {
  const { process } = place
  const position = process === undefined ? undefined : ledger.positionOf(process)
  if (process === undefined || position === undefined || position.endedAt !== undefined) return
  const before = open.get(process)
  // One that nobody knows to be gone stays as it is until somebody knows.
  if (before !== undefined && (to === undefined || before.to !== undefined)) return
  const from = Math.min(position.readAt, place.askedAt ?? position.readAt - place.timeoutMs)
  const { service } = position
  const opened = before ?? { process, service, from, pace: paceOf(place, position, ledger.books) }
  const next = to === undefined ? opened : { ...opened, to: Math.max(to, opened.from) }
  store.save(next)
  open.set(process, next)
}

function settleIfEnded({ store, ledger, open, now }: Desk, process: string): void {
  const before = open.get(process)
  if (before === undefined || ledger.positionOf(process)?.endedAt === undefined) return
  store.save({ ...before, settledAt: now() })
  open.delete(process)
}

/**
 * An event that is a dependency's too is one event, and must be estimated once. The pace of the last minutes; after a restart of the collector
 * that of the process's whole life.
 */
function paceOf({ looks }: Place, { counts, readAt, startedAt }: Position, { accounts }: Books): Pace {
  const first = looks[0]
  const last = looks.at(-1)
  if (first !== undefined && last !== undefined && last.at > first.at) return paceBetween(first, last)
  const own = sumOf(eachAccount(counts), ([number, each]) =>
    accounts[number]?.role === 'dependency' ? undefined : each,
  )
  return paceBetween({ at: startedAt ?? readAt, counts: [0, 0, 0, 0] }, { at: readAt, counts: own })
}

/** Sums what rows count, without a list in between: it is asked of each reading of each target. @param countsIn nothing of a row that does not count */
function sumOf<Row>(rows: Iterable<Row>, countsIn: (row: Row) => Counts | undefined): Counts {
  let [good, slow, error, excluded] = [0, 0, 0, 0]
  for (const row of rows) {
    const counts = countsIn(row)
    if (counts === undefined) continue
    good += counts[0]
    slow += counts[1]
    error += counts[2]
    excluded += counts[3]
  }
  return [good, slow, error, excluded]
}

/** How many events may be missing in all, whatever their outcome: an estimate. */
export function eventsIn(doubts: readonly Doubt[], now: number): number {
  return doubts.reduce((total, doubt) => total + estimateDoubt(doubt, now).reduce((sum, count) => sum + count, 0), 0)
}

/** Doubts as the API tells them: in whole seconds, and wide enough to hold every event in doubt. */
export function tellDoubts(doubts: readonly Doubt[], zone: string, now: number): readonly ToldDoubt[] {
  return doubts.map((doubt) => ({
    process: doubt.process,
    service: doubt.service,
    from: isoIn(doubt.from, zone),
    ...(doubt.to !== undefined && { to: isoIn(Math.ceil(doubt.to / 1000) * 1000, zone) }),
    ...(doubt.settledAt !== undefined && { settledAt: isoIn(doubt.settledAt, zone) }),
    estimate: estimateDoubt(doubt, now),
  }))
}

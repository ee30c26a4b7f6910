import fc from 'fast-check'
import type { Counts } from '../../journey/index.ts'
import type { Reading, Speaker } from '../reading.ts'
import { BIRTH } from './desk.ts'

/** What may happen next in a world of a few services and one collector. Times are milliseconds. */
export type Happening =
  /** Time goes by. */
  | { readonly kind: 'wait'; readonly ms: number }
  /** The place's process finishes events of a step. */
  | {
      readonly kind: 'events'
      readonly place: number
      readonly step: number
      readonly outcome: number
      readonly n: number
    }
  /** It is read; the answer may be kept back, to arrive later or never. */
  | { readonly kind: 'read'; readonly place: number; readonly keep: boolean }
  /** It ends, having handed its counters over or not, and the next one starts. */
  | { readonly kind: 'restart'; readonly place: number; readonly handOver: boolean }
  /** A reading arrives that was kept back, or once more. */
  | { readonly kind: 'arrive'; readonly pick: number }
  /** The collector's clock is set. */
  | { readonly kind: 'set_clock'; readonly ms: number }

/** A place where one process after another lives: an address, or a pod of a deployment. */
type Place = { readonly identified: boolean; readonly skewMs: number; readonly startsBeforeBirth: boolean }

export type HistoryPlan = { readonly places: readonly Place[]; readonly happenings: readonly Happening[] }

/** A reading as it comes to the collector. */
export type Arrival = {
  readonly reading: Reading
  readonly now: number
  /** By a clock that nobody sets. */
  readonly latest: number
}

/** What truly happened: one life of a process. */
type Life = {
  readonly speaker: Speaker
  /** It ran before the ledger was born, so what it did before it was first heard is unknown. */
  readonly baseline: boolean
  /** Events by step and outcome. */
  readonly counts: number[][]
  /** The same when it was last told to the collector. */
  told: number[][]
  /** The same when it was first told. */
  firstTold?: number[][]
}

export const STEPS = ['start', 'upload'] as const
/** By how much services' clocks are off at most. */
const SKEW = 5_000

const PLACES = 3
const anyWait = fc.oneof(
  { weight: 6, arbitrary: fc.integer({ min: 1, max: 20_000 }) },
  { weight: 2, arbitrary: fc.integer({ min: 1, max: 600_000 }) },
  { weight: 1, arbitrary: fc.integer({ min: 1, max: 5 * 86_400_000 }) },
)
const place = fc.nat(PLACES - 1)

/** @param clock whether the collector's clock is set now and then, by up to two hours. */
export function anyHistory({ maxLength = 60, clock = false } = {}): fc.Arbitrary<HistoryPlan> {
  const happening: fc.Arbitrary<Happening> = fc.oneof(
    { weight: 6, arbitrary: fc.record({ kind: fc.constant('wait' as const), ms: anyWait }) },
    {
      weight: 8,
      arbitrary: fc.record({
        kind: fc.constant('events' as const),
        place,
        step: fc.nat(STEPS.length - 1),
        outcome: fc.nat(3),
        n: fc.oneof(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 1_000 })),
      }),
    },
    { weight: 8, arbitrary: fc.record({ kind: fc.constant('read' as const), place, keep: fc.boolean() }) },
    { weight: 2, arbitrary: fc.record({ kind: fc.constant('restart' as const), place, handOver: fc.boolean() }) },
    { weight: 3, arbitrary: fc.record({ kind: fc.constant('arrive' as const), pick: fc.nat(1_000) }) },
    {
      weight: clock ? 1 : 0,
      arbitrary: fc.record({
        kind: fc.constant('set_clock' as const),
        ms: fc.integer({ min: -7_200_000, max: 7_200_000 }),
      }),
    },
  )
  const anyPlace = fc.record({
    identified: fc.boolean(),
    skewMs: fc.integer({ min: -SKEW, max: SKEW }),
    startsBeforeBirth: fc.boolean(),
  })
  return fc.record({
    places: fc.array(anyPlace, { minLength: PLACES, maxLength: PLACES }),
    happenings: fc.array(happening, { minLength: 1, maxLength, size: 'max' }),
  })
}

/** The world while a plan is played: who lives where, what they did, and what the collector's clock says. */
export type World = {
  readonly lives: readonly Life[]
  readonly now: number
  /** Reads every process that lives, as a collector does that catches up. */
  readAll(): readonly Arrival[]
}

/** Plays a plan and hands over every arrival together with the world as it is then. */
export function playHistory(plan: HistoryPlan, arrive: (arrival: Arrival, world: World) => void): World {
  let time = BIRTH + 1
  let clock = 0
  let ordered = true
  const lives: Life[] = []
  const kept: Reading[] = []
  const beginLife = (at: number): Life => {
    const { identified, skewMs, startsBeforeBirth } = plan.places[at] as Place
    const first = !lives.some((life) => life.speaker.id.startsWith(`place-${at}`))
    // An hour before the birth, so that no clock within the stated skew makes it look later.
    const baseline = first && startsBeforeBirth
    const startedAt = (baseline ? BIRTH - 3_600_000 : time) + skewMs
    const id = identified ? `place-${at}-life-${lives.length}` : `place-${at}`
    const life = { speaker: { id, identified, service: 'scan', startedAt }, baseline, counts: zeros(), told: zeros() }
    lives.push(life)
    return life
  }
  const here = plan.places.map((_, at) => beginLife(at))
  const now = () => time + clock
  const readingOf = (life: Life, at: number): Reading => {
    const steps = STEPS.map((step, i) => ({
      journey: 'measure-feet',
      step,
      role: 'own' as const,
      counts: [...(life.counts[i] ?? [])] as unknown as Counts,
    }))
    return { speaker: life.speaker, at, steps }
  }
  const tell = (life: Life, reading: Reading) => {
    const counts = reading.steps.map((step) => [...step.counts])
    life.firstTold ??= counts
    life.told = life.told.map((row, i) => row.map((count, j) => Math.max(count, counts[i]?.[j] ?? 0)))
    arrive({ reading, now: now(), latest: time }, world)
  }
  const world: World = {
    lives,
    get now() {
      return now()
    },
    readAll: () => here.map((life) => ({ reading: readingOf(life, now()), now: now(), latest: time })),
  }
  for (const happening of plan.happenings) {
    // Two things never happen in one millisecond, nor two starts in the second within which starts are the same.
    time += happening.kind === 'restart' ? 2 * SKEW + 1_001 : 1
    if (happening.kind === 'wait') time += happening.ms
    else if (happening.kind === 'set_clock') {
      clock += happening.ms
      ordered = false
    } else if (happening.kind === 'events') {
      const row = here[happening.place]?.counts[happening.step]
      if (row !== undefined) row[happening.outcome] = (row[happening.outcome] ?? 0) + happening.n
    } else if (happening.kind === 'arrive') {
      const reading = kept[happening.pick % Math.max(1, kept.length)]
      const life = lives.find((each) => each.speaker === reading?.speaker)
      // A source without ids is only ever read in order: what comes late from it is older, by a clock that was not set.
      if (reading !== undefined && life !== undefined && (life.speaker.identified || ordered)) tell(life, reading)
    } else {
      const life = here[happening.place] as Life
      const reading = readingOf(life, now())
      kept.push(reading)
      if (happening.kind === 'read') {
        if (!happening.keep) tell(life, reading)
      } else {
        const { identified, skewMs } = plan.places[happening.place] as Place
        if (happening.handOver && identified) tell(life, { ...reading, at: time + skewMs })
        here[happening.place] = beginLife(happening.place)
      }
    }
  }
  return world
}

function zeros(): number[][] {
  return STEPS.map(() => [0, 0, 0, 0])
}

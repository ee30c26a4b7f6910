import {
  type CompiledObjective,
  compileEvaluator,
  type DurationBucket,
  eventsWithin,
  type LowTraffic,
  lowTraffic,
  policyOf,
  refreshAccounts,
  tallyBetween,
  tightestEdge,
} from '@tabiji/core/budget'
import type { Definition, Journey, Level, Objective, Step } from '@tabiji/core/journey'
import type { Range } from '@tabiji/core/time'
import type { Config } from '../config/config.ts'
import { openLedger } from '../jobs/ledger/ledger.ts'
import type { AuditStore } from '../ports/audit.ts'
import { consult, type Unreadable } from './audit.ts'
import { replayStored } from './replay.ts'

/** What a promised time would have come to. */
type WithinAdvice = {
  readonly ms: number
  /** The class of that name promises it; absent for a bare time. */
  readonly className?: string
  /** Events that took at most so long. */
  readonly inTime: number
  /** The latency objectives (also those of experience) whose target so many events in time would reach. */
  readonly meets: readonly string[]
}

export type StepAdvice = {
  readonly step: Step
  /** Events of which it is known how long they took, and all that the books have. */
  readonly measured: number
  readonly booked: number
  /** Upper edges of the buckets that hold the percentile, milliseconds; absent beyond all edges, or without events. */
  readonly percentiles: { readonly p50?: number; readonly p95?: number; readonly p99?: number }
  /** What is promised, each class, and the tightest edges that reach the journey's latency targets, ascending. */
  readonly withins: readonly WithinAdvice[]
}

type TargetAdvice = {
  readonly targetPpm: number
  readonly isPresent: boolean
  /** Whether all that was booked would have met it. */
  readonly met: boolean
  /** Alerts that would have begun, by level. */
  readonly alerts: Readonly<Record<Level, number>>
}

export type ObjectiveAdvised = {
  readonly objective: Objective
  readonly bad: number
  readonly valid: number
  readonly targets: readonly TargetAdvice[]
  readonly lowTraffic: readonly LowTraffic[]
}

export type JourneyAdvice = {
  readonly sample: boolean
  readonly from: number
  readonly to: number
  readonly steps: readonly StepAdvice[]
  readonly objectives: readonly ObjectiveAdvised[]
}

/** Targets that people choose, parts per million. */
const LADDER = [900_000, 950_000, 980_000, 990_000, 995_000, 998_000, 999_000, 999_500, 999_900, 999_950, 999_990]

/** Reads from the record of a journey what it could promise, and what each promise would have cost. Nothing is changed. */
export function adviseStore(
  config: Config,
  definition: Definition,
  journey: Journey,
  range: Range,
): { readonly ok: true; readonly answer: JourneyAdvice } | Unreadable {
  return consult(config.storeFile, (store) => {
    const from = Math.max(range.from, store.ledger().keptFrom() * 1000)
    const within = { from, to: range.to }
    const { steps, tallies } = stepsOf(store, config, definition, journey, within)
    const objectives = objectivesOf(store, config, definition, journey, within, tallies)
    return { sample: store.sample, ...within, steps, objectives }
  })
}

type Tallies = ReadonlyMap<string, { readonly bad: number; readonly valid: number }>

function stepsOf(store: AuditStore, config: Config, definition: Definition, journey: Journey, { from, to }: Range) {
  const ledger = openLedger(store.ledger(), config.ledger)
  const [start, end] = [from, to].map((at) => ledger.pointAt(Math.floor(at / 1000)).rows)
  if (start === undefined || end === undefined) throw new Error('Expected two points')
  const tallyOf = (objective: Objective) => {
    const evaluator = compileEvaluator({ ...definition, journeys: [{ ...journey, objectives: [objective] }] })
    refreshAccounts(evaluator, ledger.books)
    return tallyBetween(evaluator.objectives[0] as CompiledObjective, start, end)
  }
  const buckets = store.durations().between(journey.name, Math.floor(from / 1000), Math.ceil(to / 1000))
  const targets = journey.objectives.filter(({ indicator }) => indicator !== 'availability')
  const steps = journey.steps.map((step): StepAdvice => {
    const own = mergeEdges(buckets.filter((each) => each.step === step.name))
    const booked = tallyOf({ ...ANY, step: step.name }).valid
    const measured = eventsWithin(own, Number.POSITIVE_INFINITY)
    const judging = targets.filter((objective) => (objective.step ?? step.name) === step.name)
    const reached = judging.flatMap(({ targetPpm }) => tightestEdge(own, targetPpm) ?? [])
    return {
      step,
      measured,
      booked,
      percentiles: percentilesOf(own),
      withins: measured === 0 ? [] : withinsOf(own, [step.withinMs, ...reached], definition.classes, judging),
    }
  })
  const tallies = new Map(journey.objectives.map((objective) => [objective.name, tallyOf(objective)]))
  return { steps, tallies }
}

const ANY: Objective = { name: 'any', indicator: 'availability', targetPpm: 1, window: { kind: 'month' } }

function mergeEdges(buckets: readonly DurationBucket[]): readonly DurationBucket[] {
  const sums = new Map<number, number>()
  for (const { edge, events } of buckets) sums.set(edge, (sums.get(edge) ?? 0) + events)
  return [...sums].map(([edge, events]) => ({ edge, events })).sort((a, b) => a.edge - b.edge)
}

function percentilesOf(buckets: readonly DurationBucket[]): StepAdvice['percentiles'] {
  const [p50, p95, p99] = [500_000, 950_000, 990_000].map((ppm) => tightestEdge(buckets, ppm))
  return { ...(p50 !== undefined && { p50 }), ...(p95 !== undefined && { p95 }), ...(p99 !== undefined && { p99 }) }
}

function withinsOf(
  buckets: readonly DurationBucket[],
  times: readonly number[],
  classes: Definition['classes'],
  judging: readonly Objective[],
): readonly WithinAdvice[] {
  const total = eventsWithin(buckets, Number.POSITIVE_INFINITY)
  const names = new Map(Object.entries(classes).map(([name, ms]) => [ms, name]))
  return [...new Set([...times, ...names.keys()])]
    .sort((a, b) => a - b)
    .map((ms) => {
      const className = names.get(ms)
      const inTime = eventsWithin(buckets, ms)
      const reaches = ({ targetPpm }: Objective) => BigInt(inTime) * 1_000_000n >= BigInt(total) * BigInt(targetPpm)
      const meets = judging.filter(reaches).map(({ name }) => name)
      return { ms, ...(className !== undefined && { className }), inTime, meets }
    })
}

/** All candidates are judged in one walk: each is an objective of its own, under a name that no file can have. */
function objectivesOf(
  store: AuditStore,
  config: Config,
  definition: Definition,
  journey: Journey,
  range: Range,
  tallies: Tallies,
): readonly ObjectiveAdvised[] {
  const candidates = journey.objectives.flatMap((objective) =>
    targetsFor(objective).map((targetPpm) => ({ ...objective, name: `${objective.name} ${targetPpm}`, targetPpm })),
  )
  const tried = { ...definition, journeys: [{ ...journey, objectives: candidates, alerts: [] }] }
  const query = { ...range, everyMs: 60_000, knowledge: 'now' } as const
  const { episodes } = replayStored(store, config, tried, query)
  return journey.objectives.map((objective): ObjectiveAdvised => {
    const { bad, valid } = tallies.get(objective.name) ?? { bad: 0, valid: 0 }
    const targets = targetsFor(objective).map((targetPpm): TargetAdvice => {
      const own = episodes.filter(({ first }) => first.objective?.name === `${objective.name} ${targetPpm}`)
      const count = (level: Level) => own.filter((each) => each.level === level).length
      const met = valid > 0 && BigInt(bad) * 1_000_000n <= BigInt(valid) * BigInt(1_000_000 - targetPpm)
      const isPresent = targetPpm === objective.targetPpm
      return { targetPpm, isPresent, met, alerts: { 1: count(1), 2: count(2), 3: count(3) } }
    })
    return { objective, bad, valid, targets, lowTraffic: lowTraffic(objective) }
  })
}

/** The present target and two rungs on either side of it. A policy must be exact for each; one that is not is left out. */
function targetsFor(objective: Objective): readonly number[] {
  const below = LADDER.filter((ppm) => ppm < objective.targetPpm).slice(-2)
  const above = LADDER.filter((ppm) => ppm > objective.targetPpm).slice(0, 2)
  return [...below, objective.targetPpm, ...above].filter((targetPpm) => isExact({ ...objective, targetPpm }))
}

function isExact(objective: Objective): boolean {
  try {
    lowTraffic(objective)
    return policyOf(objective) !== undefined
  } catch (error) {
    if (error instanceof RangeError) return false
    throw error
  }
}

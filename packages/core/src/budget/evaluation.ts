import type { Definition, Journey, Level, Objective, Pair, Policy } from '../journey/index.ts'
import { type Books, COLUMNS } from '../ledger/index.ts'
import { INDICATOR, objectiveId, type Tally } from '../slo/index.ts'
import { isProven } from './guard.ts'
import { factorOf, periodOf, policyOf, thresholdOf } from './policy.ts'
import { compareProducts, exceeds, type Ratio } from './ratio.ts'
import { unitOf } from './slices.ts'

const HALF: Ratio = { num: 1, den: 2 }

/** A pair with its thresholds worked out once. */
export type CompiledPair = {
  readonly pair: Pair
  readonly level: Level
  /** Positions of the windows in {@link Evaluator.windows}. */
  readonly long: number
  readonly short: number
  readonly fires: Ratio
  /** A short window is calm while it is not above this: half the factor. */
  readonly disturbs: Ratio
}

/** An objective, ready to be judged at every tick. */
export type CompiledObjective = {
  readonly id: string
  readonly journey: Journey
  readonly objective: Objective
  readonly pairs: readonly CompiledPair[]
  /** The composites that it is a member of, `JOURNEY/COMPOSITE`; absent: none. */
  readonly hurts?: readonly string[]
  /** Numbers of the accounts that feed it; `refreshAccounts` keeps it up to date. */
  accounts: readonly number[]
  /**
   * Of a budget in slices, bad and valid by window in its own units, as they were when windows were last asked for: they are
   * no difference of two points of the events.
   */
  sliced?: Float64Array
}

/** All objectives of a definition and the windows that they need, each once. */
export type Evaluator = {
  readonly objectives: readonly CompiledObjective[]
  /** Lengths in milliseconds of all alerting windows, ascending. */
  readonly windows: readonly number[]
  /** How many accounts the books had when the accounts were last looked up. */
  knownAccounts: number
}

/** What one pair says now. */
export type PairReading = {
  readonly pair: Pair
  readonly long: Tally
  readonly short: Tally
  /** Both windows burn faster than the factor and the long one proves it. */
  readonly holds: boolean
  /** The short window burns slower than half the factor. */
  readonly calm: boolean
}

export function compileEvaluator(definition: Definition): Evaluator {
  const pairs = definition.journeys.flatMap(({ objectives }) => objectives.flatMap((each) => policyOf(each).pairs))
  const windows = [...new Set(pairs.flatMap((pair) => [pair.longMs, pair.shortMs]))].sort((a, b) => a - b)
  const pairsOf = sharedPairs(windows)
  const composites = compositesOf(definition)
  const objectives = definition.journeys.flatMap((journey) =>
    journey.objectives.map((objective): CompiledObjective => {
      const id = objectiveId(journey.name, objective)
      const hurts = composites.get(id)
      return { id, journey, objective, pairs: pairsOf(objective), accounts: [], ...(hurts !== undefined && { hurts }) }
    }),
  )
  return { objectives, windows, knownAccounts: -1 }
}

/** The composites of each objective that is a member of some, as `JOURNEY/COMPOSITE`. */
function compositesOf({ journeys }: Definition): ReadonlyMap<string, readonly string[]> {
  const known = new Map<string, string[]>()
  for (const { name: journey, composites = [] } of journeys) {
    for (const { name, members } of composites) {
      for (const member of members) known.set(member, [...(known.get(member) ?? []), `${journey}/${name}`])
    }
  }
  return known
}

/** Objectives of one policy, target and kind of window have the same thresholds: one set of pairs serves them all. */
function sharedPairs(windows: readonly number[]): (objective: Objective) => readonly CompiledPair[] {
  const known = new Map<Policy, Map<string, readonly CompiledPair[]>>()
  return (objective) => {
    const policy = policyOf(objective)
    const ofPolicy = known.get(policy) ?? new Map<string, readonly CompiledPair[]>()
    known.set(policy, ofPolicy)
    const key = `${objective.targetPpm}/${periodOf(objective.window)}`
    const pairs = ofPolicy.get(key) ?? compilePairs(objective, windows)
    ofPolicy.set(key, pairs)
    return pairs
  }
}

function compilePairs(objective: Objective, windows: readonly number[]): readonly CompiledPair[] {
  return policyOf(objective).pairs.map((pair) => {
    const factor = factorOf(pair, objective.window)
    return {
      pair,
      level: pair.level,
      long: windows.indexOf(pair.longMs),
      short: windows.indexOf(pair.shortMs),
      fires: thresholdOf(factor, objective.targetPpm),
      disturbs: thresholdOf(factor, objective.targetPpm, HALF),
    }
  })
}

/** Looks up which accounts feed which objective, when the books have new ones. */
export function refreshAccounts(evaluator: Evaluator, books: Books): void {
  if (evaluator.knownAccounts === books.accounts.length) return
  evaluator.knownAccounts = books.accounts.length
  const ofJourney = new Map<string, number[]>()
  books.accounts.forEach(({ role, journey }, number) => {
    if (role !== 'own' && role !== 'probe') return
    const key = `${role} ${journey}`
    const numbers = ofJourney.get(key)
    if (numbers === undefined) ofJourney.set(key, [number])
    else numbers.push(number)
  })
  for (const compiled of evaluator.objectives) {
    const { journey, objective } = compiled
    const feeds = (step: string) =>
      step === (objective.step ?? step) && journey.steps.some((known) => known.name === step)
    const numbers = ofJourney.get(`${objective.of ?? 'own'} ${journey.name}`) ?? []
    // As a copy: a filtered list keeps room for sixteen more.
    compiled.accounts = numbers.filter((number) => feeds(books.accounts[number]?.step ?? '')).slice()
  }
}

/** Rows of the cumulative points that the windows begin at, in the order of {@link Evaluator.windows}. */
export type WindowRows = readonly Float64Array[]

/**
 * Judges one objective: 4 subtractions per account and window. `scratch` holds bad and valid by window and is
 * overwritten; it saves an allocation per objective at every tick.
 *
 * @returns bit `level` set when the level's condition holds, bit `level + 4` when it is not calm. 0 is all well.
 */
export function judge(
  compiled: CompiledObjective,
  total: Float64Array,
  windows: WindowRows,
  scratch: Float64Array,
): number {
  lookAtWindows(compiled, total, windows, scratch)
  let verdict = 0
  const { guard } = policyOf(compiled.objective)
  const unit = unitOf(compiled.objective)
  for (const pair of compiled.pairs) {
    const shortBad = scratch[pair.short * 2] as number
    const shortValid = scratch[pair.short * 2 + 1] as number
    const longBad = scratch[pair.long * 2] as number
    const longValid = scratch[pair.long * 2 + 1] as number
    // No events at all is calm only once the long window is empty too: a road that nobody can enter is not a mended one.
    const calm = shortValid === 0 ? longValid === 0 : !reaches(shortBad, shortValid, pair.disturbs)
    if (!calm) verdict |= 16 << pair.level
    if (!exceeds(shortBad, shortValid, pair.fires) || !exceeds(longBad, longValid, pair.fires)) continue
    if (isProven({ bad: longBad / unit, valid: longValid / unit }, pair.fires, guard)) verdict |= 1 << pair.level
  }
  return verdict
}

export const holdsAt = (verdict: number, level: Level): boolean => (verdict & (1 << level)) !== 0
export const isCalmAt = (verdict: number, level: Level): boolean => (verdict & (16 << level)) === 0

/** The same as {@link judge} spelled out per pair, for messages, pages and explanations. */
export function readPairs(
  compiled: CompiledObjective,
  total: Float64Array,
  windows: WindowRows,
): readonly PairReading[] {
  const scratch = new Float64Array(windows.length * 2)
  lookAtWindows(compiled, total, windows, scratch)
  const { guard } = policyOf(compiled.objective)
  const unit = unitOf(compiled.objective)
  const at = (window: number): Tally => ({ bad: scratch[window * 2] ?? 0, valid: scratch[window * 2 + 1] ?? 0 })
  return compiled.pairs.map((pair) => {
    const long = at(pair.long)
    const short = at(pair.short)
    const burns = exceeds(short.bad, short.valid, pair.fires) && exceeds(long.bad, long.valid, pair.fires)
    return {
      pair: pair.pair,
      long,
      short,
      holds: burns && isProven({ bad: long.bad / unit, valid: long.valid / unit }, pair.fires, guard),
      calm: short.valid === 0 ? long.valid === 0 : !reaches(short.bad, short.valid, pair.disturbs),
    }
  })
}

/** Bad and valid events of the accounts between two cumulative points, however the budget is kept. */
export function tallyBetween(compiled: CompiledObjective, from: Float64Array, to: Float64Array): Tally {
  tallyWindows(compiled, to, [from], BETWEEN)
  return { bad: BETWEEN[0] as number, valid: BETWEEN[1] as number }
}

/** A month of a large file asks hundreds of thousands of times. */
const BETWEEN = new Float64Array(2)

function lookAtWindows(
  compiled: CompiledObjective,
  total: Float64Array,
  windows: WindowRows,
  scratch: Float64Array,
): void {
  const { objective, sliced, id } = compiled
  if (objective.budgeting === undefined) tallyWindows(compiled, total, windows, scratch)
  else if (sliced !== undefined) scratch.set(sliced)
  else throw new Error(`Expected the slices of ${id} to be counted before it is judged`)
}

function tallyWindows(
  compiled: CompiledObjective,
  total: Float64Array,
  windows: WindowRows,
  scratch: Float64Array,
): void {
  const { bad, valid } = INDICATOR[compiled.objective.indicator]
  for (let w = 0; w < windows.length; w++) {
    const edge = windows[w] as Float64Array
    let badEvents = 0
    let validEvents = 0
    for (const account of compiled.accounts) {
      const at = account * COLUMNS
      const good = (total[at] ?? 0) - (edge[at] ?? 0)
      const slow = (total[at + 1] ?? 0) - (edge[at + 1] ?? 0)
      const error = (total[at + 2] ?? 0) - (edge[at + 2] ?? 0)
      badEvents += good * bad[0] + slow * bad[1] + error * bad[2]
      validEvents += good * valid[0] + slow * valid[1] + error * valid[2]
    }
    scratch[w * 2] = badEvents
    scratch[w * 2 + 1] = validEvents
  }
}

/** bad ÷ valid ≥ limit, exactly: "below half the factor" is the opposite of it. */
function reaches(bad: number, valid: number, limit: Ratio): boolean {
  return compareProducts(bad, limit.den, valid, limit.num) >= 0
}

import type { Definition } from '@tabiji/core/journey'
import type { RulerMonth } from '@tabiji/core/report'
import { type Ruled, type RuledSample, readRuled, ruledRules, slothId } from '@tabiji/core/ruler'
import { objectiveId } from '@tabiji/core/slo'
import { addMonths, isoIn, monthOf, monthRange, type Range } from '@tabiji/core/time'
import type { Check } from '../../ports/api.ts'
import type { Ruler } from '../../ports/ruler.ts'

/** What a ruler said last. None of it is in the ledger, and none of it is added to what is. */
export type Results = {
  /** Asks the ruler. Never rejects; a failure leaves what was known until it is too old. */
  poll(signal: AbortSignal): Promise<void>
  /** Of an objective by its id, with when it was asked for (milliseconds); nothing when that is too long ago. */
  of(objective: string): { readonly ruled: Ruled; readonly at: number } | undefined
  /** Whether the ruler rings by the rule, so that it is its to tell. Not while its results are missing: somebody must. */
  rings(rule: string): boolean
  /** Of an objective in a month (`YYYY-MM`), as far as it was asked for: the present one and the one before. */
  month(month: string, objective: string): RulerMonth | undefined
  check(): Check
}

/** Missed answers that are borne before the last one is too old. */
const MISSED = 3

/** A month is added up from many samples, so it is asked for once in so many turns. */
const TURNS_PER_MONTH = 10

type Month = { readonly month: string; readonly to: number; readonly of: ReadonlyMap<string, RulerMonth> }

type State = {
  readonly at: number
  readonly ruled: ReadonlyMap<string, Ruled>
  readonly ambiguous: readonly string[]
}

export function createResults(
  ruler: Ruler,
  definition: () => Definition,
  intervalMs: number,
  now: () => number,
  tell: (message: string) => void,
): Results {
  let state: State | undefined
  let failure: string | undefined
  let months: readonly Month[] = []
  let turn = 0
  const fresh = () => (state !== undefined && now() - state.at <= intervalMs * MISSED ? state : undefined)
  const ruledBy = remembering((file: Definition) => new Set(file.journeys.flatMap(ruledRules)))

  const pollMonths = async (ruled: State['ruled'], signal: AbortSignal) => {
    const { timeZone } = definition()
    const current = monthOf(now(), timeZone)
    for (const month of [addMonths(current, -1), current]) {
      const range = monthRange(month, timeZone)
      const known = months.find((each) => each.month === month)
      // A month that was over when it was asked for is as good as it will be.
      if (known !== undefined && known.to >= range.to) continue
      const told = await askMonth(ruler, definition(), ruled, { ...range, to: Math.min(range.to, now()) }, signal)
      if (typeof told === 'string') tell(told)
      else
        months = [...months.filter((each) => each.month !== month), { month, to: Math.min(range.to, now()), of: told }]
    }
    months = months.slice(-2)
  }

  return {
    poll: async (signal) => {
      const at = now()
      const read = await ruler.read(at, signal)
      if (signal.aborted) return
      if (!read.ok) {
        failure = read.message
        tell(read.message)
        return
      }
      failure = undefined
      state = { at, ...readRuled(definition(), read.results, read.alerts) }
      if (turn++ % TURNS_PER_MONTH === 0) await pollMonths(state.ruled, signal)
    },
    of: (objective) => {
      const known = fresh()
      const ruled = known?.ruled.get(objective)
      return known === undefined || ruled === undefined ? undefined : { ruled, at: known.at }
    },
    rings: (rule) => {
      const ruled = fresh()?.ruled
      return ruled?.has(rule.slice(0, rule.lastIndexOf('/'))) === true && ruledBy(definition()).has(rule)
    },
    month: (month, objective) => months.find((each) => each.month === month)?.of.get(objective),
    check: () => checkOf(ruler, definition(), fresh(), failure),
  }
}

/** @returns by objective id, or why there is no answer */
async function askMonth(
  ruler: Ruler,
  definition: Definition,
  ruled: State['ruled'],
  range: Range,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, RulerMonth> | string> {
  const told = new Map<string, RulerMonth>()
  const ids = new Map<string, { readonly id: string; readonly windowMs: number }>()
  for (const journey of definition.journeys) {
    for (const objective of journey.objectives) {
      const id = objectiveId(journey.name, objective)
      const [shortest] = ruled.get(id)?.windows ?? []
      if (shortest !== undefined) ids.set(slothId(journey, objective), { id, windowMs: shortest.ms })
    }
  }
  for (const windowMs of new Set([...ids.values()].map((each) => each.windowMs))) {
    const whole = (at: number, round: (value: number) => number) => round(at / windowMs) * windowMs
    const [from, to] = [whole(range.from, Math.ceil), whole(range.to, Math.floor)]
    if (to <= from) continue
    const read = await ruler.stretch(windowMs, { from, to }, signal)
    if (!read.ok) return read.message
    const bad = bySlo(read.bad)
    for (const [slo, valid] of bySlo(read.valid)) {
      const known = ids.get(slo)
      if (known?.windowMs !== windowMs || valid.length !== 1) continue
      const sums = { bad: Math.round(bad.get(slo)?.[0] ?? 0), valid: Math.round(valid[0] ?? 0) }
      told.set(known.id, { estimate: true, engine: ruler.name, until: isoIn(to, definition.timeZone), ...sums })
    }
  }
  return told
}

function bySlo(samples: readonly RuledSample[]): ReadonlyMap<string, readonly number[]> {
  const values = new Map<string, number[]>()
  for (const { labels, value } of samples) {
    const slo = labels.get('sloth_id') ?? ''
    values.set(slo, [...(values.get(slo) ?? []), value])
  }
  return values
}

function checkOf(ruler: Ruler, { journeys }: Definition, state: State | undefined, failure?: string): Check {
  const name = 'engine'
  const degraded = (message: string): Check => ({ name, status: 'degraded', message: `${ruler.name}: ${message}` })
  const instead = 'this collector tells of alerts itself meanwhile'
  if (state === undefined) return degraded(`no results (${failure ?? 'not asked yet'}); ${instead}`)
  const { ruled, ambiguous } = state
  if (ambiguous.length > 0)
    return degraded(`${ambiguous.join(', ')} told by several rulers, so nothing of them is shown`)
  const all = journeys.flatMap((journey) =>
    journey.objectives.map((objective) => ({ id: objectiveId(journey.name, objective), objective })),
  )
  const missing = all.filter(({ id }) => !ruled.has(id)).map(({ id }) => id)
  if (missing.length > 0) {
    return degraded(`no results of ${missing.join(', ')}: load the files of \`tabiji rules\`; ${instead}`)
  }
  const others = all.filter(({ id, objective }) => ruled.get(id)?.targetPpm !== objective.targetPpm).map(({ id }) => id)
  if (others.length > 0) return degraded(`its rules have other targets for ${others.join(', ')}: write them anew`)
  if (failure !== undefined) return degraded(failure)
  return {
    name,
    status: 'ok',
    message: `${ruler.name} evaluates the rules of ${all.length} objective(s) and tells of them`,
  }
}

function remembering<Key, Value>(make: (key: Key) => Value): (key: Key) => Value {
  let known: { readonly key: Key; readonly value: Value } | undefined
  return (key) => {
    if (known?.key !== key) known = { key, value: make(key) }
    return known.value
  }
}

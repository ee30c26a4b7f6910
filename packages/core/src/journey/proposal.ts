import type { Definition } from './definition.ts'
import { parseRoute } from './notation.ts'
import type { Observed, Percentiles } from './observed.ts'
import { type Choice, chooseClasses, needed, type ProposedClass } from './proposal-class.ts'
import { proposeName } from './proposal-name.ts'
import { routeKey } from './route-key.ts'

/** A step that the file lacks, as the traffic of a test run suggests it. */
export type ProposedStep = Choice & {
  readonly journey: string
  readonly step: string
  readonly method: string
  readonly path: string
  /** The path comes from the framework; otherwise from addresses, with ids masked, and should be looked at. */
  readonly isTemplate: boolean
  readonly answered: number
  readonly times: Percentiles
}

/** A declared step, beside what was measured of it. */
export type MeasuredStep = {
  readonly journey: string
  readonly step: string
  readonly withinMs: number
  readonly answered: number
  readonly times: Percentiles
  /** The promise leaves half of the 99th percentile on top, is shorter than that, or shorter than the percentile itself. */
  readonly room: 'enough' | 'little' | 'none'
}

/** What was seen and is proposed as nothing: a person has to decide. */
export type Undecided = {
  readonly method: string
  readonly path: string
  readonly requests: number
  readonly why: string
}

export type Proposal = {
  readonly steps: readonly ProposedStep[]
  readonly classes: readonly ProposedClass[]
  readonly measured: readonly MeasuredStep[]
  readonly undecided: readonly Undecided[]
}

/** Says what the file lacks for what was observed. It changes no promise that stands in the file. */
export function proposeSteps(definition: Definition, observed: readonly Observed[]): Proposal {
  const owners = new Map(
    definition.journeys.flatMap(({ name, steps }) =>
      steps.flatMap((step) => step.routes.map((route) => [routeKey(route), `${name}/${step.name}`] as const)),
    ),
  )
  const journeysOf = new Map<string, Set<string>>()
  for (const one of observed) {
    if (one.journey === undefined) continue
    const key = routeKey(one)
    journeysOf.set(key, (journeysOf.get(key) ?? new Set<string>()).add(one.journey))
  }
  const fresh: (Observed & { readonly journey: string; readonly times: Percentiles })[] = []
  const undecided: Undecided[] = []
  for (const one of observed) {
    const { journey, times } = one
    if (one.step !== undefined && (journey === undefined || journey === one.step.journey)) continue
    const why = reasonAgainst(one, owners, journeysOf)
    if (why === undefined && journey !== undefined && times !== undefined) fresh.push({ ...one, journey, times })
    else undecided.push({ method: one.method, path: one.path, requests: requestsOf(one), why: why ?? '' })
  }
  const { choose, added } = chooseClasses(
    definition.classes,
    fresh.map(({ times }) => times.p99),
  )
  const taken = new Map(definition.journeys.map(({ name, steps }) => [name, new Set(steps.map((step) => step.name))]))
  const steps = fresh.map(({ journey, method, path, isTemplate, answered, times }) => {
    const names = taken.get(journey) ?? new Set<string>()
    const step = proposeName(method, path, names)
    taken.set(journey, names.add(step))
    return { journey, step, method, path, isTemplate, answered, times, ...choose(times.p99) }
  })
  const used = added.filter(({ name }) => steps.some(({ within }) => within === name))
  return { steps, classes: used, measured: measuredSteps(definition, observed), undecided }
}

/** Why a route is not proposed as a step. */
function reasonAgainst(
  one: Observed,
  owners: ReadonlyMap<string, string>,
  journeysOf: ReadonlyMap<string, ReadonlySet<string>>,
): string | undefined {
  const { journey, method, path, step } = one
  const key = routeKey(one)
  const owner = step === undefined ? owners.get(key) : `${step.journey}/${step.step}`
  if (owner !== undefined) return `belongs to ${owner} already, and a request belongs to one step`
  if (journey === undefined) return 'was seen while no journey was named'
  if (method === 'OPTIONS') return 'is asked by browsers on their own'
  if (one.times === undefined) return 'was never answered below 400'
  if (/\.[a-z0-9]+$/i.test(path)) return 'looks like a file, not like something that a user does'
  if (/[*{}()…]/.test(path) || parseRoute(`${method} ${path}`) === undefined)
    return 'is no route that a journeys file can hold'
  const others = [...(journeysOf.get(key) ?? [])].filter((name) => name !== journey)
  return others.length > 0
    ? `was seen in ${[journey, ...others].sort().join(' and ')}; it can belong to one`
    : undefined
}

function measuredSteps({ journeys }: Definition, observed: readonly Observed[]): readonly MeasuredStep[] {
  return journeys.flatMap(({ name, steps }) =>
    steps.flatMap((step) => {
      const [first, ...others] = observed.filter((one) => one.step?.journey === name && one.step.step === step.name)
      // Several routes of one step, or several journeys of the run: the slowest of them shows whether the promise holds.
      const slowest = others.reduce((a, b) => ((b?.times?.p99 ?? 0) > (a?.times?.p99 ?? 0) ? b : a), first)
      if (slowest?.times === undefined) return []
      const { times } = slowest
      // The edge of a bucket may lie a tenth above the times in it.
      const room = times.p99 > step.withinMs * 1.1 ? 'none' : needed(times.p99) > step.withinMs ? 'little' : 'enough'
      return [
        { journey: name, step: step.name, withinMs: step.withinMs, answered: slowest.answered, times, room } as const,
      ]
    }),
  )
}

const requestsOf = ({ answered, refused, failed }: Observed) => answered + refused + failed

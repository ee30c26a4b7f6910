import { type Counts, type Definition, LABEL, METRIC, NO_COUNTS, type Outcome } from '@tabiji/core/journey'
import { tally } from '@tabiji/core/slo'
import { type Place, readTarget, type Sample } from '../../app/target.ts'
import { CliError, EXIT } from '../terminal/exit.ts'

/** A step with a candidate, as the services counted it since they started. */
type CandidateStep = {
  readonly journey: string
  readonly step: string
  readonly withinMs: number
  readonly candidateMs: number
  readonly now: Counts
  readonly then: Counts
}

/** An objective that a candidate would change. `spentPpm`: parts per million of the budget that these events spend. */
type CandidateObjective = {
  readonly journey: string
  readonly objective: string
  readonly targetPpm: number
  readonly valid: number
  readonly spentPpm: number | undefined
  readonly candidateSpentPpm: number | undefined
}

export type CandidatesRead = {
  readonly steps: readonly CandidateStep[]
  readonly objectives: readonly CandidateObjective[]
  /** Targets that could not be read, and why. */
  readonly unread: readonly { readonly target: string; readonly message: string }[]
}

const WANTED: ReadonlySet<string> = new Set([METRIC.events, METRIC.candidates])
const TIMEOUT_MS = 5_000

/** Reads what services counted by candidate times. @throws CliError when none of them could be read */
export async function readCandidates(definition: Definition, places: readonly Place[]): Promise<CandidatesRead> {
  const answers = await Promise.all(
    places.map(async (place) => ({ place, read: await readTarget(place, WANTED, TIMEOUT_MS) })),
  )
  const unread = answers.flatMap(({ place, read }) => (read.ok ? [] : [{ target: place.shown, message: read.message }]))
  if (unread.length === places.length) {
    const problems = unread.map(({ target, message }) => ({
      code: 'CANDIDATES_UNREAD',
      message: `${target}: ${message}`,
    }))
    const hint = '`tabiji doctor` looks for the reason'
    throw new CliError(
      EXIT.unreachable,
      { code: 'CANDIDATES_UNREAD', message: 'no target could be read', hint },
      problems,
    )
  }
  const samples = answers.flatMap(({ read }) => (read.ok ? read.samples : []))
  const steps = stepsOf(definition, samples)
  return { steps, objectives: objectivesOf(definition, samples, steps), unread }
}

function stepsOf({ journeys }: Definition, samples: readonly Sample[]): readonly CandidateStep[] {
  return journeys.flatMap(({ name, steps }) =>
    steps.flatMap(({ name: step, withinMs, candidateMs }) => {
      if (candidateMs === undefined) return []
      const now = countsOf(samples, METRIC.events, name, step)
      const then = countsOf(samples, METRIC.candidates, name, step, String(candidateMs / 1000))
      return [{ journey: name, step, withinMs, candidateMs, now, then }]
    }),
  )
}

/** @param within counts by another candidate time than the file's answer another question, and are left out */
function countsOf(samples: readonly Sample[], metric: string, journey: string, step: string, within?: string): Counts {
  const found = samples.filter(
    ({ name, labels }) =>
      name === metric &&
      labels.get(LABEL.journey) === journey &&
      labels.get(LABEL.step) === step &&
      (within === undefined || labels.get(LABEL.within) === within),
  )
  const sum = (outcome: Outcome) =>
    found.reduce((all, { labels, value }) => (labels.get(LABEL.outcome) === outcome ? all + value : all), 0)
  return [sum('good'), sum('slow'), sum('error'), sum('excluded')]
}

function add(a: Counts, b: Counts): Counts {
  return [a[0] + b[0], a[1] + b[1], a[2] + b[2], a[3] + b[3]]
}

function objectivesOf(
  { journeys }: Definition,
  samples: readonly Sample[],
  candidates: readonly CandidateStep[],
): readonly CandidateObjective[] {
  return journeys.flatMap(({ name, objectives, steps }) =>
    objectives.flatMap(({ name: objective, indicator, step, targetPpm }) => {
      const judged = steps.filter((each) => step === undefined || each.name === step)
      if (indicator === 'availability' || !judged.some(({ candidateMs }) => candidateMs !== undefined)) return []
      const own = judged.map((each) => countsOf(samples, METRIC.events, name, each.name))
      const then = judged.map((each, i) => {
        const candidate = candidates.find((one) => one.journey === name && one.step === each.name)
        return candidate?.then ?? own[i] ?? NO_COUNTS
      })
      const spent = (counts: readonly Counts[]) => {
        const { bad, valid } = tally(indicator, counts.reduce(add, NO_COUNTS))
        return valid === 0 ? undefined : spentPpmOf(bad, valid, targetPpm)
      }
      const { valid } = tally(indicator, own.reduce(add, NO_COUNTS))
      return [{ journey: name, objective, targetPpm, valid, spentPpm: spent(own), candidateSpentPpm: spent(then) }]
    }),
  )
}

/** Cut, not rounded; whole numbers to the end, because the product is longer than a double is exact. */
function spentPpmOf(bad: number, valid: number, targetPpm: number): number {
  return Number((BigInt(bad) * 1_000_000_000_000n) / (BigInt(valid) * BigInt(1_000_000 - targetPpm)))
}

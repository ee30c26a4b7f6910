import type { Outcome } from '../journey/index.ts'
import type { DeltaPoint, DeltaReading } from '../ledger/index.ts'
import type { Check } from './check.ts'

/** `inconclusive`: what was seen says nothing about the service, so it is no event. */
export type ProbeOutcome = Exclude<Outcome, 'excluded'> | 'inconclusive'

/** How one step of a run went. Nothing of it holds a secret or a captured value. */
export type StepRun = {
  readonly step: string
  /** Method and address as the plan has them, names of values unfilled. */
  readonly request: string
  readonly outcome: ProbeOutcome
  /** Milliseconds, whole. */
  readonly elapsedMs: number
  readonly withinMs: number
  readonly status?: number
  readonly requests: number
  readonly checks: readonly Check[]
  /** Names of the values that later steps use. */
  readonly captured: readonly string[]
  readonly why?: string
}

/** One run of a probe. Times in milliseconds since the Unix epoch. */
export type ProbeRun = {
  readonly probe: string
  readonly journey: string
  readonly startedAt: number
  readonly endedAt: number
  readonly outcome: ProbeOutcome
  readonly why?: string
  /** A failed step ends the run, so later steps are not here. */
  readonly steps: readonly StepRun[]
  /** The certificates that were shown, each host once. */
  readonly certificates: readonly { readonly host: string; readonly expiresAt: number }[]
}

const WORST: readonly ProbeOutcome[] = ['error', 'inconclusive', 'slow', 'good']

/** The outcome of a run: that of its worst step. */
export function worstOf(steps: readonly StepRun[]): ProbeOutcome {
  return WORST.find((outcome) => steps.some((step) => step.outcome === outcome)) ?? 'inconclusive'
}

/**
 * What a run adds to the ledger: one interval of added counts, so that telling it again books nothing. Steps that were
 * inconclusive are no events.
 *
 * @returns undefined when there is nothing to book
 */
export function runReading({ probe, journey, startedAt, endedAt, steps }: ProbeRun): DeltaReading | undefined {
  const counts = new Map<string, DeltaPoint>()
  const [from, to] = [BigInt(startedAt) * 1_000_000n, BigInt(endedAt) * 1_000_000n]
  for (const { step, outcome } of steps) {
    if (outcome === 'inconclusive') continue
    const key = `${step} ${outcome}`
    const count = (counts.get(key)?.count ?? 0) + 1
    counts.set(key, { journey, step, role: 'probe', outcome, count, from, to })
  }
  if (counts.size === 0) return undefined
  return { speaker: { id: `probe ${probe}`, identified: true, service: probe }, points: [...counts.values()] }
}

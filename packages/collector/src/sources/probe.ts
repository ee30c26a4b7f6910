import { createHmac } from 'node:crypto'
import { PROBE_HEADER, PROBE_PURPOSE, PROBE_SEAL_BYTES, probeHeader, probeText } from '@tabiji/core/journey'
import { type ProbePlan, type ProbeRun, type StepRun, worstOf } from '@tabiji/core/probe'
import type { Prober } from '../ports/probe.ts'
import type { LookUp } from '../wire/guarded-lookup.ts'
import { createOutgoing } from '../wire/outgoing.ts'
import { createReferences } from './probe-network.ts'
import { createVisit } from './probe-request.ts'
import { runStep } from './probe-step.ts'

/** What all probes share. */
export type ProbeSettings = {
  /** Signs their requests, so that services that have the same key count them apart. */
  readonly key?: () => string
  /** Addresses of which one at least answers while the network here is up. */
  readonly references: readonly string[]
  /** Longest answer that is read. */
  readonly maxBytes: number
}

/** Clocks, and how names are found; a test brings its own. */
export type ProbeSurroundings = {
  /** Milliseconds since the Unix epoch. */
  readonly now: () => number
  /** Milliseconds that nobody sets. */
  readonly monotonic: () => number
  readonly lookUp?: LookUp
}

/** Wall clock and the one that nobody sets may drift by this much in a run; by more, the machine slept or was set. */
const CLOCK_JUMP_MS = 1_000

/** Runs journeys with connections, cookies and values of their own, as a customer who has never been there. */
export function createProber(settings: ProbeSettings, around: ProbeSurroundings): Prober {
  const { now, monotonic, lookUp } = around
  return {
    run: async (plan, promises, signal) => {
      const certificates = new Map<string, number>()
      const onCertificate = (host: string, expiresAt: number) => void certificates.set(host, expiresAt)
      const outgoing = createOutgoing(lookUp, onCertificate)
      const references = createReferences(settings.references, lookUp)
      const [startedAt, began] = [now(), monotonic()]
      const visit = createVisit(plan, outgoing, { maxBytes: settings.maxBytes, mark: markOf(plan, settings, now) })
      const values = new Map(Object.entries(plan.secrets).map(([name, secret]) => [name, secret()]))
      const steps: StepRun[] = []
      const desk = { plan, promises, visit, values, references, monotonic, signal, endsAt: began + plan.timeoutMs }
      for (const step of plan.steps) {
        const ran = await runStep(step, desk)
        if (ran === undefined) break
        steps.push(ran)
        if (ran.outcome !== 'good' && ran.outcome !== 'slow') break
      }
      outgoing.close()
      references.close()
      if (signal.aborted) return undefined
      const endedAt = Math.max(now(), startedAt)
      const jumped = Math.abs(now() - startedAt - (monotonic() - began)) > CLOCK_JUMP_MS
      const told = jumped ? steps.map(doubted) : steps
      return { ...summary(plan, told), startedAt, endedAt, certificates: [...certificates].map(certificate) }
    },
  }
}

/** A time that was measured while the machine slept is none. */
function doubted(step: StepRun): StepRun {
  return { ...step, outcome: 'inconclusive', why: 'the clock jumped, or this machine slept, while it ran' }
}

function summary(
  { name, journey }: ProbePlan,
  steps: readonly StepRun[],
): Pick<ProbeRun, 'probe' | 'journey' | 'outcome' | 'why' | 'steps'> {
  const outcome = worstOf(steps)
  const cause = steps.find((step) => step.outcome === outcome && step.why !== undefined)
  const why = cause === undefined ? {} : { why: `${cause.step}: ${cause.why}` }
  return { probe: name, journey, outcome, ...why, steps }
}

function certificate([host, expiresAt]: readonly [string, number]) {
  return { host, expiresAt }
}

function markOf({ name }: ProbePlan, { key }: ProbeSettings, now: () => number): () => Record<string, string> {
  if (key === undefined) return () => ({})
  return () => {
    const text = probeText(name, Math.floor(now() / 1000))
    const seal = createHmac('sha256', key()).update(PROBE_PURPOSE).update(text).digest()
    return { [PROBE_HEADER]: probeHeader(text, seal.subarray(0, PROBE_SEAL_BYTES).toString('base64url')) }
  }
}

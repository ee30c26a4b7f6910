import type { Definition } from '@tabiji/core/journey'
import { nextRun, type ProbeOutcome, type ProbePlan, type ProbeRun, runReading } from '@tabiji/core/probe'
import { DAY, isoIn } from '@tabiji/core/time'
import type { Prober, ProbeStatus, Promises } from '../../ports/probe.ts'
import type { Ingest } from './ingest.ts'

/** The probes at work. */
export type Probes = {
  /** Runs every probe at its moments until the signal aborts. */
  start(signal: AbortSignal): void
  /** Runs a probe once and books what it saw. Resolves when that is on disk; never rejects. */
  turn(plan: ProbePlan, signal: AbortSignal): Promise<void>
  status(): readonly ProbeStatus[]
  /** When the certificates that were last shown end, milliseconds, by probe and host. */
  certificates(): readonly { readonly probe: string; readonly host: string; readonly expiresAt: number }[]
}

export type ProbesDesk = {
  readonly plans: readonly ProbePlan[]
  readonly prober: Prober
  readonly ingest: Pick<Ingest, 'submit'>
  readonly definition: () => Definition
  readonly now: () => number
  /** Told of each run, and of what could not be booked. */
  readonly onRun: (run: ProbeRun, unbooked?: unknown) => void
}

type Known = { last: ProbeRun | undefined; readonly runs: Record<ProbeOutcome, number> }

/** A store that is busy for a moment must not cost an event; telling it again books nothing twice. */
const TRIES = 3

/** A long interval is slept in parts, so that a clock that was set is noticed. */
const LONGEST_SLEEP_MS = 60_000

export function createProbes(desk: ProbesDesk): Probes {
  const { plans, now, definition } = desk
  const known = new Map(plans.map(({ name }) => [name, emptyRecord()]))
  const turn = async (plan: ProbePlan, signal: AbortSignal): Promise<void> => {
    const run = await desk.prober.run(plan, promisesOf(definition(), plan.journey), signal)
    if (run === undefined) return
    const record = known.get(plan.name) ?? emptyRecord()
    record.last = run
    record.runs[run.outcome] += 1
    desk.onRun(run, await book(run, desk.ingest))
  }
  return {
    turn,
    start: (signal) => {
      for (const plan of plans) follow(plan, now, signal, () => turn(plan, signal))
    },
    status: () => {
      const { timeZone } = definition()
      return plans.map((plan) => statusOf(plan, known.get(plan.name) ?? emptyRecord(), timeZone, now()))
    },
    certificates: () =>
      plans.flatMap(({ name: probe }) =>
        (known.get(probe)?.last?.certificates ?? []).map((certificate) => ({ probe, ...certificate })),
      ),
  }
}

function emptyRecord(): Known {
  return { last: undefined, runs: { good: 0, slow: 0, error: 0, inconclusive: 0 } }
}

/** One run after the other: the next one is due at the first moment after the last has ended. */
function follow(plan: ProbePlan, now: () => number, signal: AbortSignal, turn: () => Promise<void>): void {
  let due = nextRun(plan.name, plan.intervalMs, now())
  const wait = () => {
    if (signal.aborted) return
    const left = due - now()
    // A clock that was set back would leave the probe waiting for as long as it was set back.
    if (left > plan.intervalMs) due = nextRun(plan.name, plan.intervalMs, now())
    if (left > 0) return sleep(Math.min(left, LONGEST_SLEEP_MS))
    void turn().finally(() => {
      due = nextRun(plan.name, plan.intervalMs, now())
      wait()
    })
  }
  const sleep = (ms: number) => {
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', stop)
      wait()
    }, ms)
    const stop = () => clearTimeout(timer)
    signal.addEventListener('abort', stop, { once: true })
  }
  wait()
}

/** @returns why it could not be booked */
async function book(run: ProbeRun, ingest: Pick<Ingest, 'submit'>): Promise<unknown> {
  const reading = runReading(run)
  if (reading === undefined) return undefined
  let refused: unknown
  for (let tried = 0; tried < TRIES; tried++) {
    try {
      await ingest.submit(reading)
      return undefined
    } catch (error) {
      refused = error
    }
  }
  return refused
}

/** The promised time of each step, milliseconds. */
function promisesOf({ journeys }: Definition, journey: string): Promises {
  const steps = journeys.find(({ name }) => name === journey)?.steps ?? []
  return new Map(steps.map(({ name, withinMs }) => [name, withinMs]))
}

function statusOf(plan: ProbePlan, { last, runs }: Known, zone: string, now: number): ProbeStatus {
  const { name, journey, intervalMs } = plan
  return {
    name,
    journey,
    intervalMs,
    runs,
    nextAt: isoIn(nextRun(name, intervalMs, now), zone),
    ...(last !== undefined && { last: toldRun(last, zone, now) }),
    warnings: last === undefined ? [] : certificateWarnings(plan, last, now),
  }
}

/** A run with its times as people read them. */
function toldRun({ probe: _, journey: __, ...run }: ProbeRun, zone: string, now: number) {
  const { startedAt, endedAt, certificates, ...rest } = run
  return {
    startedAt: isoIn(startedAt, zone),
    endedAt: isoIn(endedAt, zone),
    ...rest,
    certificates: certificates.map(({ host, expiresAt }) => {
      return { host, expiresAt: isoIn(expiresAt, zone), daysLeft: Math.floor((expiresAt - now) / DAY) }
    }),
  }
}

/** What is to be said about certificates that end soon. */
function certificateWarnings(plan: ProbePlan, { certificates }: ProbeRun, now: number): readonly string[] {
  return certificates
    .filter(({ expiresAt }) => expiresAt - now < plan.certificateMs)
    .map(({ host, expiresAt }) => `the certificate of ${host} ends in ${Math.floor((expiresAt - now) / DAY)} days`)
}

import type { ProbePlan, ProbeRun } from '@tabiji/core/probe'

/** Promised times of the steps of a probe's journey, milliseconds by step, as the journeys file in force has them. */
export type Promises = ReadonlyMap<string, number>

/** What runs a journey as a customer would. */
export interface Prober {
  /**
   * Runs a plan once. Never throws: the world's failures are outcomes. Ends within the plan's time limit.
   *
   * @returns undefined when it was called off, which says nothing about the service
   */
  run(plan: ProbePlan, promises: Promises, signal: AbortSignal): Promise<ProbeRun | undefined>
}

/** A probe as people ask for it. Times in ISO 8601. */
export type ProbeStatus = {
  readonly name: string
  readonly journey: string
  readonly intervalMs: number
  /** Absent until it has run since the daemon started. */
  readonly last?: Omit<ProbeRun, 'probe' | 'journey' | 'startedAt' | 'endedAt' | 'certificates'> & {
    readonly startedAt: string
    readonly endedAt: string
    readonly certificates: readonly { readonly host: string; readonly expiresAt: string; readonly daysLeft: number }[]
  }
  readonly nextAt: string
  /** Runs since the daemon started, by outcome. */
  readonly runs: Readonly<Record<ProbeRun['outcome'], number>>
  /** What a person should know though the journey works, such as a certificate that ends soon. */
  readonly warnings: readonly string[]
}

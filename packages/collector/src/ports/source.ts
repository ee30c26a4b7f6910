import type { Reading, StepDurations } from '@tabiji/core/ledger'

/** Why a target could not be read. Each becomes a label value of `tabiji_source_failures_total`. */
const READ_FAILURES = [
  'unreachable',
  'timeout',
  'status',
  'too_large',
  'too_many_series',
  'malformed',
  'forbidden_address',
] as const
export type ReadFailure = (typeof READ_FAILURES)[number]

export type ReadResult =
  /** `warnings` are things a person should know though the reading counts, such as a series of an unknown outcome. */
  | {
      readonly ok: true
      readonly reading: Reading
      readonly samples: number
      readonly warnings: readonly string[]
      /** How long events took, cumulative since the process began; told now and then only. */
      readonly durations?: readonly StepDurations[]
    }
  | { readonly ok: false; readonly failure: ReadFailure; readonly message: string }

/** A place that the collector reads at an interval. */
export interface Source {
  /** Unique among the sources; appears in logs and metrics. */
  readonly name: string
  readonly service: string
  readonly intervalMs: number
  /** Reads once. Never throws: the world's failures are values. Ends within its own time limit or when aborted. */
  read(signal: AbortSignal): Promise<ReadResult>
}

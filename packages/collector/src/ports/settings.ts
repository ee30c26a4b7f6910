import type { Policy, Window } from '@tabiji/core/journey'

/** What is in force, as far as people ask; no secret is in it. Lengths in milliseconds. */
export type LoadedSettings = {
  readonly zone: string
  readonly journeys: number
  readonly objectives: number
  readonly evaluationMs: number
  /** How wide slots are from which age on, the youngest first; and after how long they go, absent: never. */
  readonly detail: readonly { readonly fromAgeMs: number; readonly widthMs: number }[]
  readonly keptMs?: number
  /** Over what budgets are kept, and how many objectives so. */
  readonly windows: readonly { readonly window: Window; readonly objectives: number }[]
  /** When budgets ring, and which objectives (`JOURNEY/OBJECTIVE`) so. */
  readonly policies: readonly { readonly policy: Policy; readonly objectives: readonly string[] }[]
  readonly versions: { readonly tabiji: string; readonly node: string }
}

import type { Policy, Window } from '@tabiji/core/journey'

/** What is loaded and how the collector is; fits what its API tells. Times are ISO 8601. */
export type SettingsView = {
  readonly checks: readonly {
    readonly name: string
    readonly status: 'ok' | 'degraded' | 'failed'
    /** English. */
    readonly message: string
  }[]
  /** By name; how to reach them is a secret. */
  readonly receivers: readonly {
    readonly name: string
    readonly kind: string
    readonly levels: readonly number[]
    readonly isFallback: boolean
  }[]
  /** The newest first. */
  readonly revisions: readonly {
    readonly appliesFrom: string
    readonly fingerprint: string
    readonly changes: readonly ({ readonly name: string } | { readonly what: 'other' })[]
  }[]
  /** What is in force; lengths in milliseconds. */
  readonly settings?: {
    readonly zone: string
    readonly journeys: number
    readonly objectives: number
    readonly evaluationMs: number
    readonly detail: readonly { readonly fromAgeMs: number; readonly widthMs: number }[]
    readonly keptMs?: number
    readonly windows: readonly { readonly window: Window; readonly objectives: number }[]
    readonly policies: readonly { readonly policy: Policy; readonly objectives: readonly string[] }[]
    readonly versions: { readonly tabiji: string; readonly node: string }
  }
  /** Whether the services can be looked at from here; and what was found, once somebody asked. */
  readonly canLook?: boolean
  readonly look?: {
    readonly at: string
    readonly findings: readonly {
      readonly code: string
      readonly severity: 'error' | 'warning'
      readonly where: string
      readonly what: string
      readonly why: string
      readonly fix: string
    }[]
    readonly looked: readonly string[]
    readonly notLooked: readonly string[]
  }
}

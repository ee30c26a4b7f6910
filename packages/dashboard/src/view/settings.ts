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
}

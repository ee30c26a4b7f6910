import type { PageSection } from '@tabiji/core/runbook'

/** A runbook as people work through it in an incident; times are ISO 8601. */
export type ShownRunbook = {
  readonly address: string
  /** Which trouble it was chosen for. */
  readonly about: string
  readonly steps: readonly {
    readonly step: string
    readonly done: boolean
    readonly at?: string
    readonly by?: string
  }[]
  /** What is read first stands first; absent where the page is only led to. */
  readonly sections?: readonly PageSection[]
}

import type { Fishbone } from './fishbone.ts'
import type { PostmortemLanguage } from './language.ts'

/** What the record of an incident gives its postmortem. Instants are ISO 8601 with the offset of the zone. */
export type PostmortemRecord = {
  readonly incident: {
    readonly key: string
    readonly title: string
    readonly level?: number | undefined
    readonly journeys: readonly string[]
    readonly openedAt: string
    readonly resolvedAt?: string | undefined
    /** By moment: impactStarted, detected, delivered, acknowledged, mitigated, resolved. */
    readonly times: Readonly<Record<string, string>>
    readonly causes: readonly {
      readonly id: string
      readonly text: string
      readonly bone: string
      readonly fix?: string | undefined
      readonly under?: string | undefined
    }[]
    readonly people: readonly string[]
  }
  readonly impact?: {
    readonly from: string
    readonly to: string
    readonly journeys: readonly {
      readonly objective: string
      readonly valid: number
      readonly bad: number
      readonly badPpm: number
      readonly budgetPpm: number
    }[]
  }
  readonly timeline: readonly { readonly at: string; readonly text: string; readonly starred?: boolean }[]
  readonly decisions: readonly { readonly at: string; readonly text: string }[]
  readonly fixes: readonly {
    readonly key: string
    readonly title: string
    readonly kind: string
    readonly state: string
    readonly owner?: string | undefined
    readonly due?: string | undefined
    readonly cause?: string | undefined
    /** Where it is worked on. */
    readonly url?: string | undefined
  }[]
}

/** The lines above a postmortem, between `---`. */
export type FrontMatter = {
  readonly incident: string
  readonly language: PostmortemLanguage
  readonly state: 'draft' | 'inReview' | 'published'
  readonly owner?: string
  /** `YYYY-MM-DD`. */
  readonly due?: string
  /** Why there is no fix. */
  readonly noFix?: string
  readonly causes: Fishbone
  /** By block, the hash of what was written from the record. */
  readonly generated: Readonly<Record<string, string>>
}

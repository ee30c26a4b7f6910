import type { IncidentStanding } from '@tabiji/core/incident'
import type { Fishbone, LintHint, PostmortemDuty, PublishingLack } from '@tabiji/core/postmortem'

/** What the page of a postmortem reads. */
export type PostmortemView = {
  readonly incident: IncidentStanding
  readonly duty?: PostmortemDuty
  /** Where a draft is written unless somebody says otherwise. */
  readonly file?: string
  /** What the record lacks before it can be published. */
  readonly lacks: readonly PublishingLack[]
  readonly fishbone: Fishbone
  /** The fixes of the incident. */
  readonly fixes: readonly { readonly key: string; readonly title: string; readonly cause?: string }[]
  /** The draft as it would be written now, in the reader's language. */
  readonly draft: string
  /** Wordings that blame, in what was said of the causes; `at.file` is the cause. */
  readonly hints: readonly LintHint[]
}

import { z } from 'zod'
import { instant, text } from './shapes.ts'

/** How old what is known of the fixes of a tracker was when the facts were written. */
export type TrackerMonth = {
  readonly name: string
  /** `github`, `jira` */
  readonly kind: string
  /** When its tickets were last read; absent: never. */
  readonly readAt?: string
  /** Since when they cannot be read; absent: they can. */
  readonly failingSince?: string
}

export const trackerMonth = z.object({
  name: text,
  kind: text,
  readAt: instant.exactOptional(),
  failingSince: instant.exactOptional(),
})

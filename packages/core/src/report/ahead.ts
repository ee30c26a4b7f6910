import { z } from 'zod'
import { date, instant, text, texts } from './shapes.ts'

/** What is known of the month after, as it stood when the facts were written. */
export type Ahead = {
  /** Annotations of what is planned: sales, releases, maintenance. Oldest first. */
  readonly planned: readonly {
    readonly at: string
    readonly text: string
    readonly journeys: readonly string[]
  }[]
  /** Journeys whose drill is due, and by when. */
  readonly drills: readonly { readonly journey: string; readonly by: string }[]
}

export const ahead = z.object({
  planned: z.array(z.object({ at: instant, text, journeys: texts })),
  drills: z.array(z.object({ journey: text, by: date })),
})

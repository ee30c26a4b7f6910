import { z } from 'zod'
import { printable } from './printable.ts'
import { when } from './when.ts'

const text = z.string().transform(printable)

/** How old what is known of each tracker is; absent where there is none. */
export const trackerViews = z
  .array(
    z.object({
      ...{ name: text, kind: text, readAt: text.optional() },
      ...{ failingSince: text.optional(), why: text.optional() },
      aside: z.array(z.object({ url: text, why: text })).optional(),
    }),
  )
  .optional()

type Shown = NonNullable<z.output<typeof trackerViews>>

/** A line for each tracker: as of when its tickets are known, and why not later; below it those that are not. */
export function trackerLines(trackers: Shown = []): string {
  return trackers.map((tracker) => `${lineOf(tracker)}\n`).join('')
}

/** Only those that cannot be read. */
export function failingTrackerLines(trackers: Shown = []): string {
  return trackerLines(trackers.filter(({ failingSince }) => failingSince !== undefined))
}

function lineOf({ name, readAt, failingSince, why, aside = [] }: Shown[number]): string {
  const age = readAt === undefined ? 'never read yet' : `as of ${when(readAt)}`
  const failing = failingSince === undefined ? '' : `; CANNOT BE READ since ${when(failingSince)}: ${why ?? ''}`
  const odd = aside.map((one) => `\n  cannot be read: ${one.url} – ${one.why}`).join('')
  return `tickets in ${name}: ${age}${failing}${odd}`
}

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
    }),
  )
  .optional()

type Shown = NonNullable<z.output<typeof trackerViews>>

/** A line for each tracker: as of when its tickets are known, and why not later. */
export function trackerLines(trackers: Shown = []): string {
  return trackers.map((tracker) => `${lineOf(tracker)}\n`).join('')
}

/** Only those that cannot be read. */
export function failingTrackerLines(trackers: Shown = []): string {
  return trackerLines(trackers.filter(({ failingSince }) => failingSince !== undefined))
}

function lineOf({ name, readAt, failingSince, why }: Shown[number]): string {
  const age = readAt === undefined ? 'not read since the start' : `as of ${when(readAt)}`
  const failing = failingSince === undefined ? '' : `; CANNOT BE READ since ${when(failingSince)}: ${why ?? ''}`
  return `tickets in ${name}: ${age}${failing}`
}

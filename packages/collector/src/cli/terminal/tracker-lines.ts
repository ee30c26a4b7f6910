import { z } from 'zod'
import { printable } from './printable.ts'
import { when } from './when.ts'

const text = z.string().transform(printable)

/** How old what is known of each tracker is; absent where there is none. */
export const trackerViews = z
  .array(
    z.object({
      name: text,
      kind: text,
      readAt: text.optional(),
      failingSince: text.optional(),
      why: text.optional(),
      aside: z.array(z.object({ url: text, why: text, asks: z.literal(true).optional() })).optional(),
    }),
  )
  .optional()

type Shown = NonNullable<z.output<typeof trackerViews>>

/** A line for each tracker: as of when its tickets are known, and why not later; below it those that are not. */
export function trackerLines(trackers: Shown = []): string {
  return trackers.map((tracker) => `${lineOf(tracker)}\n`).join('')
}

/** A board that is looked at every day has no room for more. */
const FEW = 5

/** Only those of which something is not known: that cannot be read, or not all of whose tickets are counted. */
export function troubledTrackerLines(trackers: Shown = []): string {
  const troubled = trackers.filter(({ failingSince, aside }) => failingSince !== undefined || aside !== undefined)
  return troubled
    .map((tracker) => {
      const { aside = [] } = tracker
      const more = aside.length > FEW ? `  and ${aside.length - FEW} more: tabiji fix list\n` : ''
      return `${trackerLines([{ ...tracker, aside: aside.slice(0, FEW) }])}${more}`
    })
    .join('')
}

function lineOf({ name, readAt, failingSince, why, aside = [] }: Shown[number]): string {
  const age = readAt === undefined ? 'never read yet' : `as of ${when(readAt)}`
  const failing = failingSince === undefined ? '' : `; CANNOT BE READ since ${when(failingSince)}: ${why ?? ''}`
  const odd = aside.map(
    (one) => `\n  ${one.asks === true ? 'not counted yet' : 'cannot be read'}: ${one.url} – ${one.why}`,
  )
  return `tickets in ${name}: ${age}${failing}${odd.join('')}`
}

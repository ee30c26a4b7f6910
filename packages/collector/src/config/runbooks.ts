import { resolve } from 'node:path'
import { DAY } from '@tabiji/core/time'
import { z } from 'zod'
import { address, between, read, text } from './schema-parts.ts'

const DEFAULT_REVIEW_MS = 180 * DAY

const reviewWithin = read(between(DAY, 3_660 * DAY), 'a duration from `1d` to `3660d`, such as `180d`')

export const runbooksSchema = z
  .array(z.strictObject({ address, folder: text, reviewWithin: reviewWithin.exactOptional() }))
  .max(20, { error: 'a list of at most 20 places' })

/** Addresses of runbooks, the folders in which the same pages are kept as Markdown, and how long a review of one lasts. */
export function resolveRunbooks(stated: z.output<typeof runbooksSchema> | undefined, home: string) {
  return (stated ?? []).map(({ address, folder, reviewWithin = DEFAULT_REVIEW_MS }) => ({
    address: address.endsWith('/') ? address : `${address}/`,
    folder: resolve(home, folder),
    reviewWithinDays: Math.floor(reviewWithin / DAY),
  }))
}

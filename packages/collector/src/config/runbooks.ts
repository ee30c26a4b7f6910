import { resolve } from 'node:path'
import { z } from 'zod'
import { address, text } from './schema-parts.ts'

export const runbooksSchema = z
  .array(z.strictObject({ address, folder: text }))
  .max(20, { error: 'a list of at most 20 places' })

/** Addresses of runbooks, and the folders in which the same pages are kept as Markdown. */
export function resolveRunbooks(stated: z.output<typeof runbooksSchema> | undefined, home: string) {
  return (stated ?? []).map(({ address, folder }) => ({
    address: address.endsWith('/') ? address : `${address}/`,
    folder: resolve(home, folder),
  }))
}

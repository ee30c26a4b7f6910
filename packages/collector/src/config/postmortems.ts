import { z } from 'zod'
import type { PostmortemPolicy } from './config.ts'
import { read } from './schema-parts.ts'

const TERM = 'a number of business days from `1 business day` to `60 business days`, or `false` for no postmortem'
const term = z.union([z.literal(false, { error: TERM }), read(businessDays, TERM)], { error: TERM })

const FOLDER = 'a folder below the one in which you work, such as `docs/postmortems`'
const folder = read((given) => (isBelow(given) ? given.replace(/\/+$/, '') : undefined), FOLDER)

/** By when postmortems are published, by level, and where their drafts are written. */
export const postmortemsSchema = z.strictObject({
  within: z.strictObject({ 1: term.exactOptional(), 2: term.exactOptional(), 3: term.exactOptional() }).exactOptional(),
  folder: folder.exactOptional(),
})

const DEFAULT_WITHIN = { 1: 3, 2: 10, 3: false } as const

export function resolvePostmortems({ within, folder }: z.output<typeof postmortemsSchema> = {}): PostmortemPolicy {
  const terms = Object.entries({ ...DEFAULT_WITHIN, ...within }).filter(([, days]) => days !== false)
  return { within: Object.fromEntries(terms), ...(folder !== undefined && { folder }) }
}

function businessDays(text: string): number | undefined {
  const [, digits] = /^(\d{1,2}) business days?$/.exec(text) ?? []
  const days = Number(digits)
  return days >= 1 && days <= 60 ? days : undefined
}

/** What one of the usual systems cannot have in a name, or reads as something else. */
const UNUSABLE = /[\p{Cc}\p{Cs}\\:*?"<>|$`]/u

/** Commands write there, on whatever machine they run: it leads nowhere else. Names are in whatever language a team writes. */
function isBelow(path: string): boolean {
  if (path.length < 1 || path.length > 200 || UNUSABLE.test(path) || /^[/~\s]/u.test(path)) return false
  return !path.split('/').includes('..')
}

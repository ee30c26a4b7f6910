import { z } from 'zod'
import { parseInstant } from './instant.ts'

/** Jira leaves the colon out of the offset: `2026-01-02T03:04:05.000+0900`. */
export const jiraInstant = z.string().transform((given, context): number => {
  const at = parseInstant(given.replace(/([+-]\d{2})(\d{2})$/, '$1:$2'))
  if (at !== undefined) return at
  context.issues.push({ code: 'custom', input: given, message: 'a time' })
  return z.NEVER
})

import { PRACTICE_AUTOS, PRACTICE_LIMIT, type PracticeItem } from '@tabiji/core/practice'
import { z } from 'zod'
import { type ItemsRead, itemId, type openBounded, readItems } from './checklist-file.ts'
import { address } from './schema-parts.ts'

const line = z
  .string()
  .trim()
  .min(1, { error: 'a text' })
  .max(PRACTICE_LIMIT.text, { error: `at most ${PRACTICE_LIMIT.text} characters` })

const listSchema = z.strictObject({
  items: z
    .array(
      z.strictObject({
        id: itemId,
        text: z.strictObject({ en: line, ja: line }),
        link: address.exactOptional(),
        auto: z.enum(PRACTICE_AUTOS).exactOptional(),
      }),
    )
    .min(1, { error: 'a list with at least one item' })
    .max(PRACTICE_LIMIT.items, { error: `a list of at most ${PRACTICE_LIMIT.items} items` }),
})

/**
 * Reads what a new member does, YAML or JSON. Never throws; what is wrong is told at once, with places.
 *
 * ```yaml
 * items:
 *   - id: shadow                 # what it is ticked by
 *     text: { en: Shadow an incident, ja: 障害対応に同行する }   # both languages, at most 120 characters each
 *     link: https://wiki.example.com/shadowing                   # optional
 *     auto: joined-incident      # or runbooks, joined-drill, led-drill, led-incident: ticks itself; optional
 * ```
 */
export function readPracticeList(opened: ReturnType<typeof openBounded>, file: string): ItemsRead<PracticeItem> {
  return readItems(opened, file, listSchema)
}

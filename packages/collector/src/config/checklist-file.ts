import { closeSync, fstatSync, openSync, readSync } from 'node:fs'
import { AUTOS, CHECKLIST_LIMIT, type ChecklistItem } from '@tabiji/core/incident'
import {
  checkShape,
  entriesOf,
  expected,
  hasErrors,
  itemsOf,
  locateProblems,
  type Problem,
  problem,
} from '@tabiji/core/problem'
import { readText } from '@tabiji/core/problem/document'
import { z } from 'zod'
import { address } from './schema-parts.ts'

/** What to do first, as a file says it. */
export type ChecklistRead = ItemsRead<ChecklistItem>

const MAX_BYTES = 64 * 1024
const UNREADABLE = 'FILE_UNREADABLE'

const line = z
  .string()
  .trim()
  .min(1, { error: 'a text' })
  .max(CHECKLIST_LIMIT.text, { error: `at most ${CHECKLIST_LIMIT.text} characters: chat shows no more` })

/** What an item is ticked by. */
export const itemId = z.string().regex(/^[a-z][a-z0-9-]{0,39}$/, {
  error: 'an id of small letters, digits and hyphens, at most 40, such as `stop-bleeding`',
})

const itemSchema = z.strictObject({
  id: itemId,
  text: z.strictObject({ en: line, ja: line }),
  minutes: z
    .int({ error: 'a whole number of minutes' })
    .min(1, { error: 'at least 1 minute' })
    .max(1_440, { error: 'at most 1440 minutes, a day' })
    .exactOptional(),
  link: address.exactOptional(),
  auto: z.enum(AUTOS).exactOptional(),
})

const checklistSchema = z.strictObject({
  items: z
    .array(itemSchema)
    .min(1, { error: 'a list with at least one item' })
    .max(CHECKLIST_LIMIT.items, { error: `a list of at most ${CHECKLIST_LIMIT.items} items` }),
})

/**
 * Reads a checklist, YAML or JSON. Never throws; what is wrong is told at once, with places.
 *
 * ```yaml
 * items:
 *   - id: stop-bleeding          # what it is ticked by
 *     text: { en: Stop the bleeding, ja: 止血する }   # both languages, at most 75 characters each
 *     minutes: 20                # by when, from the opening; optional
 *     link: https://wiki.example.com/rollback        # optional
 *     auto: ack                  # or journeys, changes: ticks itself from the record; optional
 * ```
 */
export function readChecklist(file: string): ChecklistRead {
  return readOpened(openBounded(file), file)
}

/** The same of a file that was opened before. */
export function readOpened(opened: ReturnType<typeof openBounded>, file: string): ChecklistRead {
  return readItems(opened, file, checklistSchema)
}

/** The items of a list, or everything that forbids using it, with places. `text` is what was read, to be shown. */
export type ItemsRead<Item> =
  | { readonly ok: true; readonly items: readonly Item[]; readonly warnings: readonly Problem[] }
  | { readonly ok: false; readonly problems: readonly Problem[]; readonly text: string }

/** Reads a list of items that have ids, by its schema. Never throws. */
export function readItems<Item>(
  opened: ReturnType<typeof openBounded>,
  file: string,
  schema: z.ZodType<{ readonly items: readonly Item[] }>,
): ItemsRead<Item> {
  if ('failure' in opened) {
    const message = `Expected ${file} to be a checklist that can be read (${opened.failure})`
    const unread: Problem = { code: UNREADABLE, severity: 'error', message, path: [] }
    return { ok: false, problems: [{ ...unread, at: { file, line: 1, column: 1 } }], text: '' }
  }
  const { text } = opened
  const read = readText(text, file)
  if (!read.ok) return { ok: false, problems: read.problems, text }
  const shape = checkShape(schema, read.value, 'CHECKLIST')
  const found = [...read.problems, ...(shape.ok ? [] : shape.problems), ...repeated(read.value)]
  const problems = locateProblems(found, read.locate)
  if (!shape.ok || hasErrors(problems)) return { ok: false, problems, text }
  return { ok: true, items: shape.value.items, warnings: problems }
}

/** An id says which item is ticked. */
function repeated(document: unknown): readonly Problem[] {
  const ids = itemsOf(entriesOf(document).get('items')).map((item) => entriesOf(item).get('id'))
  return ids.flatMap((id, i) =>
    typeof id === 'string' && ids.indexOf(id) < i
      ? [expected('CHECKLIST_REPEATED', ['items', i, 'id'], 'an id that no other item has', id)]
      : [],
  )
}

/** The text of a file that is no larger than a checklist may be, or why it cannot be had. */
export function openBounded(file: string): { readonly text: string } | { readonly failure: string } {
  let handle: number | undefined
  try {
    handle = openSync(file, 'r')
    if (!fstatSync(handle).isFile()) return { failure: 'it is no file' }
    const bytes = Buffer.alloc(MAX_BYTES + 1)
    const length = readSync(handle, bytes, 0, bytes.length, 0)
    if (length > MAX_BYTES) return { failure: 'it is larger than 64 KiB' }
    return { text: bytes.subarray(0, length).toString('utf8') }
  } catch (error) {
    return { failure: String((error as NodeJS.ErrnoException).code ?? error) }
  } finally {
    if (handle !== undefined) closeSync(handle)
  }
}

/**
 * How a problem of a checklist is told where only the configuration is read: with the place in its own file.
 *
 * @param begun the command that writes such a file to begin with, for one that is not there
 */
export function told({ at, message, ...rest }: Problem, path: readonly string[], begun: string): Problem {
  const isUnread = rest.code === UNREADABLE
  const place = at === undefined || isUnread ? '' : `${at.file}:${at.line}:${at.column}: `
  const isMissing = isUnread && message.endsWith('(ENOENT)')
  const hint = isMissing ? `write one to begin with: ${begun} > ${at?.file ?? 'FILE'}` : rest.hint
  return { ...problem(rest.code, path, `${place}${message}`), ...(hint !== undefined && { hint }) }
}

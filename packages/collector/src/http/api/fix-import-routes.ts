import { refusal } from '@tabiji/core/problem'
import express, { type RequestHandler, Router } from 'express'
import type { FixImport } from '../../ports/fix-import.ts'
import { maskTable } from '../../wire/csv-masking.ts'
import { FIX_IMPORT_REQUEST, MAX_REQUEST_BYTES, MAX_TABLE_CHARACTERS, readFixTable } from '../../wire/fix-table.ts'
import { refuseProblems } from '../answer.ts'
import { posted } from '../command.ts'
import { jsonBody } from '../request.ts'

/**
 * Tables of fixes, to be mounted before `workRoutes`. A preview answers under `preview` and is not written down; what was taken in
 * stands under `imported`.
 */
export function fixImportRoutes(fixes: FixImport): Router {
  const router = Router()
  // A table is longer than what people type; what was read here is read no second time.
  const body = [express.json({ limit: MAX_REQUEST_BYTES, inflate: false }), ...jsonBody(), maskingTable]
  router.post(
    '/fixes/import',
    ...body,
    posted(FIX_IMPORT_REQUEST, ({ file, sheet, text, preview: isPreview }, { by }) => {
      const { columnsNotRead, ...found } = readFixTable(text, file)
      const done = fixes.importFixes({ ...found, sheet, isPreview, ...(by !== undefined && { by }) })
      if (!done.ok) return done
      const told = { ...done.value, columnsNotRead }
      return { ok: true, value: isPreview ? { preview: told } : { imported: told } }
    }),
  )
  return router
}

const SECRETS = refusal(
  'FIX_TABLE_SECRETS',
  'Expected a table of fixes, got secrets in more than a hundred of its cells',
  'leave that column out; nothing of the table was kept',
)

/** Before anything looks at it, and so before it is written down. A text that is too long is refused by its length. */
const maskingTable: RequestHandler = async (request, response, next) => {
  try {
    const { text } = (request.body ?? {}) as { readonly text?: unknown }
    if (typeof text === 'string' && text.length <= MAX_TABLE_CHARACTERS) {
      const masked = await maskTable(text)
      if (masked === undefined) return refuseProblems(response, 422, [SECRETS])
      request.body = { ...request.body, text: masked }
    }
    next()
  } catch (error) {
    next(error)
  }
}

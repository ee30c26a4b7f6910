import express, { Router } from 'express'
import type { FixImport } from '../ports/fix-import.ts'
import { FIX_IMPORT_REQUEST, MAX_REQUEST_BYTES, readFixTable } from '../wire/fix-table.ts'
import { posted } from './command.ts'
import { jsonBody } from './request.ts'

/**
 * Tables of fixes, to be mounted before `workRoutes`. A preview answers under `preview` and is not written down; what was taken in
 * stands under `imported`.
 */
export function fixImportRoutes(fixes: FixImport): Router {
  const router = Router()
  // A table is longer than what people type; what was read here is read no second time.
  const body = [express.json({ limit: MAX_REQUEST_BYTES, inflate: false }), ...jsonBody()]
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

import express, { Router } from 'express'
import type { FixImport } from '../ports/fix-import.ts'
import { FIX_IMPORT_REQUEST, MAX_REQUEST_BYTES, readFixTable } from '../wire/fix-table.ts'
import { posting } from './command.ts'

/**
 * Tables of fixes, to be mounted before `workRoutes`. A preview answers under `preview` and is not written down; what was taken in
 * stands under `imported`.
 */
export function fixImportRoutes(fixes: FixImport): Router {
  const router = Router()
  const act = posting(FIX_IMPORT_REQUEST, ({ file, sheet, text, preview: isPreview }, { by }) => {
    const { columnsNotRead, ...found } = readFixTable(text, file)
    const done = fixes.importFixes({ ...found, sheet, isPreview, ...(by !== undefined && { by }) })
    if (!done.ok) return done
    const told = { ...done.value, columnsNotRead }
    return { ok: true, value: isPreview ? { preview: told } : { imported: told } }
  })
  // A table is longer than what people type; the route reads no second time what was read here.
  router.post('/fixes/import', express.json({ limit: MAX_REQUEST_BYTES, inflate: false }), ...act)
  return router
}

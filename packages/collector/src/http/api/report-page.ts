import type { Response } from 'express'
import type { ReportFile } from '../../ports/reports.ts'

/** What a browser is told about a file, by its ending. */
const TYPES: Readonly<Record<string, string>> = {
  html: 'text/html; charset=utf-8',
  md: 'text/markdown; charset=utf-8',
  json: 'application/json; charset=utf-8',
  csv: 'text/csv; charset=utf-8',
  pdf: 'application/pdf',
}

/** A page brings its style along and loads nothing; nothing in it may run. */
const PAGE_POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

/** Answers with a file of a report, byte for byte. */
export function servePage(response: Response, { name, body }: ReportFile): void {
  const ending = name.slice(name.lastIndexOf('.') + 1)
  response.status(200).set({
    'Content-Type': TYPES[ending] ?? 'application/octet-stream',
    'Content-Disposition': `inline; filename="${name}"`,
    'Content-Security-Policy': PAGE_POLICY,
    'Cache-Control': 'no-store',
  })
  // A buffer, so that nothing of it is read as text and written anew.
  response.end(Buffer.from(body))
}

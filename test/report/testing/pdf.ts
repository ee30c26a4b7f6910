import { spawnSync } from 'node:child_process'

/** What a reader finds in a PDF, by poppler: another program than the one that printed it. */
export function textOfPdf(pdf: Uint8Array): string {
  const { stdout, stderr, status, error } = spawnSync('pdftotext', ['-enc', 'UTF-8', '-', '-'], {
    input: pdf,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  })
  if (error !== undefined) throw new Error(`pdftotext, of Debian's poppler-utils, cannot be run: ${error.message}`)
  if (status !== 0) throw new Error(stderr)
  return stdout
}

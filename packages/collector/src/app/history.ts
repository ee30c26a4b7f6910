import type { Definition } from '@tabiji/core/journey'
import type { Problem } from '@tabiji/core/problem'
import type { Config } from '../config/config.ts'
import { recordRevision } from '../jobs/budget/revision.ts'
import { createWork } from '../jobs/incident/work.ts'
import { createImport, type HistoryEvent, type Imported } from '../jobs/ledger/history.ts'
import { openLedger } from '../jobs/ledger/ledger.ts'
import { decodeHistoryLine } from '../wire/history.ts'
import { openStores } from './stores.ts'

/** Where a history came to a stop, counted from 1; what stands before that line was brought in. */
export type ImportResult =
  | { readonly ok: true; readonly imported: Imported; readonly judgedBack?: JudgedBack }
  | { readonly ok: false; readonly line: number; readonly problems: readonly Problem[] }

/**
 * Readings from before the first journeys file that the store knows, milliseconds: nobody told what was promised then, so they
 * are judged by that file.
 */
export type JudgedBack = { readonly from: number; readonly fileSince: number }

/** Something that happened, and the line that tells of it, counted from 1. */
export type HistoryEntry = { readonly line: number; readonly event: HistoryEvent }

export type ImportOptions = {
  readonly now: number
  /** Marks the store as one that holds made-up data, for good. */
  readonly sample: boolean
  readonly onLine?: (line: number) => void
  /** Is told of the copy that was made before the store was brought to the present layout. */
  readonly onCopy?: (file: string) => void
}

/**
 * Reads a whole history before anything is written, so that a file with mistakes changes nothing.
 *
 * @param lines the lines of an NDJSON file; blank ones are skipped
 */
export function readHistory(
  lines: readonly string[],
):
  | { readonly ok: true; readonly entries: readonly HistoryEntry[] }
  | { readonly ok: false; readonly problems: readonly Problem[] } {
  const entries: HistoryEntry[] = []
  const problems: Problem[] = []
  for (const [i, text] of lines.entries()) {
    if (text.trim() === '') continue
    const decoded = decodeHistoryLine(parseLine(text))
    if (decoded.ok) entries.push({ line: i + 1, event: decoded.value })
    else problems.push(...decoded.problems.map((problem) => ({ ...problem, path: [i + 1, ...problem.path] })))
  }
  return problems.length > 0 ? { ok: false, problems } : { ok: true, entries }
}

/** What is no JSON fits no form of a line, and is told as such. */
function parseLine(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Brings a history into the store, which no daemon may have open. @throws StoreError when the store cannot be used */
export function importHistory(
  config: Config,
  definition: Definition,
  entries: Iterable<HistoryEntry>,
  { now, sample, onLine, onCopy }: ImportOptions,
): ImportResult {
  const stores = openStores(config.storeFile, now)
  try {
    if (stores.copiedTo !== undefined) onCopy?.(stores.copiedTo)
    if (sample) stores.ledger.markSample()
    const [{ at: fileSince } = { at: now }] = recordRevision(stores.ledger, definition, now)
    let from = Number.POSITIVE_INFINITY
    const ledger = openLedger(stores.ledger, config.ledger)
    const workAt = (at: number) => createWork({ store: stores.work, definition: () => definition, now: () => at })
    const run = createImport({ ledger, workAt, now })
    for (const { line, event } of entries) {
      onLine?.(line)
      if (event.kind === 'reading') from = Math.min(from, event.reading.at)
      const problems = run.take(event)
      if (problems.length > 0) {
        run.finish()
        return { ok: false, line, problems }
      }
    }
    return { ok: true, imported: run.finish(), ...(from < fileSince && { judgedBack: { from, fileSince } }) }
  } finally {
    stores.close()
  }
}

import type { ReportIssue } from '@tabiji/core/report'
import type { ReportFile } from '../ports/reports.ts'
import { openReportArchive } from '../store/report-archive.ts'
import type { Unreadable } from './audit.ts'
import { createPress } from './reports.ts'

/** What a store holds of a month's report. */
export type Archived = {
  /** Absent: the files are those of a draft. */
  readonly issue?: ReportIssue
  /** Milliseconds. */
  readonly draftAt?: number
  readonly files: readonly ReportFile[]
  /** When the store was written last, milliseconds. */
  readonly writtenAt?: number
  /** The zone of the month; UTC when nothing is kept of it. */
  readonly zone: string
}

/**
 * Reads a month from a store's file beside a daemon or without one; nothing is changed.
 *
 * @param revision absent: the newest, or the draft when there is none
 * @param drafts names of the files that are rendered of a draft
 */
export function readArchive(
  file: string,
  month: string,
  revision: number | undefined,
  drafts: readonly string[],
): { readonly ok: true; readonly answer: Archived } | Unreadable {
  let archive: ReturnType<typeof openReportArchive> | undefined
  try {
    archive = openReportArchive(file)
    const { store, writtenAt } = archive
    const written = { ...(writtenAt !== undefined && { writtenAt }) }
    const issued = store.issued(month, revision)
    if (issued !== undefined) {
      const { issue, facts } = issued
      const files = store
        .files(month, issue.revision)
        .flatMap(({ name }) => store.file(month, name, issue.revision) ?? [])
      return { ok: true, answer: { ...written, issue, files, zone: facts.timeZone } }
    }
    const draft = revision === undefined ? store.draft(month) : undefined
    if (draft === undefined) return { ok: true, answer: { ...written, files: [], zone: 'UTC' } }
    const press = createPress({}, new AbortController().signal)
    const files = drafts.flatMap((name) => press.draft(draft.facts, name) ?? [])
    return { ok: true, answer: { ...written, draftAt: draft.at, files, zone: draft.facts.timeZone } }
  } catch (error) {
    const { name, code, message } = error as { name?: string; code?: unknown; message: string }
    if (name === 'StoreError' || name === 'SqliteError') return { ok: false, code: String(code), message }
    throw error
  } finally {
    archive?.close()
  }
}

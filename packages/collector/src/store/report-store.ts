import { createHash } from 'node:crypto'
import { gunzipSync, gzipSync } from 'node:zlib'
import { canonicalJson, type MonthFacts, type RemarkEvent, type ReportIssue } from '@tabiji/core/report'
import type { Draft, ReportArchive, ReportFile, ReportStore, ToldFile } from '../ports/reports.ts'
import type { Sqlite } from './database.ts'

/** Reports in SQLite: what was said, drafts, and what was issued, packed. Nothing that was issued is ever changed. */
export function createReportStore(database: Sqlite): ReportStore {
  const insert = database.prepare('INSERT INTO report_remark (at, event) VALUES (?, ?)')
  const freeze = database.prepare(
    'INSERT INTO issued_report (month, revision, stamp, facts) VALUES (@month, @revision, @stamp, @facts) ON CONFLICT DO NOTHING',
  )
  const put = database.prepare(
    `INSERT INTO report_file (month, revision, name, sha256, bytes, body)
     VALUES (@month, @revision, @name, @sha256, @bytes, @body)`,
  )
  const keep = database.prepare('INSERT OR REPLACE INTO report_draft (month, at, facts) VALUES (?, ?, ?)')
  const forget = database.prepare('DELETE FROM report_draft WHERE month = ?')
  const remarks = () =>
    (database.prepare('SELECT event FROM report_remark ORDER BY id').pluck().all() as string[]).map(
      (event) => JSON.parse(event) as RemarkEvent,
    )
  const issue = database.transaction(({ issue: stamp, facts, files }: Parameters<ReportStore['issue']>[0]): boolean => {
    const { month } = facts
    const { revision } = stamp
    const packed = gzipSync(canonicalJson(facts))
    if (freeze.run({ month, revision, stamp: JSON.stringify(stamp), facts: packed }).changes === 0) return false
    for (const { name, body } of files) {
      put.run({ month, revision, name, sha256: hashOf(body), bytes: body.length, body: gzipSync(body) })
    }
    forget.run(month)
    return true
  })
  return {
    remarks,
    remark: (decide) =>
      database
        .transaction(() => decide(remarks(), (event) => void insert.run(event.at, JSON.stringify(event))))
        .immediate(),
    issue: (issued) => issue.immediate(issued),
    keepDraft: ({ month, at, facts }) => void keep.run(month, at, packDraft(facts)),
    ...createReportReader(database),
  }
}

/** What is asked of a store that nobody may write to as well. */
export function createReportReader(database: Sqlite): ReportArchive {
  const stamps = database.prepare('SELECT stamp FROM issued_report WHERE month = ? ORDER BY revision').pluck()
  const months = database
    .prepare('SELECT month FROM issued_report UNION SELECT month FROM report_draft ORDER BY month DESC')
    .pluck()
  const one = database.prepare('SELECT stamp, facts FROM issued_report WHERE month = ? AND revision = ?')
  const newest = database.prepare(
    'SELECT stamp, facts FROM issued_report WHERE month = ? ORDER BY revision DESC LIMIT 1',
  )
  const files = database.prepare(
    'SELECT name, bytes, sha256 FROM report_file WHERE month = ? AND revision = ? ORDER BY name',
  )
  const file = database.prepare('SELECT body FROM report_file WHERE month = ? AND revision = ? AND name = ?').pluck()
  const draft = database.prepare('SELECT at, facts FROM report_draft WHERE month = ?')
  const draftAt = database.prepare('SELECT at FROM report_draft WHERE month = ?').pluck()
  return {
    months: () => months.all() as string[],
    revisions: (month) => (stamps.all(month) as string[]).map((stamp) => JSON.parse(stamp) as ReportIssue),
    issued: (month, revision) => {
      const row = (revision === undefined ? newest.get(month) : one.get(month, revision)) as IssuedRow | undefined
      return row && { issue: JSON.parse(row.stamp) as ReportIssue, facts: factsIn(row.facts) }
    },
    files: (month, revision) => files.all(month, revision) as ToldFile[],
    file: (month, name, revision): ReportFile | undefined => {
      const body = file.get(month, revision, name) as Buffer | undefined
      return body && { name, body: gunzipSync(body) }
    },
    draft: (month): Draft | undefined => {
      const row = draft.get(month) as { at: number; facts: Buffer } | undefined
      return row && { month, at: row.at, facts: factsIn(row.facts) }
    },
    draftAt: (month) => draftAt.get(month) as number | undefined,
  }
}

/** How much of a text is packed at once. */
const PIECE = 256 * 1024

/** Packed piece by piece, as gzip allows: the whole text of a large month would be a hundred megabytes. */
function packDraft({ journeys, ...rest }: MonthFacts): Buffer {
  const packed: Buffer[] = []
  let bytes = Buffer.alloc(0)
  // Each piece in the same memory: as many buffers as there are pieces would wait for the garbage collector.
  const pack = (text: string) => {
    const length = Buffer.byteLength(text)
    if (length > bytes.length) bytes = Buffer.allocUnsafeSlow(2 * length)
    bytes.write(text)
    packed.push(gzipSync(bytes.subarray(0, length)))
  }
  let piece = `${JSON.stringify(rest).slice(0, -1)},"journeys":[`
  for (const [i, journey] of journeys.entries()) {
    piece += `${i === 0 ? '' : ','}${JSON.stringify(journey)}`
    if (piece.length < PIECE) continue
    pack(piece)
    piece = ''
  }
  pack(`${piece}]}`)
  return Buffer.concat(packed)
}

type IssuedRow = { stamp: string; facts: Buffer }

const factsIn = (packed: Buffer) => JSON.parse(gunzipSync(packed).toString()) as MonthFacts

const hashOf = (body: Uint8Array): string => createHash('sha256').update(body).digest('hex')

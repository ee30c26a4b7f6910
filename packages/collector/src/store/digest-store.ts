import type { DigestRecord, DigestStore, DigestWritten } from '../ports/digests.ts'
import { type EpisodeRow, recordOf } from './alert-store.ts'
import type { Sqlite } from './database.ts'
import { prepareOwing } from './outbox.ts'

/** Which digests were made, in SQLite, beside the outbox that they are owed through. */
export function createDigestStore(database: Sqlite): DigestStore {
  const last = database.prepare(
    'SELECT team, period, key, at, how FROM digest WHERE team = ? AND period = ? ORDER BY at DESC, key DESC LIMIT 1',
  )
  const has = database.prepare('SELECT 1 FROM digest WHERE team = ? AND period = ? AND key = ?').pluck()
  const awaiting = database.prepare("SELECT DISTINCT topic FROM outbox WHERE state = 'digest'").pluck()
  const notices = database.prepare(
    "SELECT * FROM episode WHERE level = 3 AND (state IN ('firing', 'acked') OR number IN (SELECT CAST(substr(episode, 3) AS INTEGER) FROM timeline WHERE at >= ? AND transition IN ('resolved', 'withdrawn'))) ORDER BY number",
  )
  const insert = database.prepare(
    'INSERT INTO digest (team, period, key, at, how) VALUES (@team, @period, @key, @at, @how) ON CONFLICT DO NOTHING',
  )
  const settle = database.prepare("UPDATE outbox SET state = 'digested' WHERE topic = ? AND state = 'digest'")
  const { owe } = prepareOwing(database)
  const write = database.transaction((record: Omit<DigestRecord, 'how'>, compose: () => DigestWritten) => {
    if (has.get(record.team, record.period, record.key) !== undefined) return undefined
    const written = compose()
    insert.run({ ...record, how: written.rows.length === 0 ? 'empty' : 'sent' })
    owe(written.rows)
    for (const topic of written.told) settle.run(topic)
    return written
  })
  return {
    last: (team, period) => last.get(team, period) as DigestRecord | undefined,
    has: (team, period, key) => has.get(team, period, key) !== undefined,
    awaiting: () => new Set(awaiting.all() as string[]),
    noticesSince: (since) =>
      (notices.all(since) as EpisodeRow[]).map(recordOf).filter(({ facts }) => facts.drill === undefined),
    write: (record, compose) => write.immediate(record, compose),
    begin: (record) => void insert.run({ ...record, how: 'begun' }),
  }
}

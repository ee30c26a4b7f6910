import { copyFileSync, existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { describe, expect, test } from 'vitest'
import { openOn, podOf, readingAt, START } from '../jobs/testing/ledger-on-file.ts'
import { openAuditStore } from './audit-store.ts'
import { temporaryFolder } from './testing/temporary-folder.ts'

const newFile = () => join(temporaryFolder(), 'tabiji.db')

describe('a store that is looked at', () => {
  test('shows one moment, whatever is committed meanwhile', () => {
    const file = newFile()
    const { ledger, close } = openOn(file)
    ledger.book([readingAt(15, [3, 0, 0, 0])], START + 15_000)
    const store = openAuditStore(file)
    const before = [store.rowCount(), store.claims().lastRow]
    ledger.book([readingAt(30, [5, 0, 0, 0])], START + 30_000)
    ledger.checkpoint(START + 30_000)
    expect([store.rowCount(), store.claims().lastRow, [...store.rows()].length]).toEqual([1, 1, 1])
    expect([before, store.claims().edges]).toEqual([[1, 1], []])
    store.close()
    const after = openAuditStore(file)
    expect([after.rowCount(), after.claims().edges.length]).toEqual([2, 1])
    after.close()
    close()
  })

  test('is not locked: a daemon starts and books beside it', () => {
    const file = newFile()
    openOn(file).close()
    const store = openAuditStore(file)
    const { ledger, close } = openOn(file)
    ledger.book([readingAt(15, [3, 0, 0, 0])], START + 15_000)
    expect(store.rowCount()).toBe(0)
    close()
    store.close()
  })

  test('cannot be changed through it', () => {
    const file = newFile()
    openOn(file).close()
    const store = openAuditStore(file)
    expect(() => store.ledger().savePoint({ at: 0, rows: new Float64Array(0) })).toThrow(/readonly/)
    store.close()
  })

  test('tells its rows in the order of their slots, and the processes as they are written', () => {
    const file = newFile()
    const { ledger, close } = openOn(file)
    ledger.book([readingAt(15, [3, 0, 0, 0])], START + 15_000)
    ledger.book([readingAt(5, [1, 0, 0, 0], podOf('pod-2', START + 1_000))], START + 16_000)
    const store = openAuditStore(file)
    expect([...store.rows()].map(({ id, start }) => [id, start - START / 1000])).toEqual([
      [2, 0],
      [1, 15],
    ])
    expect([...store.rowsBetween(START / 1000, START / 1000 + 15)].map(({ id }) => id)).toEqual([2])
    expect(store.claims().positions).toMatchObject([
      { id: 'pod-1', service: 'scan', identified: true, baseline: false },
      { id: 'pod-2', service: 'scan', identified: true, baseline: false },
    ])
    store.close()
    close()
  })
})

describe('what cannot be looked at is refused:', () => {
  test.each([
    ['no file', () => {}, 'STORE_UNUSABLE'],
    ['an empty file', (file: string) => writeFileSync(file, ''), 'STORE_NOT_OURS'],
    ['no database', (file: string) => writeFileSync(file, 'x'.repeat(4_096)), 'STORE_NOT_OURS'],
    [
      'another program’s',
      (file: string) => void new Database(file).exec('CREATE TABLE t (x)').close(),
      'STORE_NOT_OURS',
    ],
    ['a newer one', (file: string) => changed(file, 'PRAGMA user_version = 99'), 'STORE_TOO_NEW'],
  ])('%s', (_, make, code) => {
    const file = newFile()
    make(file)
    const existed = existsSync(file)
    expect(() => openAuditStore(file)).toThrow(expect.objectContaining({ code }))
    expect(existsSync(file)).toBe(existed)
  })

  test('an older one, where the daemon’s way of reading is asked for', () => {
    const file = newFile()
    copyFileSync(new URL('../../../../test/measurement/ledger/fixtures/store-v1.db', import.meta.url), file)
    const store = openAuditStore(file)
    expect([store.schema, store.rowCount()]).toEqual([1, 1_000])
    expect(() => store.ledger()).toThrow(expect.objectContaining({ code: 'STORE_TOO_OLD' }))
    store.close()
  })
})

function changed(file: string, sql: string): void {
  const { database, close } = openOn(file)
  database.exec(sql)
  close()
}

import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { countChanges } from './changes.ts'
import { openDatabase } from './database.ts'
import { createLedgerStore } from './ledger-store.ts'
import { createLifeSigns } from './life-signs.ts'
import { temporaryFolder } from './testing/temporary-folder.ts'
import { createWorkStore } from './work-store.ts'

const NOW = Date.parse('2026-10-15T12:00:00+09:00')

test('what people record counts as a change, what is booked and signs of life do not', () => {
  const { database, close } = openDatabase(join(temporaryFolder(), 'tabiji.db'), NOW)
  onTestFinished(close)
  const changes = countChanges(database)
  const ledger = createLedgerStore(database)
  const work = createWorkStore(database)
  expect(changes()).toBe(0)

  createLifeSigns(database).record(NOW)
  const account = { journey: 'checkout', step: 'pay', service: 'shop', role: 'own' } as const
  const slots = [{ slot: { start: NOW / 1000, width: 15 }, body: new Uint8Array([1]) }]
  ledger.commit({ at: NOW, accounts: [{ number: 0, account }], slots, positions: [], notes: [], intervals: [] })
  ledger.savePoint({ at: NOW / 1000, rows: new Float64Array(0) })
  expect(changes()).toBe(0)

  ledger.markSample()
  expect(changes()).toBe(1)
  ledger.saveRevision({ at: NOW, fingerprint: 'f', targets: {} })
  expect(changes()).toBe(2)
  const before = changes()
  expect(work.fixHistories()).toEqual([])
  database.prepare("INSERT INTO report_remark (at, event) VALUES (?, '{}')").run(NOW)
  database.prepare('DELETE FROM report_remark').run()
  expect(changes()).toBe(before + 2)
})

test('a table that is new counts unless somebody says that no month is told from it', () => {
  const { database, close } = openDatabase(join(temporaryFolder(), 'tabiji.db'), NOW)
  onTestFinished(close)
  database.exec('CREATE TABLE promises (text TEXT) STRICT')
  const changes = countChanges(database)
  database.exec("INSERT INTO promises VALUES ('soon'); UPDATE promises SET text = 'later'; DELETE FROM promises")
  expect(changes()).toBe(3)
})

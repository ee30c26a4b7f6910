import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import Database from 'better-sqlite3'
import { expect, test } from 'vitest'
import { openDatabase } from './database.ts'
import { migrate } from './migrate.ts'
import { MIGRATIONS } from './schema.ts'
import { temporaryFolder } from './testing/temporary-folder.ts'

const NOW = Date.parse('2026-10-10T12:00:00Z')
const BIRTH = "SELECT value FROM meta WHERE key = 'birth'"

/** A store of the first schema, with a birth in it. */
function oldStore(): string {
  const file = join(temporaryFolder(), 'books.db')
  const database = new Database(file)
  migrate(database, NOW, MIGRATIONS.slice(0, 1))
  database.close()
  return file
}

const copiesBeside = (file: string) => readdirSync(dirname(file)).filter((name) => name.includes('before-schema'))

test('a new store is not copied: there is nothing in it', () => {
  const file = join(temporaryFolder(), 'books.db')
  const open = openDatabase(file, NOW)
  expect([open.copiedTo, copiesBeside(file)]).toEqual([undefined, []])
  open.close()
})

test('an older store is copied first, whole, at its old schema', () => {
  const file = oldStore()
  const open = openDatabase(file, NOW + 1)
  expect(open.copiedTo).toBe(`${file}.before-schema-${MIGRATIONS.length}.db`)
  expect(open.database.pragma('user_version', { simple: true })).toBe(MIGRATIONS.length)
  open.close()
  const copy = new Database(open.copiedTo ?? '')
  expect(copy.pragma('user_version', { simple: true })).toBe(1)
  expect(copy.prepare(BIRTH).pluck().get()).toBe(String(NOW))
  copy.close()
  const again = openDatabase(file, NOW + 2)
  expect([again.copiedTo, copiesBeside(file).length]).toEqual([undefined, 1])
  again.close()
})

test('a copy that is there already is left alone', () => {
  const file = oldStore()
  writeFileSync(`${file}.before-schema-${MIGRATIONS.length}.db`, 'from another day')
  const open = openDatabase(file, NOW)
  open.close()
  expect(open.copiedTo).toBe(`${file}.before-schema-${MIGRATIONS.length}-2.db`)
  expect(readFileSync(`${file}.before-schema-${MIGRATIONS.length}.db`, 'utf8')).toBe('from another day')
})

test('a step that fails takes the steps before it back, and the copy with them', () => {
  const file = oldStore()
  const database = new Database(file)
  const steps = [...MIGRATIONS.slice(0, 1), 'CREATE TABLE fine (id INTEGER)', 'CREATE TABLE broken (']
  expect(() => migrate(database, NOW, steps)).toThrow('incomplete')
  expect(database.pragma('user_version', { simple: true })).toBe(1)
  expect(database.prepare("SELECT count(*) FROM sqlite_master WHERE name = 'fine'").pluck().get()).toBe(0)
  expect(copiesBeside(file)).toEqual([])
  database.close()
  openDatabase(file, NOW).close()
})

test('a copy that was once cut short is not taken for one', () => {
  const file = oldStore()
  const database = new Database(file)
  writeFileSync(`${file}.before-schema-2.db.partial`, 'half')
  expect(migrate(database, NOW, [...MIGRATIONS.slice(0, 1), 'CREATE TABLE fine (id INTEGER)'])).toBe(
    `${file}.before-schema-2.db`,
  )
  expect(copiesBeside(file)).toEqual(['books.db.before-schema-2.db'])
  database.close()
})

test('what is owed, and what was tried, is kept when notifications get a topic', () => {
  const file = join(temporaryFolder(), 'books.db')
  const database = new Database(file)
  migrate(database, NOW, MIGRATIONS.slice(0, 7))
  database.exec(`
    INSERT INTO episode VALUES ('A-0001', 1, 'r', 1, 'firing', 0, '{}', '{}');
    INSERT INTO outbox VALUES (7, 'n-1', 'A-0001', 'pager', 'trigger', 1, '{}', '[]', 1, 2, 'waiting', 3, 1, 0, 'why', NULL);
    INSERT INTO attempt VALUES (5, 'n-1', 1, 2, 'retry', 'slow');
  `)
  database.close()
  const open = openDatabase(file, NOW)
  const all = (query: string) => open.database.prepare(query).all()
  expect(all('SELECT * FROM outbox')).toMatchObject([
    { number: 7, id: 'n-1', topic: 'A-0001', receiver: 'pager', not_before: 2, attempts: 3, last_error: 'why' },
  ])
  expect(all('SELECT * FROM attempt')).toEqual([
    { id: 5, outbox: 'n-1', started_at: 1, ended_at: 2, result: 'retry', message: 'slow' },
  ])
  expect(all('PRAGMA foreign_key_check')).toEqual([])
  expect(() => open.database.exec("INSERT INTO attempt VALUES (6, 'n-2', 1, 2, 'retry', NULL)")).toThrow('FOREIGN KEY')
  open.close()
})

import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import Database from 'better-sqlite3'
import { afterEach, describe, expect, test } from 'vitest'
import { openDatabase } from './database.ts'
import { MIGRATIONS } from './schema.ts'
import { StoreError } from './store-error.ts'
import { temporaryFolder } from './testing/temporary-folder.ts'

const NOW = Date.parse('2026-10-10T12:00:00Z')
const HOLD = fileURLToPath(new URL('testing/hold-store.mjs', import.meta.url))

/** The code with which a store refuses to open; `open` when it does not. */
function openingOf(file: string): string {
  try {
    openDatabase(file, NOW).close()
    return 'open'
  } catch (error) {
    return error instanceof StoreError ? error.code : `${error}`
  }
}

const birthOf = (file: string): string => {
  const store = openDatabase(file, NOW + 999)
  const birth = store.database.prepare("SELECT value FROM meta WHERE key = 'birth'").pluck().get() as string
  store.close()
  return birth
}

describe('a new store', () => {
  test('is born once and keeps its birth', () => {
    const file = join(temporaryFolder(), 'books.db')
    openDatabase(file, NOW).close()
    expect(birthOf(file)).toBe(String(NOW))
  })

  test('is ours, has the present schema, and syncs what it commits', () => {
    const store = openDatabase(join(temporaryFolder(), 'books.db'), NOW)
    const pragma = (name: string) => store.database.pragma(name, { simple: true })
    expect(['user_version', 'application_id', 'journal_mode', 'synchronous', 'foreign_keys'].map(pragma)).toEqual([
      MIGRATIONS.length,
      0x54616269,
      'wal',
      2,
      1,
    ])
    store.close()
  })

  test('may be an empty file', () => {
    const file = join(temporaryFolder(), 'books.db')
    writeFileSync(file, '')
    expect(openingOf(file)).toBe('open')
  })
})

describe('a store is refused', () => {
  test('when its schema is newer, and left as it is', () => {
    const file = join(temporaryFolder(), 'books.db')
    openDatabase(file, NOW).close()
    const raw = new Database(file)
    raw.pragma(`user_version = ${MIGRATIONS.length + 1}`)
    raw.close()
    expect(openingOf(file)).toBe('STORE_TOO_NEW')
    const again = new Database(file)
    again.pragma(`user_version = ${MIGRATIONS.length}`)
    again.close()
    expect(birthOf(file)).toBe(String(NOW))
  })

  test.each([
    ['has tables', (raw: Database.Database) => raw.exec('CREATE TABLE customers (id INTEGER) STRICT')],
    ['is marked as its own', (raw: Database.Database) => raw.pragma('application_id = 77')],
  ])('when another program’s database %s, and not a byte of it changes', (_, fill) => {
    const file = join(temporaryFolder(), 'customers.db')
    const raw = new Database(file)
    fill(raw)
    raw.close()
    const before = readFileSync(file)
    expect(openingOf(file)).toBe('STORE_NOT_OURS')
    expect(readFileSync(file).equals(before)).toBe(true)
  })

  test('when it is no database at all, and not a byte of it changes', () => {
    const file = join(temporaryFolder(), 'notes.txt')
    const text = 'Not a database, but a long enough text to be read as the header of one. '.repeat(20)
    writeFileSync(file, text)
    expect(openingOf(file)).toBe('STORE_NOT_OURS')
    expect(readFileSync(file, 'utf8')).toBe(text)
  })

  test('when its folder does not exist, without blaming another process', () => {
    expect(() => openDatabase(join(temporaryFolder(), 'nowhere', 'books.db'), NOW)).toThrow(
      expect.objectContaining({ code: 'STORE_UNUSABLE', message: expect.stringContaining('folder exists') }),
    )
  })

  test('by its name or through a link while this process has it, and not afterwards', () => {
    const folder = temporaryFolder()
    const file = join(folder, 'books.db')
    const link = join(folder, 'link.db')
    symlinkSync(file, link)
    const store = openDatabase(file, NOW)
    expect([openingOf(file), openingOf(link)]).toEqual(['STORE_IN_USE', 'STORE_IN_USE'])
    store.close()
    expect([openingOf(file), openingOf(link)]).toEqual(['open', 'open'])
  })
})

describe('two processes', () => {
  const children: ChildProcess[] = []
  afterEach(() => {
    for (const child of children.splice(0)) child.kill('SIGKILL')
  })

  async function holdIn(file: string): Promise<{ readonly child: ChildProcess; readonly said: string }> {
    const child = spawn(process.execPath, [HOLD, file], { stdio: ['ignore', 'pipe', 'inherit'] })
    children.push(child)
    const [line] = await once(child.stdout as NodeJS.ReadableStream, 'data')
    return { child, said: String(line).trim() }
  }

  test('do not share a store: the second one is refused, whoever was first', async () => {
    const file = join(temporaryFolder(), 'books.db')
    const store = openDatabase(file, NOW)
    expect((await holdIn(file)).said).toBe('STORE_IN_USE')
    store.close()
    expect((await holdIn(file)).said).toBe('open')
    expect(openingOf(file)).toBe('STORE_IN_USE')
  })

  test('follow each other: a store is free as soon as its process is killed', async () => {
    const file = join(temporaryFolder(), 'books.db')
    const { child, said } = await holdIn(file)
    expect([said, openingOf(file)]).toEqual(['open', 'STORE_IN_USE'])
    const gone = once(child, 'exit')
    child.kill('SIGKILL')
    await gone
    expect(openingOf(file)).toBe('open')
  })
})

import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import Database from 'better-sqlite3'
import { describe, expect, test } from 'vitest'
import { backUp, restore } from './backup.ts'
import { openDatabase } from './database.ts'
import { StoreError } from './store-error.ts'
import { temporaryFolder } from './testing/temporary-folder.ts'

const NOW = Date.parse('2026-10-10T12:00:00Z')
const quiet = { now: NOW, force: false, progress: () => undefined }

const newStore = () => join(temporaryFolder(), 'tabiji.db')

/** Fills a store with some megabytes, so that a copy takes several steps. */
function fill({ database }: ReturnType<typeof openDatabase>, rows = 3_000): void {
  const add = database.prepare('INSERT INTO log (slot, width, committed_at, body) VALUES (?, 15, 0, randomblob(4000))')
  database.transaction(() => {
    for (let i = 0; i < rows; i++) add.run(15 * i)
  })()
}

const count = (file: string) => {
  const database = new Database(file, { readonly: true })
  const rows = database.prepare('SELECT count(*) FROM log').pluck().get()
  database.close()
  return rows
}

/** The code with which it is refused; `done` when it is not. */
async function codeOf(act: Promise<unknown>): Promise<string> {
  try {
    await act
    return 'done'
  } catch (error) {
    return error instanceof StoreError ? error.code : `${error}`
  }
}

describe('a backup', () => {
  test('is of one moment although the daemon goes on writing, and tells how far it is', async () => {
    const store = newStore()
    const open = openDatabase(store, NOW)
    fill(open)
    const file = join(temporaryFolder(), 'copy.db')
    const said: number[] = []
    await backUp(store, file, {
      ...quiet,
      progress: (done, total) => {
        said.push(done / total)
        fill(open, 1)
      },
    })
    expect(said.length).toBeGreaterThan(2)
    expect([count(file), readdirSync(dirname(file))]).toEqual([3_000, ['copy.db']])
    expect(count(store)).toBe(3_000 + said.length)
    open.close()
  })

  test('replaces nothing unless it is told to', async () => {
    const store = newStore()
    openDatabase(store, NOW).close()
    const file = join(temporaryFolder(), 'copy.db')
    writeFileSync(file, 'something else')
    expect(await codeOf(backUp(store, file, quiet))).toBe('BACKUP_EXISTS')
    expect(readFileSync(file, 'utf8')).toBe('something else')
    expect(await codeOf(backUp(store, file, { ...quiet, force: true }))).toBe('done')
    expect(count(file)).toBe(0)
    expect(await codeOf(backUp(store, store, { ...quiet, force: true }))).toBe('BACKUP_EXISTS')
  })

  test('that cannot be finished leaves nothing behind', async () => {
    const store = newStore()
    openDatabase(store, NOW).close()
    const folder = temporaryFolder()
    expect(await codeOf(backUp(store, join(folder, 'no', 'copy.db'), quiet))).not.toBe('done')
    expect(readdirSync(folder)).toEqual([])
  })
})

describe('a restore', () => {
  async function copyOf(store: string): Promise<string> {
    const file = join(temporaryFolder(), 'copy.db')
    await backUp(store, file, quiet)
    return file
  }

  test('puts the copy in place, keeps what stood there, and remembers when', async () => {
    const store = newStore()
    const open = openDatabase(store, NOW)
    fill(open, 5)
    const file = await copyOf(store)
    fill(open, 2)
    open.close()
    const restored = await restore(store, file, NOW + 60_000, () => undefined)
    expect(restored).toMatchObject({ held: 0, again: 0, backupAt: NOW })
    expect([count(store), count(restored.replaced ?? '')]).toEqual([5, 7])
    const again = openDatabase(store, NOW)
    expect(again.database.prepare("SELECT value FROM meta WHERE key = 'restored_at'").pluck().get()).toBe(
      String(NOW + 60_000),
    )
    again.close()
  })

  test('is refused while a daemon has the store, and when the copy is not one', async () => {
    const store = newStore()
    const open = openDatabase(store, NOW)
    fill(open, 300)
    const file = await copyOf(store)
    const put = () => restore(store, file, NOW, () => undefined)
    expect(await codeOf(put())).toBe('STORE_IN_USE')
    open.close()

    const bytes = readFileSync(file)
    bytes.fill(7, 4096 * 20, 4096 * 40)
    writeFileSync(file, bytes)
    expect(await codeOf(put())).toBe('STORE_DAMAGED')
    writeFileSync(file, 'a poem, and not a database at all')
    expect(await codeOf(put())).toBe('STORE_NOT_OURS')
    writeFileSync(file, '')
    expect(await codeOf(put())).toBe('STORE_NOT_OURS')
    expect([count(store), readdirSync(dirname(store)).filter((name) => /restor/.test(name))]).toEqual([300, []])
  })

  test('takes the place of a store that is damaged, and of none', async () => {
    const store = newStore()
    const open = openDatabase(store, NOW)
    fill(open, 5)
    const file = await copyOf(store)
    open.close()
    writeFileSync(store, 'rubbish')
    const { replaced = '' } = await restore(store, file, NOW, () => undefined)
    expect([readFileSync(replaced, 'utf8'), count(store)]).toEqual(['rubbish', 5])
    const other = newStore()
    expect(await restore(other, file, NOW, () => undefined)).not.toHaveProperty('replaced')
    expect([count(other), existsSync(`${other}.restoring`)]).toEqual([5, false])
  })
})

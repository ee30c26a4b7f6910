import { existsSync, renameSync, rmSync } from 'node:fs'
import type Database from 'better-sqlite3'
import { MIGRATIONS } from './schema.ts'

/** `Tabi` in ASCII: marks our files, so that a foreign database is not filled with our tables. */
export const APPLICATION_ID = 0x54616269

/**
 * Brings a store to the present layout, forward only. All pending steps are one transaction: a step that fails leaves the
 * store as it was. Before the first one a store that holds anything is copied beside itself.
 *
 * @param now milliseconds; the birth of a new ledger
 * @param steps other than ours in a test only
 * @returns the file of the copy, when one was made
 */
export function migrate(
  database: Database.Database,
  now: number,
  steps: readonly string[] = MIGRATIONS,
): string | undefined {
  const version = database.pragma('user_version', { simple: true }) as number
  if (version >= steps.length) return undefined
  const copy = version === 0 ? undefined : copyBeside(database, steps.length)
  const take = database.transaction(() => {
    for (const step of steps.slice(version)) database.exec(step)
    if (version === 0) {
      database.pragma(`application_id = ${APPLICATION_ID}`)
      database.prepare('INSERT INTO meta (key, value) VALUES (?, ?)').run('birth', String(now))
    }
    database.pragma(`user_version = ${steps.length}`)
  })
  try {
    take.immediate()
  } catch (error) {
    // The store is what the copy is; a daemon that is started again and again must not fill the disk with more of them.
    if (copy !== undefined) rmSync(copy, { force: true })
    throw error
  }
  return copy
}

/**
 * A consistent copy under a name that says what it is from before. `VACUUM INTO` rather than the online backup, because
 * opening is synchronous and nobody else writes; a copy that is cut short never has the final name.
 */
function copyBeside(database: Database.Database, schema: number): string | undefined {
  if (database.memory) return undefined
  const file = freeName(`${database.name}.before-schema-${schema}`)
  const partial = `${file}.partial`
  rmSync(partial, { force: true })
  try {
    database.prepare('VACUUM INTO ?').run(partial)
    renameSync(partial, file)
    return file
  } catch (error) {
    rmSync(partial, { force: true })
    throw error
  }
}

/** The first of `name.db`, `name-2.db`, … that does not exist: an older copy is never written over. */
export function freeName(name: string): string {
  for (let n = 1; ; n++) {
    const file = n === 1 ? `${name}.db` : `${name}-${n}.db`
    if (!existsSync(file)) return file
  }
}

import { createHash } from 'node:crypto'
import type { Answered, Begun, Command, CommandLine, CommandLog } from '../ports/command-log.ts'
import type { Sqlite } from './database.ts'

/** How long a request may be sent again under its key. */
const KEY_KEPT_MS = 24 * 3_600_000

/** As long as the books are kept by default. */
const LINE_KEPT_MS = 460 * 86_400_000

/** The audit in SQLite, a row for each command, and beside it for a day what was answered under a key. */
export function createCommandLog(database: Sqlite): CommandLog {
  const find = database.prepare('SELECT digest, done, answer FROM command WHERE key = ?')
  const insert = database.prepare(
    `INSERT INTO command (at, author, signed, action, said, key, digest, done)
     VALUES (@at, @by, @signed, @action, @said, @key, @digest, 0)`,
  )
  const forgetKeys = database.prepare('UPDATE command SET key = NULL, answer = NULL WHERE key IS NOT NULL AND at < ?')
  const forget = database.prepare('DELETE FROM command WHERE at < ?')
  const done = database.prepare('UPDATE command SET done = 1, answer = iif(key IS NULL, NULL, ?) WHERE id = ?')
  const undo = database.prepare('DELETE FROM command WHERE id = ?')
  const list = database.prepare(
    `SELECT at, author, signed, action, said, done FROM command
     WHERE (@by IS NULL OR author = @by) AND (@about IS NULL OR instr(action || '/', '/' || @about || '/') > 0)
     ORDER BY id DESC LIMIT @limit`,
  )
  const begin = database.transaction((command: Command): Begun => {
    const { at, by, signed, action, said, key } = command
    forgetKeys.run(at - KEY_KEPT_MS)
    forget.run(at - LINE_KEPT_MS)
    // One person's key is not another's.
    const scoped = key === undefined ? null : `${by ?? ''}\n${key}`
    const digest = createHash('sha256').update(`${action}\n${said}`).digest('hex')
    const known = scoped === null ? undefined : (find.get(scoped) as KeyRow | undefined)
    if (known !== undefined) return begunBefore(known, digest)
    const row = { at, by: by ?? null, signed: Number(signed), action, said, key: scoped, digest }
    return { kind: 'new', id: Number(insert.run(row).lastInsertRowid) }
  })
  return {
    begin: (command) => begin.immediate(command),
    done: (id, answered) => void done.run(JSON.stringify(answered), id),
    undo: (id) => void undo.run(id),
    list: ({ by = null, about = null, limit }) => (list.all({ by, about, limit }) as LineRow[]).map(lineOf),
  }
}

type KeyRow = { digest: string; done: number; answer: string | null }

function begunBefore(known: KeyRow, digest: string): Begun {
  if (known.digest !== digest) return { kind: 'other' }
  if (known.done === 0 || known.answer === null) return { kind: 'unknown' }
  return { kind: 'answered', answered: JSON.parse(known.answer) as Answered }
}

type LineRow = { at: number; author: string | null; signed: number; action: string; said: string; done: number }

function lineOf({ author, signed, done, ...line }: LineRow): CommandLine {
  return {
    ...line,
    ...(author !== null && { by: author }),
    signed: signed === 1,
    outcome: done === 1 ? 'done' : 'unknown',
  }
}

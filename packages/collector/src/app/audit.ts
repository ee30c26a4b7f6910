import { verifyAlerts } from '@tabiji/core/alert'
import { type Disagreement, type Verification, verifyBooks } from '@tabiji/core/ledger'
import type { AuditStore } from '../ports/audit.ts'
import { openAuditStore } from '../store/audit-store.ts'

/** Why a store could not be looked at. */
export type Unreadable = { readonly ok: false; readonly code: string; readonly message: string }

/** What was compared of a whole store, and how it ended. */
export type StoreVerification = Verification & {
  readonly schema: number
  readonly sample: boolean
  readonly alerts: number
  readonly notifications: number
}

/** Opens a store for one question and closes it again. What cannot be opened is a value; our own mistakes are thrown. */
export function consult<Answer>(
  file: string,
  ask: (store: AuditStore) => Answer,
): { readonly ok: true; readonly answer: Answer } | Unreadable {
  let store: AuditStore | undefined
  try {
    store = openAuditStore(file)
    return { ok: true, answer: ask(store) }
  } catch (error) {
    const { name, code, message } = error as { name?: string; code?: unknown; message: string }
    if (name === 'StoreError' || name === 'SqliteError') return { ok: false, code: String(code), message }
    // The packed bodies are read by others, too, and those give up at the first that is damaged.
    if (!(error instanceof RangeError)) throw error
    const advice = `${file} is damaged: ${message}. \`tabiji ledger verify\` says where.`
    return { ok: false, code: 'STORE_DAMAGED', message: advice }
  } finally {
    store?.close()
  }
}

/**
 * Compares everything that a store says with its log, at one moment of it.
 *
 * @param onRow called with the number of each row, counted from 1, and how many there are
 */
export function verifyStore(
  file: string,
  onRow: (row: number, rows: number) => void = () => {},
): { readonly ok: true; readonly answer: StoreVerification } | Unreadable {
  return consult(file, (store) => {
    const told: Disagreement[] = []
    try {
      told.push(...store.damage().map(damaged))
      const rows = store.rowCount()
      const books = verifyBooks(store.claims(), store.rows(), (row) => onRow(row, rows))
      const alerts = store.alertClaims()
      told.push(...verifyAlerts(alerts))
      return {
        ...books,
        schema: store.schema,
        sample: store.sample,
        alerts: alerts.episodes.length,
        notifications: alerts.outbox.length,
        found: books.found + told.length,
        disagreements: [...told, ...books.disagreements],
      }
    } catch (error) {
      // Of a file that is damaged inside not all can be read; that is an answer too.
      if ((error as Error).name !== 'SqliteError') throw error
      told.push(damaged(`reading stopped: ${(error as Error).message}`))
      return { ...NOTHING_READ, schema: store.schema, sample: store.sample, found: told.length, disagreements: told }
    }
  })
}

const damaged = (message: string): Disagreement => ({ kind: 'file', subject: 'file', message })

const NOTHING_READ = {
  rows: 0,
  entries: 0,
  slots: 0,
  accounts: 0,
  edges: 0,
  points: 0,
  positions: 0,
  events: 0,
  alerts: 0,
  notifications: 0,
  keptFrom: 0,
  remarks: [],
}

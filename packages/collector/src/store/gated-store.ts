import { type LetGo, notBefore, type Verdict } from '@tabiji/core/alert'
import type { OutboxRow } from '../ports/alert-store.ts'
import type { Decision, GatedStore } from '../ports/gated-store.ts'
import type { Sqlite } from './database.ts'
import { outboxOf, type StoredOutboxRow } from './outbox.ts'

const STATES = { held: 'gated', let_go: 'waiting', dropped: 'cancelled' } as const satisfies Record<
  Decision['outcome'],
  OutboxRow['state']
>

/** What the gates hold back, in SQLite: rows of the outbox, and a line for every decision about one. */
export function createGatedStore(database: Sqlite): GatedStore {
  const gated = database.prepare("SELECT * FROM outbox WHERE state = 'gated' ORDER BY number")
  const settle = database.prepare(
    `UPDATE outbox SET
       state = CASE WHEN @state = 'waiting' AND level = 2 AND kind IN ('trigger', 'resolve', 'withdraw')
         AND json_extract(facts, '$.drill') IS NULL THEN 'digest' ELSE @state END, verdicts = @verdicts, not_before = @notBefore, let_go_at = @letGoAt, last_error = @reason
     WHERE id = @outbox AND state = 'gated'`,
  )
  const note = database.prepare(
    `INSERT INTO decision (outbox, at, outcome, verdicts, reason) VALUES (@outbox, @at, @outcome, @verdicts, @reason)`,
  )
  const letGo = database.prepare(
    `SELECT let_go_at AS at, coalesce(json_extract(facts, '$.journey.name'), '') AS journey,
       kind = 'reminder' OR degraded = 1 OR instead_of IS NOT NULL AS alone FROM outbox
     WHERE receiver = ? AND let_go_at > ? AND kind IN ('trigger', 'reminder') AND level > 1
       AND (level = 3 OR kind = 'reminder') AND json_extract(facts, '$.drill') IS NULL
     ORDER BY let_go_at, number`,
  )
  const lines = database.prepare('SELECT * FROM decision WHERE outbox = ? ORDER BY id')
  const decide = database.transaction((decisions: readonly Decision[]) => {
    for (const { outbox, at, outcome, verdicts, reason } of decisions) {
      const said = { outbox, verdicts: JSON.stringify(verdicts), reason: reason ?? null }
      const letGoAt = outcome === 'let_go' ? at : null
      const { changes } = settle.run({ ...said, letGoAt, state: STATES[outcome], notBefore: notBefore(verdicts, at) })
      if (changes > 0) note.run({ ...said, at, outcome })
    }
  })
  return {
    gated: () => (gated.all() as StoredOutboxRow[]).map(outboxOf),
    decide: (decisions) => decide.immediate(decisions),
    letGo: (receiver, after) =>
      (letGo.all(receiver, after) as StoredLetGo[]).map((row) => ({ ...row, alone: row.alone === 1 })),
    decisionsOf: (outbox) => (lines.all(outbox) as DecisionRow[]).map(decisionOf),
  }
}

type StoredLetGo = Omit<LetGo, 'alone'> & { alone: 0 | 1 }
type DecisionRow = Omit<Decision, 'verdicts' | 'reason'> & { verdicts: string; reason: string | null }

function decisionOf({ outbox, at, outcome, verdicts, reason }: DecisionRow): Decision {
  const said = { outbox, at, outcome, verdicts: JSON.parse(verdicts) as Verdict[] }
  return reason === null ? said : { ...said, reason }
}

import type { AlertStore } from '../ports/alert-store.ts'
import type { Sqlite } from './database.ts'
import { outboxOf, queueQueries, type StoredOutboxRow } from './outbox.ts'

type GivenUpQueries = Pick<AlertStore, 'overduePages' | 'standIn' | 'retryNow' | 'deadRows' | 'retryDead'>

/** What did not get through: pages that nobody takes, waits that a set clock made wrong, and what was given up. */
export function givenUpQueries(database: Sqlite): GivenUpQueries {
  const overdue = database.prepare(
    `SELECT * FROM outbox WHERE level = 1 AND kind = 'trigger' AND state IN ('waiting', 'sending') AND instead_of IS NULL
       AND coalesce((SELECT min(started_at) FROM attempt WHERE attempt.outbox = outbox.id), not_before) <= ?
       AND NOT EXISTS (SELECT 1 FROM outbox AS other WHERE other.id = outbox.id || '~instead')`,
  )
  const hurry = database.prepare(
    "UPDATE outbox SET not_before = @now WHERE state = 'waiting' AND attempts > 0 AND not_before > @now + @beyond",
  )
  const dead = database.prepare("SELECT * FROM outbox WHERE state = 'dead' ORDER BY number DESC LIMIT ?")
  const again = database.prepare(
    "UPDATE outbox SET state = 'waiting', degraded = 0, not_before = ? WHERE id = ? AND state = 'dead'",
  )
  const byId = database.prepare('SELECT * FROM outbox WHERE id = ?')
  const queues = queueQueries(database)
  const addStandIn = database.transaction(queues.addStandIn)
  const retry = database.transaction((id: string, now: number) => {
    if (again.run(now, id).changes === 0) return undefined
    const row = outboxOf(byId.get(id) as StoredOutboxRow)
    queues.settle(row.topic, row.receiver)
    return outboxOf(byId.get(id) as StoredOutboxRow)
  })
  return {
    overduePages: (since) => (overdue.all(since) as StoredOutboxRow[]).map(outboxOf),
    standIn: (row, standIn) => addStandIn.immediate(row, standIn),
    retryNow: (now, beyond) => void hurry.run({ now, beyond }),
    deadRows: (limit) => (dead.all(limit) as StoredOutboxRow[]).map(outboxOf),
    retryDead: (id, now) => retry.immediate(id, now),
  }
}

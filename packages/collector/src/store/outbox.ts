import { isAboutAlert, isBeginning, isEnd, type MessageFacts, type MessageKind, type Verdict } from '@tabiji/core/alert'
import type { Level } from '@tabiji/core/journey'
import type { AlertStore, AttemptRow, OutboxRow, OutboxState } from '../ports/alert-store.ts'
import type { Sqlite } from './database.ts'
import { isOver, lastWord, supersededIn } from './superseding.ts'

type OutboxQueries = Pick<
  AlertStore,
  | 'outboxOf'
  | 'findOwed'
  | 'newestOf'
  | 'tests'
  | 'attemptsOf'
  | 'dueTimes'
  | 'nextDue'
  | 'ready'
  | 'beginAttempt'
  | 'endAttempt'
  | 'giveUp'
  | 'oldestOwed'
  | 'heldRows'
  | 'sendHeld'
  | 'dropHeld'
>

/** Of each queue the oldest row that is not finished: a queue is a topic at a receiver. */
const HEADS = `SELECT min(number) FROM outbox WHERE state IN ('waiting', 'sending') GROUP BY receiver, topic`

/** Reads what is owed and writes what became of it. */
export function outboxQueries(database: Sqlite): OutboxQueries {
  const ofTopic = database.prepare('SELECT * FROM outbox WHERE topic = ? ORDER BY number')
  const tests = database.prepare(
    "SELECT * FROM outbox WHERE kind = 'test' AND NOT json_extract(facts, '$.over') ORDER BY number DESC LIMIT ?",
  )
  const byId = database.prepare('SELECT * FROM outbox WHERE id = ?')
  const newest = database.prepare(
    "SELECT * FROM outbox WHERE topic = ? AND receiver = ? AND state != 'cancelled' ORDER BY number DESC LIMIT 1",
  )
  const attempts = database.prepare(
    `SELECT outbox, started_at AS startedAt, ended_at AS endedAt, result, message FROM attempt WHERE outbox = ? ORDER BY id`,
  )
  const nextDue = database.prepare(
    `SELECT * FROM outbox WHERE receiver = ? AND state = 'waiting' AND not_before <= ? AND number IN (${HEADS})
     ORDER BY level, number LIMIT 1`,
  )
  const ready = database.prepare(
    `SELECT * FROM outbox WHERE receiver = ? AND state = 'waiting' AND not_before <= ? AND level = 3 AND kind = 'trigger'
       AND degraded = 0 AND instead_of IS NULL AND number IN (${HEADS}) ORDER BY number LIMIT 200`,
  )
  const dueTimes = database.prepare(
    `SELECT receiver, min(not_before) AS at FROM outbox WHERE state = 'waiting' AND number IN (${HEADS}) GROUP BY receiver`,
  )
  const begin = database.prepare("UPDATE outbox SET state = 'sending', attempts = attempts + 1 WHERE id = ?")
  const giveUp = database.prepare("UPDATE outbox SET state = 'dead', last_error = ? WHERE id = ?")
  const held = database.prepare("SELECT * FROM outbox WHERE state = 'held' ORDER BY number")
  const send = database.prepare("UPDATE outbox SET state = 'waiting', not_before = ? WHERE id = ? AND state = 'held'")
  const drop = database.prepare("UPDATE outbox SET state = 'cancelled', last_error = ? WHERE id = ? AND state = 'held'")
  // A row that waits for its next attempt has been owed since before its first one.
  const oldest = database
    .prepare(
      `SELECT min(coalesce((SELECT min(started_at) FROM attempt WHERE attempt.outbox = outbox.id), not_before))
       FROM outbox WHERE level = ? AND (not_before <= ? OR attempts > 0) AND state IN ('waiting', 'sending')`,
    )
    .pluck()
  return {
    outboxOf: (topic) => (ofTopic.all(topic) as StoredOutboxRow[]).map(outboxOf),
    tests: (limit) => (tests.all(limit) as StoredOutboxRow[]).map(outboxOf),
    findOwed: (id) => {
      const row = byId.get(id) as StoredOutboxRow | undefined
      return row === undefined ? undefined : outboxOf(row)
    },
    newestOf: (topic, receiver) => {
      const row = newest.get(topic, receiver) as StoredOutboxRow | undefined
      return row === undefined ? undefined : outboxOf(row)
    },
    attemptsOf: (outbox) => (attempts.all(outbox) as StoredAttempt[]).map(withoutNullMessage),
    dueTimes: () => dueTimes.all() as { receiver: string; at: number }[],
    nextDue: (receiver, now) => {
      const row = nextDue.get(receiver, now) as StoredOutboxRow | undefined
      return row === undefined ? undefined : outboxOf(row)
    },
    ready: (receiver, now) => (ready.all(receiver, now) as StoredOutboxRow[]).map(outboxOf),
    beginAttempt: (outbox) => void begin.run(outbox),
    endAttempt: prepareEnd(database),
    giveUp: (outbox, reason) => void giveUp.run(reason, outbox),
    heldRows: () => (held.all() as StoredOutboxRow[]).map(outboxOf),
    sendHeld: (outbox, now) => send.run(now, outbox).changes > 0,
    dropHeld: (outbox, reason) => drop.run(reason, outbox).changes > 0,
    oldestOwed: (level, now) => (oldest.get(level, now) as number | null) ?? undefined,
  }
}

function prepareEnd(database: Sqlite): AlertStore['endAttempt'] {
  const addAttempt = database.prepare(
    `INSERT INTO attempt (outbox, started_at, ended_at, result, message)
     VALUES (@outbox, @startedAt, @endedAt, @result, @message)`,
  )
  const update = database.prepare(
    `UPDATE outbox SET not_before = @notBefore, state = @state, ambiguous = @ambiguous, degraded = @degraded,
       last_error = @lastError, provider_ref = @ref WHERE id = @id`,
  )
  const queues = queueQueries(database)
  const end = database.transaction((attempt: AttemptRow, next: OutboxRow, standIn?: OutboxRow) => {
    addAttempt.run({ ...attempt, message: attempt.message ?? null })
    update.run({
      id: next.id,
      notBefore: next.notBefore,
      state: next.state,
      ambiguous: Number(next.ambiguous),
      degraded: Number(next.degraded),
      lastError: next.lastError ?? null,
      ref: next.ref ?? null,
    })
    if (standIn !== undefined) queues.addStandIn(next, standIn)
    // An end may have been queued behind the row while it was being sent.
    queues.settle(next.topic, next.receiver)
  })
  return (attempt, next, standIn) => end.immediate(attempt, next, standIn)
}

/** What was being sent when the last process ended may have arrived. Called once, before anything is sent. */
export function recoverInFlight(database: Sqlite): void {
  const inFlight = database.prepare("SELECT DISTINCT topic, receiver FROM outbox WHERE state = 'sending'")
  const doubt = database.prepare("UPDATE outbox SET state = 'waiting', ambiguous = 1 WHERE state = 'sending'")
  const queues = queueQueries(database)
  const recover = database.transaction(() => {
    const interrupted = inFlight.all() as { topic: string; receiver: string }[]
    doubt.run()
    for (const { topic, receiver } of interrupted) queues.settle(topic, receiver)
  })
  recover.immediate()
}

/** What a commit changes of the outbox, within its transaction. */
export type Owing = {
  /** Adds rows, and sees to whom an end is owed. */
  readonly owe: (rows: readonly OutboxRow[]) => void
  /** Adds beginnings for receivers that know of none. */
  readonly oweAgain: (rows: readonly OutboxRow[]) => void
  /** Cancels what is not under way. */
  readonly cancel: (topic: string, kinds: readonly MessageKind[], reason: string) => void
}

export function prepareOwing(database: Sqlite): Owing {
  const queues = queueQueries(database)
  const cancel = database.prepare(
    `UPDATE outbox SET state = 'cancelled', last_error = @reason
     WHERE topic = @topic AND kind = @kind AND state IN ('gated', 'waiting', 'held')`,
  )
  return {
    owe: (rows) => {
      for (const row of rows) queues.add(row)
      for (const row of [...rows, ...endsForOthers(rows, queues)]) queues.settle(row.topic, row.receiver)
    },
    oweAgain: (rows) => {
      for (const row of rows) {
        const last = lastWord(queues.read(row.topic, row.receiver))
        if (last === undefined || isEnd(last.kind)) queues.add(row)
      }
    },
    cancel: (topic, kinds, reason) => {
      for (const kind of kinds) cancel.run({ topic, kind, reason })
    },
  }
}

/** Receivers that were told of an episode without being asked for in its end: each is owed the end as well. */
function endsForOthers(rows: readonly OutboxRow[], queues: QueueQueries): readonly OutboxRow[] {
  const added: OutboxRow[] = []
  const asked = new Set(rows.map((row) => `${row.topic} ${row.receiver}`))
  for (const end of rows) {
    if (!isEnd(end.kind)) continue
    for (const receiver of queues.receiversOf(end.topic)) {
      if (asked.has(`${end.topic} ${receiver}`)) continue
      asked.add(`${end.topic} ${receiver}`)
      const last = lastWord(queues.read(end.topic, receiver))
      if (last === undefined || isEnd(last.kind)) continue
      const copy = { ...end, id: `${end.id}~${added.length + 2}`, receiver }
      queues.add(copy)
      added.push(copy)
    }
  }
  return added
}

type QueueQueries = {
  readonly read: (topic: string, receiver: string) => readonly OutboxRow[]
  readonly receiversOf: (topic: string) => readonly string[]
  readonly add: (row: OutboxRow) => void
  readonly addStandIn: (refused: OutboxRow, standIn: OutboxRow) => void
  /** Cancels what has become old news in a queue. */
  readonly settle: (topic: string, receiver: string) => void
}

export function queueQueries(database: Sqlite): QueueQueries {
  const queue = database.prepare('SELECT * FROM outbox WHERE topic = ? AND receiver = ? ORDER BY number')
  const receivers = database.prepare('SELECT DISTINCT receiver FROM outbox WHERE topic = ? ORDER BY receiver').pluck()
  const cancel = database.prepare("UPDATE outbox SET state = 'cancelled', last_error = ? WHERE id = ?")
  const insert = database.prepare(
    `INSERT INTO outbox (id, topic, receiver, kind, level, facts, verdicts, created_at, not_before, state, attempts,
       ambiguous, degraded, last_error, instead_of)
     VALUES (@id, @topic, @receiver, @kind, @level, @facts, @verdicts, @createdAt, @notBefore, @state, @attempts,
       @ambiguous, @degraded, @lastError, @insteadOf)`,
  )
  const read = (topic: string, receiver: string) => (queue.all(topic, receiver) as StoredOutboxRow[]).map(outboxOf)
  const add = (row: OutboxRow) =>
    void insert.run({
      ...row,
      facts: JSON.stringify(row.facts),
      verdicts: JSON.stringify(row.verdicts),
      ambiguous: Number(row.ambiguous),
      degraded: Number(row.degraded),
      lastError: row.lastError ?? null,
      insteadOf: row.insteadOf ?? null,
    })
  return {
    read,
    receiversOf: (topic) => receivers.all(topic) as string[],
    add,
    addStandIn: (refused, standIn) => {
      const own = read(refused.topic, refused.receiver)
      if (
        isBeginning(refused.kind) &&
        isOver(
          own,
          own.findIndex((row) => row.id === refused.id),
        )
      )
        return
      const others = read(standIn.topic, standIn.receiver)
      if (others.some((row) => row.id === standIn.id)) return
      if (isAboutAlert(standIn.facts)) {
        const last = lastWord(others)
        if (last !== undefined && isEnd(last.kind) === isEnd(standIn.kind)) return
      }
      add(standIn)
    },
    settle: (topic, receiver) => {
      for (const { id, reason } of supersededIn(read(topic, receiver))) cancel.run(reason, id)
    },
  }
}

type StoredAttempt = Omit<AttemptRow, 'message'> & { message: string | null }

function withoutNullMessage({ message, ...rest }: StoredAttempt): AttemptRow {
  return message === null ? rest : { ...rest, message }
}

export type StoredOutboxRow = {
  id: string
  topic: string
  receiver: string
  kind: MessageKind
  level: Level
  facts: string
  verdicts: string
  created_at: number
  not_before: number
  state: OutboxState
  attempts: number
  ambiguous: number
  degraded: number
  last_error: string | null
  instead_of: string | null
  let_go_at: number | null
  provider_ref: string | null
}

export function outboxOf(row: StoredOutboxRow): OutboxRow {
  return {
    id: row.id,
    topic: row.topic,
    receiver: row.receiver,
    kind: row.kind,
    level: row.level,
    facts: JSON.parse(row.facts) as MessageFacts,
    verdicts: JSON.parse(row.verdicts) as Verdict[],
    createdAt: row.created_at,
    notBefore: row.not_before,
    state: row.state,
    attempts: row.attempts,
    ambiguous: row.ambiguous === 1,
    degraded: row.degraded === 1,
    ...(row.last_error === null ? {} : { lastError: row.last_error }),
    ...(row.instead_of === null ? {} : { insteadOf: row.instead_of }),
    ...(row.let_go_at === null ? {} : { letGoAt: row.let_go_at }),
    ...(row.provider_ref === null ? {} : { ref: row.provider_ref }),
  }
}

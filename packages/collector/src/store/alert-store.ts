import type { AlertFacts, Episode, EpisodeState, NoticeKind, Verdict } from '@tabiji/core/alert'
import type { Level } from '@tabiji/core/journey'
import type {
  AlertCommit,
  AlertStore,
  AttemptRow,
  EpisodeRecord,
  OutboxRow,
  OutboxState,
  TimelineEntry,
} from '../ports/alert-store.ts'
import type { Sqlite } from './database.ts'

/** Episodes and the outbox in SQLite. What was being sent when the last process ended is in doubt, and marked so. */
export function createAlertStore(database: Sqlite): AlertStore {
  database.prepare("UPDATE outbox SET state = 'waiting', ambiguous = 1 WHERE state = 'sending'").run()
  return { ...episodeQueries(database), ...outboxQueries(database), commitAlerts: prepareCommit(database) }
}

type EpisodeQueries = Pick<
  AlertStore,
  'nextEpisodeNumber' | 'openEpisodes' | 'listEpisodes' | 'findEpisode' | 'timeline' | 'transitionsBetween'
>

function episodeQueries(database: Sqlite): EpisodeQueries {
  const highest = database.prepare('SELECT coalesce(max(number), 0) FROM episode').pluck()
  const open = database.prepare("SELECT * FROM episode WHERE state <> 'closed' ORDER BY number")
  const newest = database.prepare('SELECT * FROM episode ORDER BY number DESC LIMIT ?')
  const burning = database.prepare(
    "SELECT * FROM episode WHERE state IN ('firing', 'acked') ORDER BY level, number DESC LIMIT ?",
  )
  const find = database.prepare('SELECT * FROM episode WHERE id = ?')
  const timeline = database.prepare('SELECT episode, at, transition FROM timeline WHERE episode = ? ORDER BY id')
  const between = database.prepare(
    `SELECT timeline.episode, timeline.at, timeline.transition, episode.level FROM timeline
     JOIN episode ON episode.id = timeline.episode WHERE timeline.at >= ? AND timeline.at < ? ORDER BY timeline.id`,
  )
  return {
    nextEpisodeNumber: () => (highest.get() as number) + 1,
    openEpisodes: () => (open.all() as EpisodeRow[]).map(recordOf),
    listEpisodes: ({ state, limit }) =>
      ((state === 'open' ? burning : newest).all(limit) as EpisodeRow[]).map(recordOf),
    findEpisode: (id) => {
      const row = find.get(id) as EpisodeRow | undefined
      return row === undefined ? undefined : recordOf(row)
    },
    timeline: (episode) => timeline.all(episode) as TimelineEntry[],
    transitionsBetween: (from, to) => between.all(from, to) as (TimelineEntry & { level: Level })[],
  }
}

type OutboxQueries = Pick<AlertStore, 'outboxOf' | 'attemptsOf' | 'due' | 'beginAttempt' | 'endAttempt' | 'oldestOwed'>

function outboxQueries(database: Sqlite): OutboxQueries {
  const ofEpisode = database.prepare('SELECT * FROM outbox WHERE episode = ? ORDER BY number')
  const attempts = database.prepare(
    `SELECT outbox, started_at AS startedAt, ended_at AS endedAt, result, message FROM attempt WHERE outbox = ? ORDER BY id`,
  )
  const due = database.prepare(
    `SELECT * FROM outbox WHERE state = 'waiting' AND not_before <= @now AND number IN (
       SELECT min(number) FROM outbox WHERE state IN ('waiting', 'sending') GROUP BY receiver, episode
     ) ORDER BY level, number`,
  )
  const begin = database.prepare("UPDATE outbox SET state = 'sending', attempts = attempts + 1 WHERE id = ?")
  const addAttempt = database.prepare(
    `INSERT INTO attempt (outbox, started_at, ended_at, result, message)
     VALUES (@outbox, @startedAt, @endedAt, @result, @message)`,
  )
  const update = database.prepare(
    `UPDATE outbox SET not_before = @notBefore, state = @state, ambiguous = @ambiguous, degraded = @degraded,
       last_error = @lastError WHERE id = @id`,
  )
  const oldest = database
    .prepare(
      "SELECT min(not_before) FROM outbox WHERE level = ? AND not_before <= ? AND state IN ('waiting', 'sending')",
    )
    .pluck()
  return {
    outboxOf: (episode) => (ofEpisode.all(episode) as StoredOutboxRow[]).map(outboxOf),
    attemptsOf: (outbox) => (attempts.all(outbox) as StoredAttempt[]).map(withoutNullMessage),
    due: (now) => (due.all({ now }) as StoredOutboxRow[]).map(outboxOf),
    beginAttempt: (outbox) => void begin.run(outbox),
    endAttempt: database.transaction((attempt: AttemptRow, next: OutboxRow) => {
      addAttempt.run({ ...attempt, message: attempt.message ?? null })
      update.run({
        id: next.id,
        notBefore: next.notBefore,
        state: next.state,
        ambiguous: Number(next.ambiguous),
        degraded: Number(next.degraded),
        lastError: next.lastError ?? null,
      })
    }),
    oldestOwed: (level, now) => (oldest.get(level, now) as number | null) ?? undefined,
  }
}

function prepareCommit(database: Sqlite): (commit: AlertCommit) => void {
  const saveEpisode = database.prepare(
    `INSERT INTO episode (id, number, rule, level, state, started_at, episode, facts)
     VALUES (@id, @number, @rule, @level, @state, @startedAt, @episode, @facts)
     ON CONFLICT (id) DO UPDATE SET state = @state, episode = @episode, facts = @facts`,
  )
  const addLine = database.prepare('INSERT INTO timeline (episode, at, transition) VALUES (?, ?, ?)')
  const cancelTrigger = database.prepare(
    `UPDATE outbox SET state = 'cancelled', last_error = 'resolved before it was sent'
     WHERE episode = ? AND receiver = ? AND kind = 'trigger' AND state = 'waiting' AND attempts = 0`,
  )
  const addOutbox = database.prepare(
    `INSERT INTO outbox (id, episode, receiver, kind, level, facts, verdicts, created_at, not_before, state, attempts,
       ambiguous, degraded, last_error)
     VALUES (@id, @episode, @receiver, @kind, @level, @facts, @verdicts, @createdAt, @notBefore, @state, @attempts,
       @ambiguous, @degraded, @lastError)`,
  )
  const commit = database.transaction(({ episodes, timeline, outbox }: AlertCommit) => {
    for (const { id, rule, level, episode, facts } of episodes) {
      saveEpisode.run({
        id,
        number: Number(id.slice(2)),
        rule,
        level,
        state: episode.state,
        startedAt: episode.startedAt,
        episode: JSON.stringify(episode),
        facts: JSON.stringify(facts),
      })
    }
    for (const line of timeline) addLine.run(line.episode, line.at, line.transition)
    for (const row of outbox) {
      // Telling of an end makes an unsent beginning old news; the message of the end says since when it lasted.
      if (row.kind !== 'trigger') cancelTrigger.run(row.episode, row.receiver)
      addOutbox.run({
        ...row,
        facts: JSON.stringify(row.facts),
        verdicts: JSON.stringify(row.verdicts),
        ambiguous: Number(row.ambiguous),
        degraded: Number(row.degraded),
        lastError: row.lastError ?? null,
      })
    }
  })
  return (entries) => commit.immediate(entries)
}

type EpisodeRow = { id: string; rule: string; level: Level; state: EpisodeState; episode: string; facts: string }

function recordOf(row: EpisodeRow): EpisodeRecord {
  return {
    id: row.id,
    rule: row.rule,
    level: row.level,
    episode: JSON.parse(row.episode) as Episode,
    facts: JSON.parse(row.facts) as AlertFacts,
  }
}

type StoredAttempt = Omit<AttemptRow, 'message'> & { message: string | null }

function withoutNullMessage({ message, ...rest }: StoredAttempt): AttemptRow {
  return message === null ? rest : { ...rest, message }
}

type StoredOutboxRow = {
  id: string
  episode: string
  receiver: string
  kind: NoticeKind
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
}

function outboxOf(row: StoredOutboxRow): OutboxRow {
  return {
    id: row.id,
    episode: row.episode,
    receiver: row.receiver,
    kind: row.kind,
    level: row.level,
    facts: JSON.parse(row.facts) as AlertFacts,
    verdicts: JSON.parse(row.verdicts) as Verdict[],
    createdAt: row.created_at,
    notBefore: row.not_before,
    state: row.state,
    attempts: row.attempts,
    ambiguous: row.ambiguous === 1,
    degraded: row.degraded === 1,
    ...(row.last_error === null ? {} : { lastError: row.last_error }),
  }
}

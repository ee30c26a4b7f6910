import type { AlertFacts, Episode, EpisodeState } from '@tabiji/core/alert'
import type { Level } from '@tabiji/core/journey'
import type { AlertCommit, AlertStore, EpisodeRecord, TimelineDetail, TimelineEntry } from '../ports/alert-store.ts'
import type { Sqlite } from './database.ts'
import { givenUpQueries } from './given-up.ts'
import { type Owing, outboxQueries, prepareOwing, recoverInFlight } from './outbox.ts'
import { prepareTimers, timerQueries } from './timers.ts'

/** Episodes and the outbox in SQLite. What was being sent when the last process ended is in doubt, and marked so. */
export function createAlertStore(database: Sqlite): AlertStore {
  recoverInFlight(database)
  const owing = prepareOwing(database)
  const owe = database.transaction(owing.owe)
  return {
    ...episodeQueries(database),
    ...outboxQueries(database),
    ...givenUpQueries(database),
    ...timerQueries(database),
    commitAlerts: prepareCommit(database, owing),
    owe: (rows) => owe.immediate(rows),
  }
}

type EpisodeQueries = Pick<
  AlertStore,
  | 'nextEpisodeNumber'
  | 'openEpisodes'
  | 'heldConditions'
  | 'listEpisodes'
  | 'episodesSince'
  | 'findEpisode'
  | 'timeline'
  | 'transitionsBetween'
>

function episodeQueries(database: Sqlite): EpisodeQueries {
  const highest = database.prepare('SELECT coalesce(max(number), 0) FROM episode').pluck()
  const open = database.prepare("SELECT * FROM episode WHERE state <> 'closed' ORDER BY number")
  const newest = database.prepare(
    'SELECT * FROM episode WHERE level = coalesce(@level, level) ORDER BY number DESC LIMIT @limit',
  )
  const burning = database.prepare(
    `SELECT * FROM episode WHERE state IN ('firing', 'acked') AND level = coalesce(@level, level)
     ORDER BY level, number DESC LIMIT @limit`,
  )
  const since = database.prepare(
    `SELECT * FROM episode WHERE state <> 'closed' OR coalesce(json_extract(episode, '$.resolvedAt'), @time) >= @time
     ORDER BY number DESC`,
  )
  const held = database.prepare('SELECT rule, since FROM held_condition')
  const find = database.prepare('SELECT * FROM episode WHERE id = ?')
  const timeline = database.prepare(
    'SELECT episode, at, transition, detail FROM timeline WHERE episode = ? ORDER BY id',
  )
  const between = database.prepare(
    `SELECT timeline.episode, timeline.at, timeline.transition, episode.level FROM timeline
     JOIN episode ON episode.id = timeline.episode WHERE timeline.at >= ? AND timeline.at < ? AND json_extract(episode.facts, '$.drill') IS NULL
     ORDER BY timeline.id`,
  )
  return {
    nextEpisodeNumber: () => (highest.get() as number) + 1,
    openEpisodes: () => (open.all() as EpisodeRow[]).map(recordOf),
    heldConditions: () =>
      new Map((held.all() as { rule: string; since: number }[]).map(({ rule, since }) => [rule, since])),
    listEpisodes: ({ state, level = null, limit }) =>
      ((state === 'open' ? burning : newest).all({ level, limit }) as EpisodeRow[]).map(recordOf),
    episodesSince: (time) => (since.all({ time }) as EpisodeRow[]).map(recordOf),
    findEpisode: (id) => {
      const row = find.get(id) as EpisodeRow | undefined
      return row === undefined ? undefined : recordOf(row)
    },
    timeline: (episode) => (timeline.all(episode) as TimelineRow[]).map(lineOf),
    transitionsBetween: (from, to) => between.all(from, to) as (TimelineEntry & { level: Level })[],
  }
}

function prepareCommit(database: Sqlite, owing: Owing): (commit: AlertCommit) => void {
  const saveEpisode = database.prepare(
    `INSERT INTO episode (id, number, rule, level, state, started_at, episode, facts)
     VALUES (@id, @number, @rule, @level, @state, @startedAt, @episode, @facts)
     ON CONFLICT (id) DO UPDATE SET state = @state, episode = @episode, facts = @facts`,
  )
  const addLine = database.prepare('INSERT INTO timeline (episode, at, transition, detail) VALUES (?, ?, ?, ?)')
  const hold = database.prepare(
    'INSERT INTO held_condition (rule, since) VALUES (?, ?) ON CONFLICT (rule) DO UPDATE SET since = excluded.since',
  )
  const release = database.prepare('DELETE FROM held_condition WHERE rule = ?')
  const setTimers = prepareTimers(database)
  const commit = database.transaction((commit: AlertCommit) => {
    const { episodes, timeline, outbox, held = [], timers = [], cancelled = [], again = [] } = commit
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
    for (const { episode, at, transition, detail } of timeline)
      addLine.run(episode, at, transition, detail === undefined ? null : JSON.stringify(detail))
    for (const { topic, kinds, reason } of cancelled) owing.cancel(topic, kinds, reason)
    owing.owe(outbox)
    owing.oweAgain(again)
    for (const each of timers) setTimers(each.episode, each.timers)
    for (const { rule, since } of held) since === undefined ? release.run(rule) : hold.run(rule, since)
  })
  return (entries) => commit.immediate(entries)
}

type TimelineRow = Omit<TimelineEntry, 'detail'> & { detail: string | null }

function lineOf({ detail, ...line }: TimelineRow): TimelineEntry {
  return detail === null ? line : { ...line, detail: JSON.parse(detail) as TimelineDetail }
}

export type EpisodeRow = { id: string; rule: string; level: Level; state: EpisodeState; episode: string; facts: string }

export function recordOf(row: EpisodeRow): EpisodeRecord {
  return {
    id: row.id,
    rule: row.rule,
    level: row.level,
    episode: JSON.parse(row.episode) as Episode,
    facts: JSON.parse(row.facts) as AlertFacts,
  }
}

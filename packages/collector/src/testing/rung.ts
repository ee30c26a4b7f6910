import type { Level } from '@tabiji/core/journey'
import type { EpisodeRecord, TimelineEntry } from '../ports/alert-store.ts'
import { createAlertStore } from '../store/alert-store.ts'
import { openDatabase } from '../store/database.ts'
import { FACTS } from './alert.ts'

/** An alert that rang and is over: what happened to it and when, ISO 8601. */
export type RungAlert = {
  readonly id: string
  readonly level: Level
  readonly journey: string
  readonly objective: string
  readonly lines: readonly (readonly [at: string, transition: TimelineEntry['transition']])[]
}

/** Puts alerts of the past into a store that nobody has open. @param now milliseconds */
export function plantAlerts(file: string, alerts: readonly RungAlert[], now: number): void {
  const open = openDatabase(file, now)
  try {
    const store = createAlertStore(open.database)
    for (const alert of alerts) {
      const timeline = alert.lines.map(([at, transition]) => ({ episode: alert.id, at: Date.parse(at), transition }))
      store.commitAlerts({ episodes: [recordOf(alert)], timeline, outbox: [] })
    }
  } finally {
    open.close()
  }
}

function recordOf({ id, level, journey: name, objective, lines }: RungAlert): EpisodeRecord {
  const startedAt = Date.parse(lines[0]?.[0] ?? '')
  const resolvedAt = Date.parse(lines.at(-1)?.[0] ?? '')
  const reopenings = lines.filter(([, transition]) => transition === 'reopened').length
  const facts = {
    ...{ ...FACTS, episode: id, dedupKey: id, rule: `${name}/${objective}/${id}`, level, startedAt, at: resolvedAt },
    journey: { ...FACTS.journey, name },
    objective: { name: objective, indicator: 'availability', targetPpm: 999_000, window: { kind: 'rolling', ms: 1 } },
  } as const
  return { id, rule: facts.rule, level, episode: { state: 'closed', startedAt, resolvedAt, reopenings }, facts }
}

import { rulesOf } from '@tabiji/core/alert'
import { policyOf } from '@tabiji/core/budget'
import { type Incident, type Ringing, type Scoring, scoreAlerts, type Watch } from '@tabiji/core/incident'
import type { Definition } from '@tabiji/core/journey'
import { formatDuration, type Range } from '@tabiji/core/time'
import type { Config } from '../config/config.ts'
import { patienceWith } from '../jobs/budget/freshness.ts'
import { promisesOther } from '../jobs/budget/revision.ts'
import { type Replayed, type ReplayQuery, replay } from '../jobs/replay/replay.ts'
import type { ReplayedEpisode } from '../jobs/replay/replay-log.ts'
import type { AuditStore } from '../ports/audit.ts'
import type { Revision } from '../ports/ledger-store.ts'
import { consult, type Unreadable } from './audit.ts'

export type { ReplayQuery } from '../jobs/replay/replay.ts'

/** A past that was judged again, beside the incidents of it. */
export type Replay = Replayed & {
  readonly sample: boolean
  /** The stretch that was judged: it begins later than asked for when older entries were let go. Milliseconds. */
  readonly from: number
  readonly to: number
  readonly scoring: Scoring
  /** When another promise than the one before came into force in the stretch, milliseconds. */
  readonly revisions: readonly number[]
}

/** Judges a stretch of the stored books by a definition, beside a running daemon or without one. Nothing is changed. */
export function replayStore(
  config: Config,
  definition: Definition,
  query: ReplayQuery,
): { readonly ok: true; readonly answer: Replay } | Unreadable {
  return consult(config.storeFile, (store) => replayFrom(store, config, definition, query))
}

function replayFrom(store: AuditStore, config: Config, definition: Definition, asked: ReplayQuery): Replay {
  const ledger = store.ledger()
  const keptFrom = ledger.keptFrom()
  const revisions = ledger.revisions()
  const query = { ...asked, from: Math.max(asked.from, keptFrom * 1000) }
  const replayed = replayStored(store, config, definition, query)
  return {
    ...replayed,
    sample: store.sample,
    from: query.from,
    to: query.to,
    scoring: score(replayed.episodes, store.incidents(), definition, query),
    revisions: revisions
      .filter((revision, i) => i > 0 && promisesOther(revisions[i - 1] as Revision, revision))
      .map(({ at }) => at)
      .filter((at) => at >= query.from && at < query.to),
  }
}

/** The walk alone, for who has the store open. */
export function replayStored(store: AuditStore, config: Config, definition: Definition, query: ReplayQuery): Replayed {
  const ledger = store.ledger()
  const pushing = config.otlp.services.map((service) => ({ service, intervalMs: config.otlp.intervalMs }))
  const source = { accounts: ledger.accounts(), pointBefore: ledger.pointBefore, rows: store.rowsBetween }
  return replay(
    definition,
    {
      source,
      corrections: store.corrections(),
      grid: config.ledger.grid,
      patience: patienceWith([...config.targets, ...pushing], config.ledger.grid[0].width),
      keptFrom: ledger.keptFrom(),
      sample: store.sample,
    },
    query,
  )
}

function score(
  episodes: readonly ReplayedEpisode[],
  incidents: readonly Incident[],
  definition: Definition,
  within: Range,
): Scoring {
  const rung = episodes.map(({ rule, level, episode, first }): Ringing => {
    const to = episode.resolvedAt
    const groups = [`rule ${rule}`, ...(pairOf(first) === undefined ? [] : [`pair ${pairOf(first)}`])]
    return { journey: first.journey.name, level, from: episode.startedAt, ...(to !== undefined && { to }), groups }
  })
  return scoreAlerts(rung, watchesOf(definition), incidents, within)
}

/** `1h/5m`, the pair that rang first; absent for a milestone. */
export function pairOf({ cause }: ReplayedEpisode['first']): string | undefined {
  return cause.kind === 'burn' ? windowsOf(cause.long.ms, cause.short.ms) : undefined
}

const windowsOf = (longMs: number, shortMs: number) => `${formatDuration(longMs)}/${formatDuration(shortMs)}`

/** All rules and all pairs of windows of a file, each with the journeys that it watches. */
function watchesOf({ journeys }: Definition): readonly Watch[] {
  const watches = new Map<string, Set<string>>()
  const add = (group: string, journey: string) => watches.set(group, (watches.get(group) ?? new Set()).add(journey))
  for (const { name, objectives } of journeys) {
    for (const objective of objectives) {
      for (const { id } of rulesOf(name, objective)) add(`rule ${id}`, name)
      for (const { longMs, shortMs } of policyOf(objective).pairs) add(`pair ${windowsOf(longMs, shortMs)}`, name)
    }
  }
  return [...watches].map(([group, names]) => ({ group, journeys: [...names] }))
}

import { isoIn } from '@tabiji/core/time'
import type { AlertStore, EpisodeRecord } from '../../ports/alert-store.ts'
import type { DrillRecord } from '../../ports/drill-store.ts'
import type { DrillAlert, ToldDrill } from '../../ports/drills.ts'

type Histories = Pick<AlertStore, 'timeline' | 'outboxOf' | 'attemptsOf'>

/** When what happened, in milliseconds. */
type AlertTimes = {
  readonly firedAt: number
  readonly told: readonly { readonly receiver: string; readonly at: number }[]
  readonly ackedAt: number | undefined
  readonly resolvedAt: number | undefined
}

/** A drill with the times that it is for: how long it took until it rang, was told, was taken, and was over. */
export function tellDrill(
  { key, level, what, plan, startedAt, by, ended }: DrillRecord,
  episodes: readonly EpisodeRecord[],
  alerts: Histories,
  zone: string,
): ToldDrill {
  const timed = episodes.map((record) => ({ record, times: timesOf(record, alerts) }))
  const first = (moments: readonly (number | undefined)[]) => {
    const known = moments.filter((moment) => moment !== undefined)
    return known.length === 0 ? undefined : Math.min(...known) - startedAt
  }
  const rangMs = first(timed.map(({ times }) => times.firedAt))
  const toldMs = first(timed.flatMap(({ times }) => times.told.map(({ at }) => at)))
  const ackedMs = first(timed.map(({ times }) => times.ackedAt))
  const ends = timed.map(({ times }) => times.resolvedAt)
  const isOver = ends.length > 0 && ends.every((end) => end !== undefined)
  return {
    key,
    journey: plan.journey,
    level,
    what,
    startedAt: isoIn(startedAt, zone),
    lengthMs: plan.lengthMs,
    ...(by !== undefined && { by }),
    ...(ended !== undefined && { ended: { ...ended, at: isoIn(ended.at, zone) } }),
    alerts: timed.map(({ record, times }) => tellAlert(record, times, startedAt, zone)),
    times: {
      ...(rangMs !== undefined && { rangMs }),
      ...(toldMs !== undefined && { toldMs }),
      ...(ackedMs !== undefined && { ackedMs }),
      ...(isOver && { resolvedMs: Math.max(...(ends as number[])) - startedAt }),
    },
  }
}

function timesOf({ id, episode }: EpisodeRecord, alerts: Histories): AlertTimes {
  const timeline = alerts.timeline(id)
  // A withdrawal ends the practice, not the trouble.
  return {
    firedAt: episode.startedAt,
    told: alerts.outboxOf(id).flatMap(({ id: row, kind, receiver }) => {
      const delivered = alerts.attemptsOf(row).find(({ result }) => result === 'delivered')
      return kind === 'trigger' && delivered !== undefined ? [{ receiver, at: delivered.endedAt }] : []
    }),
    ackedAt: timeline.find(({ transition }) => transition === 'acked')?.at,
    resolvedAt: timeline.findLast(({ transition }) => transition === 'resolved')?.at,
  }
}

function tellAlert(record: EpisodeRecord, times: AlertTimes, startedAt: number, zone: string): DrillAlert {
  const { firedAt, told, ackedAt, resolvedAt } = times
  return {
    id: record.id,
    rule: record.rule,
    state: record.episode.state,
    firedAt: isoIn(firedAt, zone),
    told: told.map(({ receiver, at }) => ({ receiver, at: isoIn(at, zone), afterMs: at - startedAt })),
    ...(ackedAt !== undefined && { ackedAt: isoIn(ackedAt, zone) }),
    ...(resolvedAt !== undefined && { resolvedAt: isoIn(resolvedAt, zone) }),
  }
}

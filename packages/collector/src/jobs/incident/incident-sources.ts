import { isFor } from '@tabiji/core/budget'
import { foldFix, inEffect } from '@tabiji/core/fix'
import type { Incident, SourceLine } from '@tabiji/core/incident'
import type { Range } from '@tabiji/core/time'
import type { AlertStore, AttemptRow, EpisodeRecord, OutboxRow } from '../../ports/alert-store.ts'
import type { AnnotationStore } from '../../ports/annotations.ts'
import type { CorrectionStore } from '../../ports/correction-store.ts'
import type { WorkStore } from '../../ports/work-store.ts'
import { momentAfter } from '../loop/moment.ts'

/** More changes than anybody reads around one incident. */
const MOST_CHANGES = 500

/** What happened to the alerts of an incident: their changes, whom the gates held back, who was told when, and who was not. */
export function alertLines(
  store: Pick<AlertStore, 'findEpisode' | 'timeline' | 'outboxOf' | 'attemptsOf'>,
  episodes: readonly string[],
): readonly SourceLine[] {
  return [...new Set(episodes)].flatMap((id) => {
    const record = store.findEpisode(id)
    if (record === undefined) return []
    return [
      ...changesOf(store, record),
      ...store.outboxOf(id).flatMap((row) => tellingOf(row, store.attemptsOf(row.id))),
    ]
  })
}

function changesOf(store: Pick<AlertStore, 'timeline'>, { id, level, facts }: EpisodeRecord): readonly SourceLine[] {
  return store.timeline(id).map(({ at, transition, detail }, i) => ({
    id: `${id}.${i + 1}`,
    at,
    source: 'alert' as const,
    ...(detail?.by !== undefined && { by: detail.by }),
    facts: {
      kind: 'alert' as const,
      episode: id,
      level,
      change: transition,
      journey: facts.journey.title,
      ...(detail?.note !== undefined && { note: detail.note }),
    },
  }))
}

function tellingOf(row: OutboxRow, attempts: readonly AttemptRow[]): readonly SourceLine[] {
  const { id, topic: episode, receiver, createdAt } = row
  const held = row.verdicts.filter(({ verdict }) => verdict === 'defer')
  const until = held.flatMap((each) => (each.verdict === 'defer' && each.until !== undefined ? [each.until] : []))
  const lines: SourceLine[] = []
  if (held.length > 0) {
    lines.push({
      id: `G-${id}`,
      at: createdAt,
      source: 'alert',
      facts: {
        kind: 'held',
        episode,
        receiver,
        gates: held.map(({ gate }) => gate),
        ...(until.length > 0 && { until: Math.max(...until) }),
      },
    })
  }
  const taken = attempts.find(({ result }) => result === 'delivered')
  if (taken !== undefined) {
    const facts = {
      kind: 'delivered',
      episode,
      receiver,
      message: row.kind,
      lateMs: taken.endedAt - createdAt,
    } as const
    lines.push({ id: `D-${id}`, at: taken.endedAt, source: 'delivery', facts })
  } else if (row.state === 'dead') {
    const at = attempts.at(-1)?.endedAt ?? createdAt
    const facts = { kind: 'undelivered', episode, receiver, why: row.lastError ?? '' } as const
    lines.push({ id: `D-${id}`, at, source: 'delivery', facts })
  }
  return lines
}

/** Changes and corrections in a stretch that may have touched the journeys; none: any. */
export function changeLines(
  annotations: Pick<AnnotationStore, 'between'>,
  corrections: Pick<CorrectionStore, 'all'>,
  journeys: readonly string[],
  feeds: (journey: string, service: string) => boolean,
  { from, to }: Range,
): readonly SourceLine[] {
  const touches = (named: readonly string[], service: string | undefined) => {
    if (journeys.length === 0) return true
    if (named.length > 0) return named.some((name) => journeys.includes(name))
    return service === undefined || journeys.some((journey) => feeds(journey, service))
  }
  const changes = annotations
    .between(from, to, MOST_CHANGES)
    .filter((one) => one.withdrawn === undefined && touches(one.journeys, one.service))
    .map(({ key, kind, title, at, by, service }): SourceLine => {
      const facts = { kind: 'change', key, what: kind, title, ...(service !== undefined && { service }) } as const
      return { id: key, at, source: 'annotation', ...(by !== undefined && { by }), facts }
    })
  const concerns = (each: { readonly appliesTo: readonly string[] }) =>
    journeys.length === 0 ||
    each.appliesTo.length === 0 ||
    journeys.some((journey) => isFor(each, journey) || each.appliesTo.some((name) => name.startsWith(`${journey}/`)))
  const corrected = corrections
    .all()
    .filter((one) => one.withdrawn === undefined && one.from < to && one.to > from && concerns(one))
    .map(({ key, from: begin, to: end, reason, author, createdAt }): SourceLine => {
      const facts = { kind: 'correction', key, from: begin, to: end, reason } as const
      return { id: key, at: createdAt, source: 'annotation', ...(author !== undefined && { by: author }), facts }
    })
  return [...changes, ...corrected]
}

/** What became of the fixes of an incident, and of those that were not enough to prevent it; when it took effect. */
export function fixLines(
  store: Pick<WorkStore, 'fixHistories'>,
  { key: incident, absorbed = [] }: Incident,
  now: number,
  zone: string,
): readonly SourceLine[] {
  return store.fixHistories().flatMap((history) => {
    const { key } = history
    const { events } = inEffect(history)
    const fix = foldFix(history, momentAfter(events, now), zone)
    const isBack = events.some(
      (event) => event.type === 'reopened' && [incident, ...absorbed].includes(event.incident ?? ''),
    )
    if (fix === undefined || (fix.incident !== incident && !isBack)) return []
    return events.map(({ type, at, by }, i): SourceLine => {
      const facts = { kind: 'fix', key, title: fix.title, change: type } as const
      return { id: i === 0 ? key : `${key}.${i + 1}`, at, source: 'tracker', ...(by !== undefined && { by }), facts }
    })
  })
}

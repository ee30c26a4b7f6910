import { type CompiledObjective, PPM, refreshAccounts, tallyBetween } from '@tabiji/core/budget'
import { type DerivedTime, type Incident, lastBadRun, type SlotTally } from '@tabiji/core/incident'
import { moveEdge } from '@tabiji/core/ledger'
import { DAY } from '@tabiji/core/time'
import type { AlertStore, EpisodeRecord } from '../../ports/alert-store.ts'
import type { LedgerStore } from '../../ports/ledger-store.ts'
import type { Judge } from '../budget/budgets.ts'

/** How far back impact is looked for: what has been bad for longer is no incident that begins. */
const FURTHEST_BACK_MS = DAY

type Alerts = Pick<AlertStore, 'timeline' | 'outboxOf' | 'attemptsOf'>
type Rows = LedgerStore['rows']

/**
 * What the alerts say of an incident's times (incident.md §3.1).
 *
 * - detected: when the first of its alerts fired, or when somebody opened it before that;
 * - delivered: when the first receiver had taken an alert's beginning;
 * - acknowledged: when somebody first took one of the alerts, or the lead.
 *
 * @param records of the incident's episodes
 */
export function alertTimes(
  incident: Incident,
  records: readonly EpisodeRecord[],
  alerts: Alerts,
): readonly DerivedTime[] {
  const delivered = least(records.flatMap(({ id }) => deliveries(id, alerts)))
  const taken = least(records.flatMap(({ id }) => acksOf(id, alerts)))
  const lead = incident.times.acknowledged?.origin === 'person' ? incident.times.acknowledged.at : undefined
  const byLead = lead !== undefined && (taken === undefined || lead <= taken)
  return [
    detectionOf(incident, records),
    { moment: 'delivered', origin: 'alert', ...valued(delivered) },
    { moment: 'acknowledged', origin: byLead ? 'person' : 'alert', ...valued(byLead ? lead : taken) },
  ]
}

/**
 * What the books say of them.
 *
 * - impactStarted: the beginning of the run of bad slots that lies last before the detection ({@link lastBadRun}), the earliest
 *   of its objectives;
 * - mitigated: once none of its pages rings (where it has none: none of its alerts), the end of the last bad slot before the last of them resolved, the latest of its
 *   objectives; where no slot was bad, when the last of them resolved. While one rings it is not known, unless people said that
 *   the incident is over: then it is the end of the last bad slot before that, where all of its objectives were well after it.
 *
 * Traffic of a drill is not in the books, so a drill begins when it is detected and ends with its alerts.
 */
export function bookTimes(
  incident: Incident,
  records: readonly EpisodeRecord[],
  rows: Rows,
  judge: Judge,
): readonly DerivedTime[] {
  const detected = incident.times.detected?.at ?? detectionOf(incident, records).value
  const objectives = incident.drill ? [] : objectivesOf(incident, records, judge)
  const runs = (at: number) => objectives.flatMap((one) => badRun(one, at, rows, judge) ?? [])
  const start = least(runs(detected).map(({ from }) => from))
  const mitigated = isQuiet(records)
    ? mitigationOf(records, runs, detected)
    : turnBefore(incident, records, runs, detected)
  return [{ moment: 'impactStarted', origin: 'books', ...valued(start) }, mitigated]
}

/**
 * The pages among them, or all when there is none: a ticket looks back over hours or days and rings long after users are served
 * again.
 */
function tellingOf(records: readonly EpisodeRecord[]): readonly EpisodeRecord[] {
  const pages = records.filter(({ level }) => level === 1)
  return pages.length > 0 ? pages : records
}

/** Whether alerts are known and none that tells of harm rings any more. */
export function isQuiet(records: readonly EpisodeRecord[]): boolean {
  const telling = tellingOf(records)
  return telling.length > 0 && telling.every(({ episode: { state } }) => state === 'resolved' || state === 'closed')
}

function detectionOf({ openedAt }: Incident, records: readonly EpisodeRecord[]) {
  const fired = least(records.map(({ episode }) => episode.startedAt))
  if (fired === undefined || openedAt < fired) return { moment: 'detected', origin: 'person', value: openedAt } as const
  return { moment: 'detected', origin: 'alert', value: fired } as const
}

type Runs = (at: number) => readonly { readonly to: number; readonly isOver: boolean }[]

/** The windows of an alert remember for hours what is over: who resolves the incident has not to wait for them. */
function turnBefore(
  { resolvedAt }: Incident,
  records: readonly EpisodeRecord[],
  runs: Runs,
  detected: number,
): DerivedTime {
  const unknown = { moment: 'mitigated', origin: 'books' } as const
  if (resolvedAt === undefined) return unknown
  const last = runs(resolvedAt)
  if (last.length === 0 || last.some(({ isOver }) => !isOver)) return unknown
  const end = Math.max(...last.map(({ to }) => to))
  // Without an alert nothing says that what was bad before people noticed was this.
  return records.length === 0 && end <= detected ? unknown : { ...unknown, value: Math.max(detected, end) }
}

function mitigationOf(records: readonly EpisodeRecord[], runs: Runs, detected: number): DerivedTime {
  const resolved = tellingOf(records).flatMap(({ episode }) => episode.resolvedAt ?? [])
  const last = resolved.length === 0 ? undefined : Math.max(...resolved)
  if (last === undefined) return { moment: 'mitigated', origin: 'alert' }
  const ends = runs(last).map(({ to }) => to)
  if (ends.length === 0) return { moment: 'mitigated', origin: 'alert', value: last }
  // What was bad before the detection only has not outlasted it.
  return { moment: 'mitigated', origin: 'books', value: Math.max(detected, Math.min(last, Math.max(...ends))) }
}

/** Those that its alerts are about; of an incident without any, all of its journeys. */
function objectivesOf(
  { journeys }: Incident,
  records: readonly EpisodeRecord[],
  judge: Judge,
): readonly CompiledObjective[] {
  const rung = new Set(
    records.flatMap(({ facts }) => facts.objective && `${facts.journey.name}/${facts.objective.name}`),
  )
  refreshAccounts(judge.evaluator, judge.ledger.books)
  return judge.evaluator.objectives.filter(({ id, journey }) =>
    records.length > 0 ? rung.has(id) : journeys.includes(journey.name),
  )
}

function badRun(compiled: CompiledObjective, at: number, rows: Rows, judge: Judge) {
  const width = judge.ledger.grid[0].width
  return lastBadRun(
    { slots: slotsBack(compiled, at, width, rows, judge), allowedPpm: PPM - compiled.objective.targetPpm },
    width * 1000,
  )
}

/** An objective's slots from the one that holds the moment, one by one back: one point of the books that is moved. */
function* slotsBack(
  compiled: CompiledObjective,
  at: number,
  width: number,
  rows: Rows,
  judge: Judge,
): Iterable<SlotTally> {
  const first = Math.floor(at / 1000 / width) * width
  const edge = judge.ledger.pointAt(first + width)
  const earliest = first - FURTHEST_BACK_MS / 1000
  for (let start = first; start >= earliest; start -= width) {
    const after = edge.rows.slice()
    moveEdge(edge, start, rows)
    yield { at: start * 1000, ...tallyBetween(compiled, edge.rows, after) }
  }
}

function deliveries(episode: string, alerts: Alerts): readonly number[] {
  return alerts
    .outboxOf(episode)
    .filter(({ kind }) => kind === 'trigger')
    .flatMap(({ id }) => alerts.attemptsOf(id))
    .flatMap(({ result, endedAt }) => (result === 'delivered' ? [endedAt] : []))
}

function acksOf(episode: string, alerts: Alerts): readonly number[] {
  return alerts.timeline(episode).flatMap(({ transition, at }) => (transition === 'acked' ? [at] : []))
}

function least(times: readonly number[]): number | undefined {
  return times.length === 0 ? undefined : Math.min(...times)
}

function valued(value: number | undefined): { readonly value?: number } {
  return value === undefined ? {} : { value }
}

import { burnRateMilli, type CompiledObjective, calendarRange, readPairs } from '@tabiji/core/budget'
import type { CalendarWindow } from '@tabiji/core/journey'
import type { Doubt } from '@tabiji/core/ledger'
import { budgetState } from '@tabiji/core/report'
import { isoIn } from '@tabiji/core/time'
import type { AlertStore, EpisodeRecord } from '../../ports/alert-store.ts'
import type { ObjectiveStatus, Overview } from '../../ports/api.ts'
import { eventsIn } from '../ledger/doubts.ts'
import { type Judge, spendingNow, windowRows } from './budgets.ts'
import { withComposites } from './composites.ts'
import { isFresh, type Patience, readUntil } from './freshness.ts'
import { noDataOf } from './sliced-budget.ts'

/** How every journey stands now. */
export function overview(
  judge: Judge,
  alerts: Pick<AlertStore, 'listEpisodes'>,
  patience: Patience,
  doubts: readonly Doubt[],
  sample: boolean,
  now: number,
): Omit<Overview, 'refused'> {
  const windows = windowRows(judge, now)
  const open = byObjective(alerts.listEpisodes({ state: 'open', limit: Number.MAX_SAFE_INTEGER }))
  const { definition, evaluator } = judge
  const ofJourney = new Map<string, CompiledObjective[]>()
  for (const compiled of evaluator.objectives) {
    const { name } = compiled.journey
    ofJourney.set(name, [...(ofJourney.get(name) ?? []), compiled])
  }
  return {
    at: isoIn(now, definition.timeZone),
    timeZone: definition.timeZone,
    fingerprint: definition.fingerprint,
    sample,
    doubts: { count: doubts.length, estimate: eventsIn(doubts, now) },
    journeys: withComposites(
      definition,
      definition.journeys.map(({ name, title, owner, runbook, tier, steps }) => ({
        name,
        title,
        ...(owner !== undefined && { owner }),
        ...(runbook !== undefined && { runbook }),
        tier,
        steps: steps.map((step) => step.name),
        objectives: (ofJourney.get(name) ?? []).map((compiled) => ({
          ...objectiveStatus(judge, compiled, windows, now),
          fresh: isFresh(compiled, judge.ledger, patience, now),
          ...readOf(compiled, judge, patience, now),
          ...alertsOf(open.get(compiled.id) ?? [], definition.timeZone),
        })),
      })),
    ),
  }
}

/** A rule is named `JOURNEY/OBJECTIVE/WHAT`. In a great outage there are as many alerts as objectives, and more. */
function byObjective(open: readonly EpisodeRecord[]): ReadonlyMap<string, readonly EpisodeRecord[]> {
  const found = new Map<string, EpisodeRecord[]>()
  for (const record of open) {
    const id = record.rule.split('/', 2).join('/')
    const known = found.get(id)
    if (known === undefined) found.set(id, [record])
    else known.push(record)
  }
  return found
}

/** A slot that was read is read to its end, which may lie ahead: nobody knows yet what will be in it. */
function readOf(compiled: CompiledObjective, { ledger, definition }: Judge, patience: Patience, now: number) {
  const end = readUntil(compiled, ledger, patience)
  return end === undefined ? {} : { readUntil: isoIn(Math.min(end * 1_000, now), definition.timeZone) }
}

function alertsOf(open: readonly EpisodeRecord[], zone: string): Pick<ObjectiveStatus, 'alerts' | 'taken'> {
  const taken = open.flatMap(({ id, episode: { ack } }) =>
    ack === undefined
      ? []
      : [{ alert: id, ...(ack.by !== undefined && { by: ack.by }), until: isoIn(ack.until, zone) }],
  )
  return { alerts: open.map(({ id }) => id), ...(taken.length > 0 && { taken }) }
}

function objectiveStatus(
  judge: Judge,
  compiled: CompiledObjective,
  windows: readonly Float64Array[],
  now: number,
): Omit<ObjectiveStatus, 'fresh' | 'readUntil' | 'alerts' | 'taken'> {
  const { name, indicator, step, targetPpm, window, estimate, budgeting } = compiled.objective
  const { unread, ...spending } = spendingNow(judge, compiled, now)
  const changed = targetChanged(judge, compiled, now)
  const pairs = readPairs(compiled, judge.ledger.books.total.rows, windows).map((reading) => ({
    ...reading,
    longBurnMilli: burnRateMilli(reading.long, targetPpm),
    shortBurnMilli: burnRateMilli(reading.short, targetPpm),
  }))
  return {
    id: compiled.id,
    name,
    indicator,
    ...(step !== undefined && { step }),
    targetPpm,
    window,
    ...(window.kind !== 'rolling' && { period: periodNow(window, judge.definition.timeZone, now) }),
    ...(changed !== undefined && { targetChanged: changed }),
    ...(estimate !== undefined && { estimate }),
    ...(budgeting !== undefined && { budgeting }),
    ...spending,
    ...noDataOf(compiled, unread),
    state: spending.valid === 0 ? 'unjudged' : budgetState(spending),
    burning: pairs.some(({ holds }) => holds),
    pairs,
  }
}

function periodNow(window: CalendarWindow, zone: string, now: number) {
  const { from, to } = calendarRange(window, now, zone)
  return { from: isoIn(from, zone), to: isoIn(to, zone) }
}

/** The last time within a rolling window at which the target became the present one; a calendar month needs no such mark. */
function targetChanged(
  { revisions, definition }: Judge,
  { id, objective: { window } }: CompiledObjective,
  now: number,
) {
  if (window.kind !== 'rolling') return undefined
  const last = revisions.findLastIndex(({ targets }, i) => targets[id] !== revisions[i - 1]?.targets[id])
  const [before, since] = [revisions[last - 1]?.targets[id], revisions[last]]
  if (before === undefined || since === undefined || since.at <= now - window.ms) return undefined
  return { at: isoIn(since.at, definition.timeZone), fromPpm: before }
}

import {
  type CompiledObjective,
  calendarRange,
  exceeds,
  PPM,
  ratio,
  refreshAccounts,
  spendingOf,
  tallyBetween,
} from '@tabiji/core/budget'
import { type Incident, type IncidentImpact, impactStart, type JourneyImpact } from '@tabiji/core/incident'
import type { Edge } from '@tabiji/core/ledger'
import type { Impact } from '../../ports/impact.ts'
import type { WorkStore } from '../../ports/work-store.ts'
import { calendarParts, type Judge } from '../budget/budgets.ts'
import { findIncident } from './incidents.ts'

type ImpactParts = {
  readonly store: Pick<WorkStore, 'incidentHistory'>
  readonly judge: () => Judge
  readonly now: () => number
}

/** Reads from the ledger what incidents cost. Nothing is kept: asked again, a late entry is in it. */
export function createImpact({ store, judge, now }: ImpactParts): Impact {
  return {
    of: (key) => {
      const incident = findIncident(store, key)
      return incident === undefined ? undefined : impactOf(incident, judge(), now())
    },
  }
}

/**
 * From when the impact began (else from when it was detected, or opened) to when it was mitigated (else resolved, else now), on
 * the edges of slots. All that was booked counts: corrections are for budgets, not for what users met. Of an incident without
 * journeys, every journey.
 *
 * @param now milliseconds; an incident that is not over is looked at until then
 */
export function impactOf(incident: Incident, judge: Judge, now: number): IncidentImpact {
  const { times, resolvedAt, journeys } = incident
  const width = judge.ledger.grid[0].width * 1000
  const end = times.mitigated?.at ?? resolvedAt
  const from = Math.floor(impactStart(incident) / width) * width
  const to = Math.max(from + width, Math.ceil((end ?? now) / width) * width)
  const points = new Map<number, Edge>()
  const pointAt = (at: number) => {
    const known = points.get(at) ?? judge.ledger.pointAt(Math.floor(at / 1000))
    points.set(at, known)
    return known
  }
  refreshAccounts(judge.evaluator, judge.ledger.books)
  const isHurt = (journey: string) => journeys.length === 0 || journeys.includes(journey)
  const hurt = judge.evaluator.objectives.filter(({ journey }) => isHurt(journey.name))
  const others = judge.definition.journeys.filter(({ name, objectives }) => objectives.length > 0 && !isHurt(name))
  const broke = (compiled: CompiledObjective) => {
    const { bad, valid } = tallyBetween(compiled, pointAt(from).rows, pointAt(to).rows)
    return exceeds(bad, valid, ratio(BigInt(PPM - compiled.objective.targetPpm), BigInt(PPM)))
  }
  return {
    from,
    to,
    ended: end !== undefined,
    journeys: hurt.map((compiled) => costOf(compiled, { from, to }, judge, pointAt, now)),
    others: others.map(({ name }) => ({
      journey: name,
      ok: !judge.evaluator.objectives.some((compiled) => compiled.journey.name === name && broke(compiled)),
    })),
  }
}

type Stretch = { readonly from: number; readonly to: number }

function costOf(
  compiled: CompiledObjective,
  { from, to }: Stretch,
  judge: Judge,
  pointAt: (at: number) => Edge,
  now: number,
): JourneyImpact {
  const { bad, valid } = tallyBetween(compiled, pointAt(from).rows, pointAt(to).rows)
  const burnt =
    compiled.objective.budgeting === undefined
      ? bad
      : judge.slices.between(judge.evaluator, compiled, from / 1000, to / 1000, now).bad
  const allowed = allowedMillionths(compiled, { from, to }, judge, pointAt, now)
  return {
    journey: compiled.journey.name,
    objective: compiled.id,
    from,
    to,
    valid,
    bad,
    badPpm: shareOf(bad, valid),
    budgetPpm: allowed === 0 ? 0 : Number((BigInt(burnt) * BigInt(PPM) * BigInt(PPM)) / BigInt(allowed)),
  }
}

/**
 * What the objective's whole budget allows: of a rolling one, the window that ends with the stretch; by calendar, the window in
 * which the stretch begins, as far as it has gone.
 */
function allowedMillionths(
  compiled: CompiledObjective,
  { from, to }: Stretch,
  judge: Judge,
  pointAt: (at: number) => Edge,
  now: number,
): number {
  const { window, targetPpm, budgeting } = compiled.objective
  if (window.kind !== 'rolling') {
    const range = calendarRange(window, from, judge.definition.timeZone)
    const end = Math.max(to, Math.min(range.to, now))
    return spendingOf(calendarParts(judge, compiled, range.from, end, pointAt, pointAt(end))).allowedMillionths
  }
  const begin = Math.max(0, to - window.ms)
  const tally =
    budgeting === undefined
      ? tallyBetween(compiled, pointAt(begin).rows, pointAt(to).rows)
      : judge.slices.between(judge.evaluator, compiled, begin / 1000, to / 1000, now)
  return tally.valid * (PPM - targetPpm)
}

function shareOf(bad: number, valid: number): number {
  return valid === 0 ? 0 : Number((BigInt(bad) * BigInt(PPM)) / BigInt(valid))
}

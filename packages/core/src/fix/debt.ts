import { type Incident, type IncidentImpact, impactStart, responseTime } from '../incident/index.ts'
import { MINUTE } from '../time/index.ts'
import { askedFor, comesBackIn } from './cause.ts'
import type { FixHistory } from './event.ts'
import { type Fix, foldFix } from './fix.ts'

/** An incident, and what it cost when the books can say. */
export type Costly = { readonly incident: Incident; readonly impact?: IncidentImpact }

/** A share of an objective's whole budget, parts per million. */
export type Burnt = { readonly objective: string; readonly budgetPpm: number }

/** What should have led to a fix and did not (incident.md §3.4). */
export const VIRTUAL_REASONS = ['noCauses', 'slowDetection', 'slowMitigation', 'noFixes'] as const
type VirtualReason = (typeof VIRTUAL_REASONS)[number]

/** How soon an incident should be seen, and be over for the customer (milliseconds); later ones ask for a fix of that kind. */
export type ResponseGoals = { readonly detectMs: number; readonly mitigateMs: number }

/** What counts as soon where nobody states it. */
export const RESPONSE_GOALS: ResponseGoals = { detectMs: 5 * MINUTE, mitigateMs: 30 * MINUTE }

export type FixDebt = {
  /** By which the lists of virtual debt were made. */
  readonly goals: ResponseGoals
  /** Budget that was burnt by incidents of which a fix is still open, each incident once. */
  readonly exposed: readonly Burnt[]
  /** An incident of a cause whose fix was open when it began: it need not have happened. */
  readonly repeats: readonly { readonly incident: string; readonly fix: string; readonly openSince: string }[]
  readonly virtual: readonly { readonly incident: string; readonly reasons: readonly VirtualReason[] }[]
  /** What each open fix would stop, the most burnt first: how far to go. */
  readonly worth: readonly {
    readonly fix: string
    readonly title: string
    readonly burnt: readonly Burnt[]
    readonly incidents: readonly string[]
    readonly repeats: number
  }[]
}

/** What is still owed, weighed by what it costs. @param now milliseconds */
export function fixDebt(
  histories: readonly FixHistory[],
  costly: readonly Costly[],
  now: number,
  zone: string,
  goals: ResponseGoals = RESPONSE_GOALS,
): FixDebt {
  const real = costly.filter(({ incident }) => !incident.drill)
  const fixes = histories.map((history) => foldFix(history, now, zone)).filter((fix) => fix !== undefined)
  const open = fixes.filter(({ state }) => state === 'open')
  const askers = (fix: Fix) => real.filter(({ incident }) => askedFor(fix, incident))
  const incidents = real.map(({ incident }) => incident)
  const repeats = histories.flatMap((history) => repeatsOf(history, incidents, now, zone))
  const worth = open.map((fix) => ({
    fix: fix.key,
    title: fix.title,
    burnt: burntBy(askers(fix)),
    incidents: askers(fix).map(({ incident }) => incident.key),
    repeats: repeats.filter((one) => one.fix === fix.key).length,
  }))
  return {
    goals,
    exposed: burntBehind(open, costly),
    repeats,
    virtual: incidents.flatMap((incident) => virtualOf(incident, fixes, goals)),
    worth: worth.sort((a, b) => weight(b.burnt) - weight(a.burnt) || b.repeats - a.repeats || (a.fix < b.fix ? -1 : 1)),
  }
}

/** What incidents burnt that asked for one of the fixes, each incident once; practice burnt nothing. */
export function burntBehind(
  fixes: readonly Pick<Fix, 'key' | 'cause' | 'incident'>[],
  costly: readonly Costly[],
): readonly Burnt[] {
  return burntBy(costly.filter(({ incident }) => !incident.drill && fixes.some((fix) => askedFor(fix, incident))))
}

/** Each objective by itself: shares of different budgets do not add up. The most burnt first. */
function burntBy(costly: readonly Costly[]): readonly Burnt[] {
  const sums = new Map<string, number>()
  for (const { impact } of costly) {
    for (const { objective, budgetPpm } of impact?.journeys ?? []) {
      sums.set(objective, (sums.get(objective) ?? 0) + budgetPpm)
    }
  }
  return [...sums]
    .map(([objective, budgetPpm]) => ({ objective, budgetPpm }))
    .filter(({ budgetPpm }) => budgetPpm > 0)
    .sort((a, b) => b.budgetPpm - a.budgetPpm || (a.objective < b.objective ? -1 : 1))
}

/** Only to sort by: the budget that suffered most. */
function weight(burnt: readonly Burnt[]): number {
  return Math.max(0, ...burnt.map(({ budgetPpm }) => budgetPpm))
}

function repeatsOf(history: FixHistory, incidents: readonly Incident[], now: number, zone: string) {
  const last = foldFix(history, now, zone)
  if (last === undefined) return []
  const origin = incidents.find(({ key }) => key === last.incident)
  return incidents
    .filter((incident) => comesBackIn(last, origin, incident))
    .filter((incident) => foldFix(history, impactStart(incident) - 1, zone)?.state === 'open')
    .map((incident) => ({ incident: incident.key, fix: last.key, openSince: last.since }))
}

function virtualOf(incident: Incident, fixes: readonly Fix[], goals: ResponseGoals) {
  const { level, resolvedAt, causes = [], postmortem, key } = incident
  // While people still work on it nothing is missing.
  if (resolvedAt === undefined || level === 3) return []
  const asked = fixes.filter((fix) => fix.state !== 'dropped' && fix.state !== 'merged' && askedFor(fix, incident))
  const lacks = (kind: Fix['kind']) => asked.every((fix) => fix.kind !== kind)
  const late = (ms: number | undefined, goal: number) => ms !== undefined && ms > goal
  const found: Readonly<Record<VirtualReason, boolean>> = {
    noCauses: causes.length === 0,
    slowDetection: late(responseTime('detect', incident), goals.detectMs) && lacks('detect'),
    slowMitigation: late(responseTime('mitigate', incident), goals.mitigateMs) && lacks('mitigate'),
    noFixes: level === 1 && asked.length === 0 && postmortem?.noFix === undefined,
  }
  const reasons = VIRTUAL_REASONS.filter((reason) => found[reason])
  return reasons.length === 0 ? [] : [{ incident: key, reasons }]
}

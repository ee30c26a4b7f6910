import type { MonthFacts, TeamParts } from './month-facts.ts'
import { journeysOf, narrowToTeam, teamsOf } from './team.ts'

/** What came of narrowing facts without the books. */
export type Narrowed =
  | { readonly ok: true; readonly facts: MonthFacts }
  /** `known`: whose there are instead. */
  | { readonly ok: false; readonly why: 'unknown'; readonly known: readonly string[] }
  /** Families whose share of a team cannot be told from these facts. */
  | { readonly ok: false; readonly why: 'sums'; readonly families: readonly (keyof TeamParts)[] }

/**
 * Narrows facts to a team by what is in them: exactly, or not at all. A month that was issued or put aside holds the parts of
 * every team; of any other one, what happened to nobody happened to no team.
 */
export function narrowAlone(facts: MonthFacts, team: string): Narrowed {
  if (facts.team === team) return { ok: true, facts }
  const known = facts.team === undefined ? teamsOf(facts) : [facts.team]
  if (!known.includes(team)) return { ok: false, why: 'unknown', known }
  const kept = facts.teamParts?.[team]
  if (kept !== undefined) return { ok: true, facts: narrowToTeam(facts, team, kept) }
  const own = journeysOf(facts, team)
  const families = mixed(facts, own)
  if (families.length > 0) return { ok: false, why: 'sums', families }
  const { fixes, fixList, statistics, alerts, silences, drills, corrections } = facts
  const tierOne = facts.journeys.filter(({ name, tier }) => tier === 1 && own.has(name)).length
  const parts: TeamParts = {
    fixes,
    alerts,
    ...(fixList !== undefined && { fixList }),
    ...(statistics !== undefined && { statistics }),
    ...(silences !== undefined && { silences }),
    ...(drills !== undefined && { drills: { tierOne: { journeys: tierOne, practised: 0 }, held: [] } }),
    ...(corrections !== undefined && {
      corrections: corrections.filter(({ objectives }) => objectives.every(isIn(own))),
    }),
  }
  return { ok: true, facts: narrowToTeam(facts, team, parts) }
}

function mixed(facts: MonthFacts, own: ReadonlySet<string>): readonly (keyof TeamParts)[] {
  const { alerts, silences = [], drills, corrections = [], doubts = [] } = facts
  const isSplit = ({ objectives }: { readonly objectives: readonly string[] }) =>
    objectives.some(isIn(own)) && !objectives.every(isIn(own))
  const found: Readonly<Partial<Record<keyof TeamParts, boolean>>> = {
    fixes: hadFixes(facts),
    statistics: hadIncidents(facts),
    alerts: alerts.some(({ fired, resolved, stillOpen }) => fired + resolved + stillOpen > 0),
    silences: silences.length > 0,
    drills:
      drills !== undefined && (drills.held.length > 0 || drills.tierOne.practised > 0 || (drills.planned ?? 0) > 0),
    corrections: corrections.some(isSplit),
    doubts: doubts.length > 0,
  }
  return (Object.keys(found) as (keyof TeamParts)[]).filter((family) => found[family])
}

const isIn =
  (own: ReadonlySet<string>) =>
  (objective: string): boolean =>
    own.has(objective.slice(0, objective.indexOf('/')))

function hadFixes({ fixes, fixList = [], statistics }: MonthFacts): boolean {
  const { onTime, flow, cohorts, acceptedRisks, postponed } = fixes
  const rates = statistics?.rates ?? []
  return (
    fixList.length + cohorts.length + acceptedRisks.length + (statistics?.watched.length ?? 0) > 0 ||
    onTime.share.denominator + onTime.accepted + onTime.notYetDue + postponed.moves > 0 ||
    Object.values(flow).some((count) => count > 0) ||
    rates.some(({ onTime: then, stock }) => then.denominator + stock.denominator > 0)
  )
}

function hadIncidents({ statistics }: MonthFacts): boolean {
  if (statistics === undefined) return false
  const { response, restatements, debt } = statistics
  return (
    response.incidents + response.drills + response.open > 0 ||
    restatements.length + debt.virtual.length + debt.exposed.length + debt.repeats.length > 0
  )
}

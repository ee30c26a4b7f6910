import type { IncidentMonth } from './incident-month.ts'
import type { MonthFacts, TeamParts } from './month-facts.ts'
import type { ReportIssue } from './report-issue.ts'

/** Who owns the journeys of the month, in the order of their names. */
export function teamsOf({ journeys }: Pick<MonthFacts, 'journeys'>): readonly string[] {
  return [...new Set(journeys.flatMap(({ owner }) => owner ?? []))].toSorted()
}

/** The names of a team's journeys. */
export function journeysOf({ journeys }: Pick<MonthFacts, 'journeys'>, team: string): ReadonlySet<string> {
  return new Set(journeys.filter(({ owner }) => owner === team).map(({ name }) => name))
}

/** Whether an incident hurts a journey of these: one that names none hurts all. */
export function isHurt(journeys: readonly string[], own: ReadonlySet<string>): boolean {
  return journeys.length === 0 || journeys.some((name) => own.has(name))
}

/**
 * Whether a fix is the business of whoever owns these journeys: it names one of them, or names none and came out of an incident
 * that hurt one.
 *
 * @param hurtBy which journeys an incident hurt; nothing of one that is not known
 */
export function isFixOf(
  { journey, incident }: { readonly journey?: string; readonly incident?: string },
  own: ReadonlySet<string>,
  hurtBy: (incident: string) => readonly string[] | undefined,
): boolean {
  if (journey !== undefined) return own.has(journey)
  const hurt = incident === undefined ? undefined : hurtBy(incident)
  return hurt !== undefined && isHurt(hurt, own)
}

/** The parts that the facts hold. */
export function teamPartsOf(facts: MonthFacts): TeamParts {
  const { fixes, statistics, alerts, silences, drills, corrections, doubts, fixList } = facts
  return {
    fixes,
    alerts,
    ...(statistics !== undefined && { statistics }),
    ...(silences !== undefined && { silences }),
    ...(drills !== undefined && { drills }),
    ...(corrections !== undefined && { corrections }),
    ...(doubts !== undefined && { doubts }),
    ...(fixList !== undefined && { fixList }),
  }
}

/**
 * The month as one team's report tells it: its journeys, and what concerns them. What somebody wrote at the top of the whole
 * report is about all teams, and stays there.
 *
 * @param team one of {@link teamsOf}
 * @param parts worked out for the journeys of the team
 */
export function narrowToTeam(facts: MonthFacts, team: string, parts: TeamParts): MonthFacts {
  const own = journeysOf(facts, team)
  const isOwn = (objective: string) => own.has(objective.slice(0, objective.indexOf('/')))
  const { headline: _, teamParts: __, ...rest } = withoutParts(facts)
  const { ahead, asks, definition, incidents, journeys } = facts
  return {
    ...rest,
    ...parts,
    team,
    journeys: journeys.filter(({ name }) => own.has(name)),
    incidents: incidents.filter(({ journeys: hurt }) => isHurt(hurt, own)).map((incident) => costOnly(incident, own)),
    definition: {
      ...definition,
      revisions: definition.revisions.flatMap((revision) => {
        const targets = revision.targets?.filter(({ objective }) => isOwn(objective))
        // It changed promises, and none of the team's.
        if (targets?.length === 0 && revision.targets?.length !== 0) return []
        return [{ ...revision, ...(targets !== undefined && { targets }) }]
      }),
    },
    ...(asks !== undefined && {
      asks: asks.filter(({ journey, owner }) => (journey === undefined ? owner === team : own.has(journey))),
    }),
    ...(ahead !== undefined && {
      ahead: {
        planned: ahead.planned.filter(({ journeys: of }) => isHurt(of, own)),
        drills: ahead.drills.filter(({ journey }) => own.has(journey)),
      },
    }),
  }
}

function withoutParts(facts: MonthFacts): Omit<MonthFacts, keyof TeamParts> {
  const { fixes: _, statistics: __, alerts: ___, silences: ____, ...some } = facts
  const { drills: _____, corrections: ______, doubts: _______, fixList: ________, ...rest } = some
  return rest
}

function costOnly(incident: IncidentMonth, own: ReadonlySet<string>): IncidentMonth {
  const { cost } = incident
  return cost === undefined ? incident : { ...incident, cost: cost.filter(({ journey }) => own.has(journey)) }
}

/** The stamp of an issued month for one team: of the figures that differ, those of its journeys. */
export function stampFor(issue: ReportIssue, own: ReadonlySet<string>): ReportIssue {
  const { changes, moreChanges: _, ...stamp } = issue
  if (changes === undefined) return issue
  const isOwn = ({ path }: { readonly path: string }) =>
    [...own].some((name) => path === `journeys.${name}` || path.startsWith(`journeys.${name}.`))
  return { ...stamp, changes: changes.filter(isOwn) }
}

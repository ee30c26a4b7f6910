import type { Level } from '../journey/index.ts'
import { HOUR, type Range } from '../time/index.ts'
import { impactStart } from './response.ts'
import type { Incident } from './state.ts'

/** Something that rang, milliseconds: until `to`, or still at the end of what is known. */
export type Ringing = {
  readonly journey: string
  readonly level: Level
  readonly from: number
  readonly to?: number
  /** Under which it is counted beside its level: the names of its rule and its pair of windows. */
  readonly groups: readonly string[]
}

/** Who may ring for which journeys, whether it did or not. */
export type Watch = { readonly group: string; readonly journeys: readonly string[] }

/** How often something was right, and how much it found. Precision = hits ÷ alerts, recall = found ÷ incidents. */
export type Score = {
  readonly alerts: number
  readonly hits: number
  /** Incidents of the journeys that it watches. */
  readonly incidents: number
  readonly found: number
  /** Parts per million, rounded down; absent where there is nothing to divide by. */
  readonly precisionPpm?: number
  readonly recallPpm?: number
}

export type Scoring = {
  /** By position of what rang: the keys of the incidents that it belongs to; none is a false alert. */
  readonly belongsTo: readonly (readonly string[])[]
  readonly incidents: readonly {
    readonly incident: Incident
    readonly from: number
    /** Positions of what rang of level 1 and 2 for it, in the order in which it began; none is a miss. */
    readonly foundBy: readonly number[]
  }[]
  /** Of what asks people to act: levels 1 and 2. */
  readonly overall: Score
  readonly levels: readonly (Score & { readonly level: Level })[]
  /** In the order of the watches. */
  readonly groups: readonly (Score & { readonly group: string })[]
}

/**
 * Compares what rang with the incidents that people recorded. An alert belongs to an incident of its journey, or of no stated
 * journey, when the two overlap in time and it began at most an hour earlier: what has rung since long before, such as a budget
 * that has been spent for days, found nothing. An incident lasts from when its impact began (else from when it was detected, or
 * opened) until it was resolved. Drills are left out.
 *
 * @param within the stretch that was watched: incidents outside are left out, and what has no end lasts to its end
 */
export function scoreAlerts(
  rung: readonly Ringing[],
  watches: readonly Watch[],
  incidents: readonly Incident[],
  within: Range,
): Scoring {
  const spans = incidents
    .filter(({ drill }) => !drill)
    .map((incident) => ({ incident, from: impactStart(incident), to: incident.resolvedAt ?? within.to }))
    .filter(({ from, to }) => from < within.to && to >= within.from)
    .sort((a, b) => a.from - b.from)
  const belongsTo = rung.map(({ journey, from, to = within.to }) =>
    spans
      .filter(
        (span) => isOf(span.incident, journey) && from <= span.to && to >= span.from && span.from - from <= EARLIEST,
      )
      .map(({ incident }) => incident.key),
  )
  const score = (counts: (ringing: Ringing) => boolean, journeys?: readonly string[]): Score => {
    const chosen = [...rung.keys()].filter((i) => counts(rung[i] as Ringing))
    const hits = chosen.filter((i) => (belongsTo[i] ?? []).length > 0).length
    const concerned = spans.filter(
      ({ incident }) => journeys === undefined || journeys.some((journey) => isOf(incident, journey)),
    ).length
    return scoreOf(chosen.length, hits, concerned, new Set(chosen.flatMap((i) => belongsTo[i] ?? [])).size)
  }
  return {
    belongsTo,
    incidents: spans.map(({ incident, from }) => {
      const foundBy = [...rung.keys()].filter((i) => acts(rung[i] as Ringing) && belongsTo[i]?.includes(incident.key))
      return { incident, from, foundBy: foundBy.sort((a, b) => (rung[a]?.from ?? 0) - (rung[b]?.from ?? 0)) }
    }),
    overall: score(acts),
    levels: LEVELS.map((level) => ({ level, ...score((each) => each.level === level) })),
    groups: watches.map(({ group, journeys }) => ({
      group,
      ...score(({ groups }) => groups.includes(group), journeys),
    })),
  }
}

function scoreOf(alerts: number, hits: number, incidents: number, found: number): Score {
  return {
    alerts,
    hits,
    incidents,
    found,
    ...(alerts > 0 && { precisionPpm: Math.floor((hits * 1_000_000) / alerts) }),
    ...(incidents > 0 && { recallPpm: Math.floor((found * 1_000_000) / incidents) }),
  }
}

/** How much earlier than an incident an alert may begin to be one of it: people write the time down when they see it. */
const EARLIEST = HOUR

const LEVELS: readonly Level[] = [1, 2, 3]

const acts = ({ level }: Ringing): boolean => level !== 3

const isOf = ({ journeys }: Incident, journey: string): boolean => journeys.length === 0 || journeys.includes(journey)

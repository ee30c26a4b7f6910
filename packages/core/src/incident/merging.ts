import { checkText, type Decision, decide, type Problem, recorded, refusal } from '../problem/index.ts'
import type { Incident, IncidentCause, IncidentContext, Recorded, Timed, TimeMark } from './state.ts'

/** Two incidents turn out to be one: `mergedInto` is recorded with the one that goes, `absorbed` with the one that stays. */
export type MergingEvent = Recorded &
  (
    | { readonly type: 'mergedInto'; readonly into: string; readonly reason: string }
    | ({ readonly type: 'absorbed'; readonly from: string; readonly reason: string } & Brought)
  )
type AbsorbedEvent = Extract<MergingEvent, { type: 'absorbed' }>

/** What the one that stays gets. */
type Brought = Pick<Incident, 'episodes' | 'journeys' | 'level' | 'times' | 'resolvedAt'> & {
  readonly causes: readonly IncidentCause[]
  /** Ids of lines that had a star. */
  readonly starred: readonly string[]
}

export type Merging = { readonly gone: MergingEvent; readonly stays: MergingEvent }

/** The id of a line in the timeline of the incident that its own was merged into. */
export function lineFrom(incident: string, line: string): string {
  return `${incident}:${line}`
}

/**
 * Decides to merge one incident into another. Refused, because nothing undoes it: into itself; one that was merged already or has
 * taken another one in; practice with what was real; one whose postmortem is published; one that is open into one that is over.
 *
 * @param contexts of the two; their times may differ, because each log keeps its order
 */
export function decideMerging(
  gone: Incident,
  stays: Incident,
  reason: string,
  contexts: { readonly gone: IncidentContext; readonly stays: IncidentContext },
): { readonly ok: true; readonly merging: Merging } | { readonly ok: false; readonly problems: readonly Problem[] } {
  const problems = [...checkPair(gone, stays), ...checkText('INCIDENT_REASON', 'reason', reason)]
  if (problems.length > 0) return { ok: false, problems }
  const { episodes, journeys, level, times, resolvedAt, causes = [], lines } = gone
  const brought: Brought = {
    ...{ episodes, journeys, causes, times },
    ...(level !== undefined && { level }),
    ...(resolvedAt !== undefined && { resolvedAt }),
    starred: (lines?.starred ?? []).map((line) => lineFrom(gone.key, line)),
  }
  const why = { reason: reason.trim() }
  return {
    ok: true,
    merging: {
      gone: { ...recorded(contexts.gone), type: 'mergedInto', into: stays.key, ...why },
      stays: { ...recorded(contexts.stays), type: 'absorbed', from: gone.key, ...why, ...brought },
    },
  }
}

export function applyMerging(incident: Incident, event: MergingEvent): Incident {
  if (event.type === 'absorbed') return absorb(incident, event)
  const { into, at, reason } = event
  // Whoever looks for open incidents finds the one that stays.
  return { ...incident, status: 'resolved', resolvedAt: incident.resolvedAt ?? at, merged: { into, at, reason } }
}

/** Nothing more is recorded with an incident that was merged. */
export function refuseMerged<Event>({ key, merged }: Incident): Decision<Event> | undefined {
  if (merged === undefined) return undefined
  const message = `Expected an incident that stands by itself, but ${key} was merged into ${merged.into}`
  return decide<Event>([refusal('INCIDENT_MERGED', message, `say it of ${merged.into}`)])
}

function checkPair(gone: Incident, stays: Incident): readonly Problem[] {
  if (gone.key === stays.key)
    return [refusal('INCIDENT_MERGE', `Expected another incident for ${gone.key} to be merged into, got itself`)]
  const both = [gone, stays]
  const merged = both.flatMap(({ key, merged }) =>
    merged === undefined
      ? []
      : [refusal('INCIDENT_MERGED', `Expected ${key} to stand by itself, but it was merged into ${merged.into}`)],
  )
  const published = both
    .filter(({ postmortem }) => postmortem?.state === 'published')
    .map(({ key }) =>
      refusal('POSTMORTEM_STATE', `Expected the postmortem of ${key} not to be published yet, but it is`),
    )
  return [...merged, ...published, ...checkKinds(gone, stays)]
}

function checkKinds(gone: Incident, stays: Incident): readonly Problem[] {
  const wrong = (message: string, hint?: string) => refusal('INCIDENT_MERGE', message, hint)
  const isOver = stays.resolvedAt !== undefined && gone.resolvedAt === undefined
  return [
    ...(gone.absorbed === undefined
      ? []
      : [
          wrong(
            `Expected an incident that has taken no other one in, but ${gone.key} has taken in ${gone.absorbed.join(', ')}`,
            `merge the other way: tabiji incident merge ${stays.key} --into ${gone.key}`,
          ),
        ]),
    ...(gone.drill === stays.drill
      ? []
      : [wrong(`Expected two incidents that were both real or both drills, got ${gone.key} and ${stays.key}`)]),
    ...(isOver
      ? [
          wrong(
            `Expected ${stays.key} to be open as ${gone.key} is, but it is resolved`,
            'reopen it with a reason first',
          ),
        ]
      : []),
  ]
}

/** It began when the first of the two began, and was over when the last was over. What people stated of it holds. */
function absorb(incident: Incident, event: AbsorbedEvent): Incident {
  const { absorbed = [], causes = [], lines, resolvedAt } = incident
  const known = new Set(causes.map(({ id }) => id))
  const allCauses = [...causes, ...event.causes.filter(({ id }) => !known.has(id))]
  const level = least(incident.level, event.level)
  const end =
    resolvedAt === undefined || event.resolvedAt === undefined ? resolvedAt : Math.max(resolvedAt, event.resolvedAt)
  return {
    ...incident,
    episodes: [...new Set([...incident.episodes, ...event.episodes])],
    journeys: [...new Set([...incident.journeys, ...event.journeys])],
    absorbed: [...absorbed, event.from],
    times: timesOf(incident, event),
    ...(level !== undefined && { level }),
    ...(allCauses.length > 0 && { causes: allCauses }),
    ...(end !== undefined && { resolvedAt: end }),
    ...((lines !== undefined || event.starred.length > 0) && {
      lines: { written: lines?.written ?? [], starred: [...(lines?.starred ?? []), ...event.starred] },
    }),
  }
}

const BEGINNINGS = ['impactStarted', 'detected', 'delivered', 'acknowledged'] as const

function timesOf({ times, resolvedAt }: Incident, other: AbsorbedEvent): Incident['times'] {
  const begun = BEGINNINGS.flatMap((moment) => {
    const mark = pick(times[moment], other.times[moment], (a, b) => a.at <= b.at)
    return mark === undefined ? [] : [[moment, mark] as const]
  })
  const later = (a: TimeMark, b: TimeMark) => a.at >= b.at
  const mitigated = over({ times, resolvedAt }, other)
    ? pick(times.mitigated, other.times.mitigated, later)
    : stated(times)
  const resolved = resolvedAt === undefined ? undefined : pick(times.resolved, other.times.resolved, later)
  return {
    ...Object.fromEntries(begun),
    ...(mitigated !== undefined && { mitigated }),
    ...(resolved !== undefined && { resolved }),
  }
}

type Ending = { readonly times: Incident['times']; readonly resolvedAt?: number | undefined }

/** While one of the two goes on, nobody knows when both were over. */
function over(...both: readonly Ending[]): boolean {
  return both.every(({ times, resolvedAt }) => times.mitigated !== undefined || resolvedAt !== undefined)
}

function stated({ mitigated }: { readonly [timed in Timed]?: TimeMark }): TimeMark | undefined {
  return mitigated?.stated === true ? mitigated : undefined
}

function pick(
  own: TimeMark | undefined,
  other: TimeMark | undefined,
  isFirst: (a: TimeMark, b: TimeMark) => boolean,
): TimeMark | undefined {
  if (own === undefined || other === undefined) return own ?? other
  return own.stated === true || isFirst(own, other) ? own : other
}

/** The more urgent of two levels. */
function least(a: Incident['level'], b: Incident['level']): Incident['level'] {
  return a === undefined || (b !== undefined && b < a) ? b : a
}

import { checkText, type Decision, decide, type Problem, recorded, refusal } from '../problem/index.ts'
import { absorb, type Brought, broughtBy } from './absorbing.ts'
import type { Incident, IncidentContext, Recorded } from './state.ts'

/** Two incidents turn out to be one: `mergedInto` is recorded with the one that goes, `absorbed` with the one that stays. */
export type MergingEvent = Recorded &
  (
    | { readonly type: 'mergedInto'; readonly into: string; readonly reason: string }
    | ({ readonly type: 'absorbed'; readonly from: string; readonly reason: string } & Brought)
  )

export type Merging = { readonly gone: MergingEvent; readonly stays: MergingEvent }

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
  const why = { reason: reason.trim() }
  return {
    ok: true,
    merging: {
      gone: { ...recorded(contexts.gone), type: 'mergedInto', into: stays.key, ...why },
      stays: { ...recorded(contexts.stays), type: 'absorbed', from: gone.key, ...why, ...broughtBy(gone) },
    },
  }
}

export function applyMerging(incident: Incident, event: MergingEvent): Incident {
  if (event.type === 'absorbed') return absorb(incident, event.from, event.at, event)
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

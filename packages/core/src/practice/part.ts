import type { IncidentEvent } from '../incident/index.ts'

/** That somebody led an incident or a drill, or took part in it. */
export type Part = {
  /** The key of the incident. */
  readonly incident: string
  /** Practice, and no trouble of users. */
  readonly drill: boolean
  readonly name: string
  /** When they took the lead last, or took part first, milliseconds. */
  readonly at: number
}

/** Everything that was recorded about one incident, oldest first. */
type History = { readonly key: string; readonly events: readonly IncidentEvent[] }

/** Who had the lead of what: one for each person and incident, however often it went to and fro. */
export function leadsIn(histories: readonly History[]): readonly Part[] {
  return histories.flatMap((history) =>
    partsOf(history, 'last', (event) => (isRole(event) && event.role === 'lead' ? [event.name] : [])),
  )
}

/** Who took part in what: whoever had a role in it, or recorded something about it. */
export function partsIn(histories: readonly History[]): readonly Part[] {
  return histories.flatMap((history) =>
    partsOf(history, 'first', (event) => [
      ...(isRole(event) ? [event.name] : []),
      ...(event.by === undefined ? [] : [event.by]),
    ]),
  )
}

function partsOf(
  { key, events }: History,
  keep: 'first' | 'last',
  namesIn: (event: IncidentEvent) => readonly string[],
): readonly Part[] {
  const [first] = events
  const drill = first?.type === 'opened' && first.drill
  const times = new Map<string, number>()
  for (const event of events) {
    for (const name of namesIn(event)) if (keep === 'last' || !times.has(name)) times.set(name, event.at)
  }
  return [...times].map(([name, at]) => ({ incident: key, drill, name, at }))
}

type RoleEvent = Extract<IncidentEvent, { type: 'roleTaken' | 'handedOver' }>

function isRole(event: IncidentEvent): event is RoleEvent {
  return event.type === 'roleTaken' || event.type === 'handedOver'
}

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

/**
 * Who had the lead of what: one for each person and incident, however often it went to and fro. What was done about an incident that
 * was merged into another was done about that one.
 */
export function leadsIn(histories: readonly History[]): readonly Part[] {
  return standing(histories).flatMap((history) =>
    partsOf(history, 'last', (event) => (isRole(event) && event.role === 'lead' ? [event.name] : [])),
  )
}

/** Who took part in what: whoever had a role in it, or recorded something about it. */
export function partsIn(histories: readonly History[]): readonly Part[] {
  return standing(histories).flatMap((history) =>
    partsOf(history, 'first', (event) => [
      ...(isRole(event) ? [event.name] : []),
      ...(event.by === undefined ? [] : [event.by]),
    ]),
  )
}

/** Those that stand by themselves, each with what was recorded about those that turned out to be part of it, by time. */
function standing(histories: readonly History[]): readonly History[] {
  const partsOfOthers = new Map<string, IncidentEvent[]>()
  const own = histories.filter(({ events }) => {
    const merged = events.find((event) => event.type === 'mergedInto')
    if (merged !== undefined) partsOfOthers.set(merged.into, [...(partsOfOthers.get(merged.into) ?? []), ...events])
    return merged === undefined
  })
  return own.map(({ key, events }) => {
    const others = partsOfOthers.get(key)
    return { key, events: others === undefined ? events : [...events, ...others].sort((a, b) => a.at - b.at) }
  })
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

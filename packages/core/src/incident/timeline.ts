import { isoIn } from '../time/index.ts'
import type { IncidentEvent } from './incident.ts'
import type { LinesEvent } from './lines.ts'

/** An event with its instants written in ISO 8601, so that it can leave the process. `Key` names the fields that are instants. */
export type Told<Event, Key> = Event extends unknown
  ? { readonly [Field in keyof Event]: Field extends Key ? string : Event[Field] }
  : never

/** One line of an incident's timeline: what was recorded, when and by whom, as plain JSON. */
export type IncidentEntry =
  | Told<Exclude<IncidentEvent, { type: 'imported' | 'absorbed' }>, 'at' | 'value' | 'due' | 'happenedAt'>
  | (Omit<Told<Extract<LinesEvent, { type: 'imported' }>, 'at'>, 'lines'> & { readonly count: number })

  /** What it brought along is found in the incident. */
  | (Pick<Absorbed, 'type' | 'by' | 'from' | 'reason' | 'episodes' | 'journeys'> & { readonly at: string })

type Absorbed = Extract<IncidentEvent, { type: 'absorbed' }>

/** What was recorded about an incident, oldest first. @param zone IANA name of the zone whose offset the times carry */
export function incidentTimeline(events: readonly IncidentEvent[], zone: string): readonly IncidentEntry[] {
  return events.map((event): IncidentEntry => {
    const at = isoIn(event.at, zone)
    if (event.type === 'noted' || event.type === 'decided')
      return { ...event, at, happenedAt: isoIn(event.happenedAt, zone) }
    if (event.type === 'imported') {
      const { lines, ...rest } = event
      return { ...rest, at, count: lines.length }
    }
    if (event.type === 'absorbed') {
      const { type, by, from, reason, episodes, journeys } = event
      return { type, at, ...(by !== undefined && { by }), from, reason, episodes, journeys }
    }
    if (event.type === 'timed') return { ...event, at, value: isoIn(event.value, zone) }
    if (event.type === 'updateExpected') return { ...event, at, due: isoIn(event.due, zone) }
    if (event.type === 'updated') {
      const { due, ...said } = event
      return { ...said, at, ...(due !== undefined && { due: isoIn(due, zone) }) }
    }
    if (event.type !== 'timeDerived') return { ...event, at }
    const { value, ...derived } = event
    return { ...derived, at, ...(value !== undefined && { value: isoIn(value, zone) }) }
  })
}

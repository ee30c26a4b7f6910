import type { Incident } from '@tabiji/core/incident'
import { HOUR } from '@tabiji/core/time'
import type { AlertStore } from '../../ports/alert-store.ts'
import type { ChatPlace, IncidentChat, MeantIncident } from '../../ports/incident-chat.ts'
import type { IncidentTimelines } from '../../ports/incident-timeline.ts'
import type { Work } from '../../ports/work.ts'
import type { WorkStore } from '../../ports/work-store.ts'
import { countedIn, findIncident, incidentsIn } from './incidents.ts'

type Desk = {
  readonly stores: { readonly work: WorkStore; readonly alerts: Pick<AlertStore, 'outboxOf'> }
  readonly timelines: IncidentTimelines
  readonly work: Pick<Work, 'changeIncident'>
}

const AROUND_MS = HOUR

/** Lets people in a chat write on the timeline without naming the incident each time. */
export function createIncidentChat({ stores, timelines, work }: Desk): IncidentChat {
  return {
    meant: (place) => meant(stores, place),
    write: (key, command, by) => {
      const written = timelines.write(key, command, by)
      if (!written.ok) return written
      const id = findIncident(stores.work, key)?.lines?.written.at(-1)?.id
      const line = written.value.lines.find((one) => one.id === id)
      if (line === undefined) throw new Error(`Expected the line ${id} of ${key} to be there`)
      return { ok: true, value: line }
    },
    last: (key, count) => {
      const told = timelines.timeline(key, AROUND_MS)
      return told.ok ? { ok: true, value: told.value.lines.slice(-count) } : told
    },
    pin: (key, message, moment) => {
      const known = findIncident(stores.work, key)?.lines?.written ?? []
      const gone = known.some(({ identity, struck }) => identity === message.identity && struck !== undefined)
      // What was struck out and is pinned anew is a line of its own.
      const line = gone ? { ...message, identity: `${message.identity}#${moment}` } : message
      return work.changeIncident(key, { type: 'import', from: 'slack', lines: [line] })
    },
    unpin: (identity, reason, by) => {
      for (const { key, lines } of incidentsIn(stores.work)) {
        for (const line of lines?.written ?? []) {
          const isOfIt = line.identity === identity || line.identity?.startsWith(`${identity}#`)
          if (isOfIt && line.struck === undefined)
            work.changeIncident(key, { type: 'strike', line: line.id, reason }, by)
        }
      }
    },
  }
}

function meant({ work, alerts }: Desk['stores'], place: ChatPlace): MeantIncident {
  const incidents = countedIn(work)
  if (place.named !== undefined) {
    const named = incidentsIn(work).find(({ key }) => numberOf(key) === numberOf(place.named ?? ''))
    return named === undefined
      ? { kind: 'unknown', key: place.named }
      : { kind: 'found', key: named.merged?.into ?? named.key }
  }
  const open = incidents.filter(({ resolvedAt }) => resolvedAt === undefined)
  const ofPlace = incidents.filter((one) => isRoomOf(one, place.channelName) || isThreadOf(alerts, one, place))
  const [first, ...more] = ofPlace.length > 0 ? ofPlace : open
  if (first === undefined) return { kind: 'none' }
  return more.length === 0
    ? { kind: 'found', key: first.key }
    : { kind: 'many', keys: [first, ...more].map(({ key }) => key) }
}

/** People write `inc-7` as well as `INC-0007`. */
const numberOf = (key: string): number | undefined => {
  const digits = /^inc-0*(\d{1,9})$/i.exec(key.trim())?.[1]
  return digits === undefined ? undefined : Number(digits)
}

/** A channel that is called after an incident is its room: `inc-0007`, `inc-0007-checkout`. */
function isRoomOf(incident: Incident, channel: string | undefined): boolean {
  const name = /^inc-\d{1,9}/i.exec(channel ?? '')?.[0]
  return name !== undefined && keysOf(incident).some((key) => numberOf(name) === numberOf(key))
}

/** Its own, and those of incidents that turned out to be part of it: people go on where they began. */
function keysOf({ key, absorbed = [] }: Incident): readonly string[] {
  return [key, ...absorbed]
}

/** A thread below the message of an alert belongs to the incident that is about the alert; so does one below the incident's own. */
function isThreadOf(alerts: Pick<AlertStore, 'outboxOf'>, incident: Incident, { channel, thread }: ChatPlace): boolean {
  if (channel === undefined || thread === undefined) return false
  const told = [...keysOf(incident).map((key) => `incident:${key}`), ...incident.episodes]
  return told.some((topic) => alerts.outboxOf(topic).some(({ ref }) => ref === `${channel} ${thread}`))
}

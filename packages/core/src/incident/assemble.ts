import { MINUTE } from '../time/index.ts'
import { foldIncident, type IncidentEvent } from './incident.ts'
import type { SourceLine, TimelineFacts, TimelineLine } from './timeline-line.ts'
import type { WrittenLine } from './written-line.ts'

/**
 * The timeline of an incident: what was recorded of it, and what its other sources tell. Ordered by when it happened, then by
 * source and id, so that the same lines always stand in the same order. A line that two sources tell under one id stands once.
 *
 * @param others lines of the books, alerts, deliveries, annotations and trackers, and of incidents that are part of it now
 */
export function assembleTimeline(
  key: string,
  events: readonly IncidentEvent[],
  others: readonly (SourceLine | TimelineLine)[],
): readonly TimelineLine[] {
  const { written = [], starred = [] } = foldIncident(key, events)?.lines ?? {}
  const struck = new Map(written.map((line) => [line.id, line.struck]))
  const stars = new Set(starred)
  const byId = new Map<string, SourceLine | TimelineLine>()
  const recorded = events.flatMap(lineOfEvent).filter((line) => stars.has(line.id) || !isToldByBooks(line, others))
  for (const line of [...recorded, ...written.map(lineOfWriting), ...others]) {
    if (!byId.has(line.id)) byId.set(line.id, line)
  }
  return [...byId.values()].sort(compareLines).map((line) => {
    const gone = struck.get(line.id) ?? ('struck' in line ? line.struck : undefined)
    return { ...line, starred: stars.has(line.id), ...(gone !== undefined && { struck: gone }) }
  })
}

/** The turns of the books that say the same as a time that was taken from them. */
const TURNS: Readonly<Record<string, string>> = { impactStarted: 'began', mitigated: 'back' }

/**
 * When the impact began and when it was over is told once: where the books say how, the time that was taken from them adds
 * nothing. Times are told to the minute, and slots of the books may be wider here than there.
 */
function isToldByBooks({ source, facts }: SourceLine, others: readonly SourceLine[]): boolean {
  if (source !== 'books' || facts.kind !== 'derived') return false
  const { value, moment } = facts
  if (value === undefined) return false
  const turn = Object.hasOwn(TURNS, moment) ? TURNS[moment] : undefined
  return others.some(
    ({ at, facts: told }) => told.kind === 'impact' && told.turn === turn && Math.abs(at - value) < MINUTE,
  )
}

function compareLines(a: SourceLine, b: SourceLine): number {
  return a.at - b.at || compare(a.source, b.source) || compare(a.id, b.id)
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

/** Marks are put on lines and are none themselves, and what people wrote has lines of its own. */
const ELSEWHERE = new Set(['noted', 'decided', 'imported', 'starred', 'unstarred', 'struck'])

/** Events are never taken away, so that their place in the log names them for good. */
function lineOfEvent(event: IncidentEvent, place: number): readonly SourceLine[] {
  if (ELSEWHERE.has(event.type)) return []
  const who = event.by === undefined ? {} : { by: event.by }
  return [
    {
      id: `E-${String(place + 1).padStart(4, '0')}`,
      at: event.at,
      source: sourceOf(event),
      ...who,
      facts: factsOf(event),
    },
  ]
}

/** What an incident gets by itself as soon as it is opened. */
const BY_ITSELF = new Set<IncidentEvent['type']>(['checklistSet', 'updateExpected'])

function sourceOf(event: IncidentEvent): SourceLine['source'] {
  if (event.type === 'timeDerived') return event.origin === 'person' ? 'collector' : event.origin
  if ('byAlert' in event && event.byAlert === true) return 'alert'
  return BY_ITSELF.has(event.type) ? 'collector' : 'person'
}

function factsOf(event: IncidentEvent): TimelineFacts {
  switch (event.type) {
    case 'opened':
      return { kind: 'opened', title: event.title, drill: event.drill }
    case 'edited':
      return { kind: 'edited', fields: EDITABLE.filter((field) => event[field] !== undefined) }
    case 'timed':
      return { kind: 'timed', moment: event.moment, value: event.value, reason: event.reason }
    case 'timeDerived':
      return { kind: 'derived', moment: event.moment, ...(event.value !== undefined && { value: event.value }) }
    case 'resolved':
      return { kind: 'resolved' }
    case 'reopened':
      return { kind: 'reopened', reason: event.reason }
    case 'statusSet':
      return { kind: 'status', status: event.status, ...(event.note !== undefined && { note: event.note }) }
    case 'roleTaken':
      return { kind: 'role', role: event.role, name: event.name }
    case 'handedOver': {
      const from = event.from === undefined ? {} : { from: event.from }
      return { kind: 'role', role: event.role, name: event.name, ...from }
    }
    default:
      return otherFacts(event)
  }
}

const EDITABLE = ['title', 'level', 'journeys', 'episodes'] as const

/** Families of their own say at least what happened, and the texts that they carry. */
function otherFacts({ type, at: _, by: __, ...carried }: IncidentEvent): TimelineFacts {
  const texts = Object.entries(carried).filter(([field, value]) => field !== 'via' && typeof value === 'string')
  const about = texts.map(([, value]) => String(value)).join(' · ')
  const due = 'due' in carried && typeof carried.due === 'number' ? { due: carried.due } : {}
  return { kind: 'recorded', what: type, ...(about !== '' && { about }), ...due }
}

function lineOfWriting({ id, happenedAt, by, source, said }: WrittenLine): SourceLine {
  const facts: TimelineFacts =
    typeof said !== 'string'
      ? { kind: 'decision', ...said }
      : { kind: source === 'shell' ? 'command' : 'note', text: said }
  return { id, at: happenedAt, source, ...(by !== undefined && { by }), facts }
}

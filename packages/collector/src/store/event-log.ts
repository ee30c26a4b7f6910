import type { Sqlite } from './database.ts'

type EventRow = { key: string; event: string }

type History<Event> = { readonly key: string; readonly events: readonly Event[] }

/** What was read of the log: its events up to a number, by the thing that they are about. */
type Read<Event> = { readonly upTo: number; readonly byKey: ReadonlyMap<string, History<Event>> }

/**
 * Events of things in SQLite: one row per event, its body as JSON, and the order of the rows is the order of events. The tables
 * have one shape: `incident_event (incident, …)`, `fix_event (fix, …)`, `silence_event (silence, …)`.
 */
export function eventLog<Event extends { readonly at: number }>(
  database: Sqlite,
  thing: 'incident' | 'fix' | 'silence' | 'member',
) {
  const table = `${thing}_event`
  const later = database.prepare(`SELECT ${thing} AS key, event FROM ${table} WHERE id > ? ORDER BY id`)
  const insert = database.prepare(`INSERT INTO ${table} (${thing}, at, event) VALUES (?, ?, ?)`)
  // Keys are padded for people, so as text FIX-10000 stands before FIX-9999: the number behind the dash is compared.
  const highest = database
    .prepare(`SELECT coalesce(max(CAST(substr(${thing}, instr(${thing}, '-') + 1) AS INTEGER)), 0) FROM ${table}`)
    .pluck()
  const newest = database.prepare(`SELECT coalesce(max(id), 0) FROM ${table}`).pluck()
  const nothing: Read<Event> = { upTo: 0, byKey: new Map() }
  let kept = nothing
  const present = (): Read<Event> => {
    const upTo = newest.get() as number
    if (kept.upTo === upTo) return kept
    const since = kept.upTo < upTo ? kept : nothing
    const read = withLater(since, later.iterate(since.upTo) as IterableIterator<EventRow>, upTo)
    // What a transaction has appended may be taken back, and its numbers be given to other events.
    if (!database.inTransaction) kept = read
    return read
  }
  return {
    highestNumber: () => highest.get() as number,
    /** The same one again while nothing was appended to it, so that whoever works something out of it may keep that. */
    history: (key: string): History<Event> => present().byKey.get(key) ?? { key, events: [] },
    /** In the order of their first events. Those to which nothing was appended are the same ones again. */
    histories: (): readonly History<Event>[] => [...present().byKey.values()],
    append: (key: string, events: readonly Event[]) => {
      for (const event of events) insert.run(key, event.at, JSON.stringify(event))
    },
  }
}

function withLater<Event>(known: Read<Event>, rows: Iterable<EventRow>, upTo: number): Read<Event> {
  const appended = new Map<string, Event[]>()
  for (const { key, event } of rows) {
    const events = appended.get(key)
    if (events === undefined) appended.set(key, [JSON.parse(event) as Event])
    else events.push(JSON.parse(event) as Event)
  }
  const byKey = new Map(known.byKey)
  for (const [key, events] of appended) byKey.set(key, { key, events: [...(byKey.get(key)?.events ?? []), ...events] })
  return { upTo, byKey }
}

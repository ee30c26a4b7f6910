import type { Sqlite } from './database.ts'

type EventRow = { key: string; event: string }

type Histories<Event> = readonly { readonly key: string; readonly events: readonly Event[] }[]

/**
 * Events of things in SQLite: one row per event, its body as JSON, and the order of the rows is the order of events. The tables
 * have one shape: `incident_event (incident, …)`, `fix_event (fix, …)`, `silence_event (silence, …)`.
 */
export function eventLog<Event extends { readonly at: number }>(
  database: Sqlite,
  thing: 'incident' | 'fix' | 'silence' | 'member',
) {
  const table = `${thing}_event`
  const all = database.prepare(`SELECT ${thing} AS key, event FROM ${table} ORDER BY id`)
  const one = database.prepare(`SELECT event FROM ${table} WHERE ${thing} = ? ORDER BY id`).pluck()
  const insert = database.prepare(`INSERT INTO ${table} (${thing}, at, event) VALUES (?, ?, ?)`)
  // Keys are padded for people, so as text FIX-10000 stands before FIX-9999: the number behind the dash is compared.
  const highest = database
    .prepare(`SELECT coalesce(max(CAST(substr(${thing}, instr(${thing}, '-') + 1) AS INTEGER)), 0) FROM ${table}`)
    .pluck()
  const newest = database.prepare(`SELECT coalesce(max(id), 0) FROM ${table}`).pluck()
  let known: { readonly upTo: number; readonly histories: Histories<Event> } | undefined
  const readAll = (): Histories<Event> => {
    const byKey = new Map<string, Event[]>()
    for (const { key, event } of all.iterate() as IterableIterator<EventRow>) {
      const events = byKey.get(key)
      if (events === undefined) byKey.set(key, [JSON.parse(event) as Event])
      else events.push(JSON.parse(event) as Event)
    }
    return [...byKey].map(([key, events]) => ({ key, events }))
  }
  return {
    highestNumber: () => highest.get() as number,
    history: (key: string) => ({
      key,
      events: (one.all(key) as string[]).map((event) => JSON.parse(event) as Event),
    }),
    /** The same ones again while nothing was appended: who evaluates asks several times a minute. */
    histories: (): Histories<Event> => {
      const upTo = newest.get() as number
      if (known?.upTo === upTo) return known.histories
      const histories = readAll()
      // What a transaction has appended may be taken back, and its numbers be given to other events.
      if (!database.inTransaction) known = { upTo, histories }
      return histories
    },
    append: (key: string, events: readonly Event[]) => {
      for (const event of events) insert.run(key, event.at, JSON.stringify(event))
    },
  }
}

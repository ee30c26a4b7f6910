import type { FixCommand } from '@tabiji/core/fix'
import type { IncidentCommand } from '@tabiji/core/incident'
import type { Reading } from '@tabiji/core/ledger'
import type { Problem } from '@tabiji/core/problem'
import type { Result, Work } from '../../ports/work.ts'
import type { Ledger } from './ledger.ts'

/** One thing that happened, as a history file tells it. */
export type HistoryEvent =
  | { readonly kind: 'reading'; readonly reading: Reading }
  | (Told & { readonly kind: 'incident'; readonly command: IncidentCommand })
  | (Told & { readonly kind: 'fix'; readonly command: FixCommand })

type Told = { readonly key: string; readonly at: number; readonly by?: string }

export type HistoryDesk = {
  readonly ledger: Ledger
  /** Work whose clock stands at the given time. */
  readonly workAt: (at: number) => Work
  readonly now: number
}

/** What was brought in. Events are counted by what the ledger's totals grew. */
export type Imported = {
  readonly readings: number
  readonly events: number
  readonly incidents: number
  readonly fixes: number
}

/** How many readings share a commit. */
const BATCH = 500

/** Brings a history in through the same doors as the present: readings are booked, commands are decided. */
export function createImport(desk: HistoryDesk) {
  const { ledger } = desk
  const counted = { readings: 0, incidents: 0, fixes: 0 }
  const before = eventsIn(ledger)
  // The file's keys by the store's own: a store that has incidents already goes on counting.
  const keys = new Map<string, string>()
  let waiting: Reading[] = []
  const flush = () => {
    if (waiting.length > 0) ledger.book(waiting, desk.now)
    waiting = []
  }
  return {
    /** @returns what speaks against it; nothing when it was taken */
    take(event: HistoryEvent): readonly Problem[] {
      if (event.kind === 'reading') {
        counted.readings++
        waiting.push(event.reading)
        if (waiting.length >= BATCH) flush()
        return []
      }
      const result = event.kind === 'incident' ? takeIncident(event, desk, keys) : takeFix(event, desk, keys)
      if (!result.ok) return result.problems
      if (event.command.type === 'open') counted.incidents++
      if (event.command.type === 'add') counted.fixes++
      return []
    },
    /** Books what waits. */
    finish(): Imported {
      flush()
      ledger.checkpoint(desk.now)
      return { ...counted, events: eventsIn(ledger) - before }
    },
  }
}

function takeIncident(
  { key, at, by, command }: Extract<HistoryEvent, { kind: 'incident' }>,
  desk: HistoryDesk,
  keys: Map<string, string>,
): Result<unknown> {
  const work = desk.workAt(at)
  if (command.type !== 'open') return work.changeIncident(keys.get(key) ?? key, command, by)
  const opened = work.openIncident(command, by)
  if (opened.ok) keys.set(key, opened.value.incident.key)
  return opened
}

function takeFix(
  { key, at, by, command }: Extract<HistoryEvent, { kind: 'fix' }>,
  desk: HistoryDesk,
  keys: Map<string, string>,
): Result<unknown> {
  const work = desk.workAt(at)
  const known = (name: string) => keys.get(name) ?? name
  if (command.type === 'merge') return work.changeFix(known(key), { ...command, into: known(command.into) }, by)
  if (command.type !== 'add') return work.changeFix(known(key), command, by)
  const { incident, splitFrom } = command
  const referring = {
    ...(incident !== undefined && { incident: known(incident) }),
    ...(splitFrom !== undefined && { splitFrom: known(splitFrom) }),
  }
  const added = work.addFix({ ...command, ...referring }, by)
  if (added.ok) keys.set(key, added.value.fix.key)
  return added
}

/** All events of all outcomes that the books hold. */
function eventsIn({ books }: Ledger): number {
  let events = 0
  for (let i = 0; i < books.total.rows.length; i++) if (i % 5 !== 4) events += books.total.rows[i] ?? 0
  return events
}

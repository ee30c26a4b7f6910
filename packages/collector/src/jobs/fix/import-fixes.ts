import { type FixEvent, type FixRow, foldFix, followRow } from '@tabiji/core/fix'
import { checkKnown, type Problem } from '@tabiji/core/problem'
import type { FixesImported, FixImport, FixImportRequest, ImportedFix } from '../../ports/fix-import.ts'
import type { WorkStore } from '../../ports/work-store.ts'
import { incidentsIn } from '../incident/incidents.ts'
import { momentAfter } from '../loop/moment.ts'

type Parts = { readonly store: WorkStore; readonly zone: () => string; readonly now: () => number }

/** Follows the rows of a table as tickets of one tracker, in one transaction. */
export function createFixImport(parts: Parts): FixImport {
  return {
    importFixes: (request) =>
      parts.store.transact(() => {
        const problems = [...request.problems, ...checkIncidents(request.rows, parts.store)]
        return problems.length > 0 ? { ok: false, problems } : { ok: true, value: record(request, parts) }
      }),
  }
}

function checkIncidents(rows: readonly FixRow[], store: WorkStore): readonly Problem[] {
  const known = incidentsIn(store).map(({ key }) => key)
  return rows.flatMap(({ incident, at }) =>
    incident === undefined
      ? []
      : checkKnown('FIX_UNKNOWN_INCIDENT', 'incident', incident, known).map((one) => ({ ...one, at: at.incident })),
  )
}

function record({ rows, sheet, isPreview, by }: FixImportRequest, { store, zone, now }: Parts): FixesImported {
  const tracker = `csv:${sheet}`
  const known = keysOf(tracker, store, zone())
  const incidents = incidentsIn(store)
  const fixes = rows.flatMap((row): ImportedFix[] => {
    const knownKey = known.get(row.id)
    const key = knownKey ?? store.nextFixKey()
    const history = store.fixHistory(key)
    const at = momentAfter(history.events, now())
    const followed = followRow(history, row, tracker, { now: at, zone: zone(), incidents })
    if (followed.length === 0) return []
    if (!isPreview) store.appendFix(key, by === undefined ? followed : followed.map((event) => saidBy(event, by)))
    const isNew = knownKey === undefined
    const told = {
      id: row.id,
      title: row.title,
      line: row.at.row.line,
      isNew,
      events: followed.map(({ type }) => type),
    }
    return [isNew && isPreview ? told : { ...told, key }]
  })
  const added = fixes.filter(({ isNew }) => isNew).length
  const changed = fixes.length - added
  return { rows: rows.length, added, changed, unchanged: rows.length - fixes.length, fixes }
}

/** Who hands the table over says what it says; only what the table calls blocked is the table's to unblock. */
function saidBy(event: FixEvent, by: string): FixEvent {
  return event.type === 'blocked' || event.type === 'unblocked' ? event : { ...event, by }
}

/** Which fix belongs to which row of the table, by the row's id. */
function keysOf(tracker: string, store: WorkStore, zone: string): ReadonlyMap<string, string> {
  return new Map(
    store.fixHistories().flatMap((history) => {
      const ticket = foldFix(history, Number.POSITIVE_INFINITY, zone)?.ticket
      return ticket?.tracker === tracker ? [[ticket.id, history.key] as const] : []
    }),
  )
}

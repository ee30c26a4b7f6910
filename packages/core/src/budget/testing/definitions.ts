import type { Definition, Journey, Objective, Policy, Step } from '../../journey/index.ts'
import { type Account, accountNumber, type Books, COLUMNS, emptyBooks } from '../../ledger/index.ts'
import { DAY } from '../../time/index.ts'

export const THIRTY_DAYS = { kind: 'rolling', ms: 30 * DAY } as const
/** A guard that asks for as little as a guard can. */
export const WEAK_GUARD: Policy['guard'] = { badEvents: 1, confidencePercent: 80 }

export function objectiveOf(targetPpm: number, rest: Partial<Objective> = {}): Objective {
  return { name: 'availability', indicator: 'availability', targetPpm, window: THIRTY_DAYS, ...rest }
}

function stepOf(name: string): Step {
  const statuses = { good: [], bad: [], excluded: [] }
  return { name, kind: 'http', routes: [], withinMs: 1_000, clock: 'request', statuses }
}

export function journeyOf(name: string, ...objectives: readonly Objective[]): Journey {
  const steps = ['start', 'upload'].map(stepOf)
  return { name, title: { en: name, ja: name }, tier: 1, objectives, steps }
}

export function definitionOf(...journeys: readonly Journey[]): Definition {
  return { timeZone: 'Asia/Tokyo', classes: {}, journeys, fingerprint: '0123456789abcdef' }
}

/** Books with the accounts, numbered in their order. */
export function booksOf(...accounts: readonly (Partial<Account> & { readonly step: string })[]): Books {
  const books = emptyBooks()
  for (const account of accounts)
    accountNumber(books, { journey: 'measure-feet', service: 'scan', role: 'own', ...account })
  return books
}

/** A cumulative point: a row of counts for each account. */
export function pointOf(...rows: readonly (readonly number[])[]): Float64Array {
  const point = new Float64Array(rows.length * COLUMNS)
  rows.forEach((row, account) => {
    point.set(row, account * COLUMNS)
  })
  return point
}

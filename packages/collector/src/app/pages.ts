import type { Definition } from '@tabiji/core/journey'
import {
  type Account,
  COLUMNS,
  cell,
  eachAccount,
  type Position,
  readEntries,
  type StoredRow,
} from '@tabiji/core/ledger'
import { hintFor } from '@tabiji/core/problem'
import type { Config } from '../config/config.ts'
import { openLedger } from '../jobs/ledger/ledger.ts'
import type { AuditStore } from '../ports/audit.ts'
import { consult, type Unreadable } from './audit.ts'

/** Which entries are asked for: of slots that start in [from, to), seconds. */
export type PageQuery = {
  readonly journey: string
  readonly step?: string
  readonly service?: string
  readonly from: number
  readonly to: number
  /** How many entries are told at most; all are added up. */
  readonly limit: number
}

/** One entry with everything that is known of it. Times: `start` seconds, `committedAt` milliseconds. */
export type PageEntry = {
  readonly row: number
  readonly start: number
  readonly width: number
  readonly account: Account
  readonly counts: readonly number[]
  readonly covered: boolean
  readonly placed: boolean
  readonly reversal: boolean
  readonly committedAt: number
}

/** What one account comes to: its four outcomes, then the seconds that were read. */
export type PageSum = {
  readonly account: Account
  /** The entries added up, reversals taken away. */
  readonly entries: readonly number[]
  /** What the evaluator reckons with: the difference of two cumulative points. Absent when those cannot be read. */
  readonly points?: readonly number[]
}

export type Pages = {
  /** Whether the store holds made-up data. */
  readonly sample: boolean
  /** Where the stretch begins, seconds: later than asked for when older entries were let go. */
  readonly from: number
  readonly entries: readonly PageEntry[]
  /** How many there are; more than `entries` when the limit cut them. */
  readonly count: number
  readonly sums: readonly PageSum[]
  /** Rows that cannot be read, each with why. */
  readonly unreadable: readonly string[]
}

type Answer<Value> = { readonly ok: true; readonly answer: Value } | (Unreadable & { readonly hint?: string })

/** Reads the entries of a journey, and what the evaluator makes of the same stretch at the same moment. */
export function readPages({ storeFile, ledger }: Config, definition: Definition, asked: PageQuery): Answer<Pages> {
  const read = consult(storeFile, (store) => {
    const claims = store.claims()
    const accounts = claims.accounts.map(({ account }) => account)
    const unknown = unknownIn(asked, accounts, definition)
    if (unknown !== undefined) return unknown
    const isAsked = ({ journey, step, service }: Account) =>
      journey === asked.journey && step === (asked.step ?? step) && service === (asked.service ?? service)
    const query = { ...asked, from: Math.max(asked.from, claims.keptFrom) }
    const chosen = new Map([...accounts.entries()].filter(([, account]) => isAsked(account)))
    const { sums, ...pages } = gather(store, chosen, query)
    const pointsOf = evaluatorPoints(store, ledger, query)
    const told = [...chosen].map(([number, account]): PageSum => {
      const points = pointsOf?.(number)
      return { account, entries: sums.get(number) ?? columns().fill(0), ...(points !== undefined && { points }) }
    })
    return { ok: true as const, answer: { ...pages, sample: store.sample, from: query.from, sums: told } }
  })
  return read.ok ? read.answer : read
}

/** The same stretch by the way that budgets and reports go. Undefined when what that way needs is damaged. */
function evaluatorPoints(store: AuditStore, rules: Config['ledger'], { from, to }: PageQuery) {
  try {
    const books = openLedger(store.ledger(), rules)
    const [start, end] = [books.pointAt(from), books.pointAt(to)]
    return (account: number) => columns().map((i) => cell(end, account, i) - cell(start, account, i))
  } catch (error) {
    if (error instanceof RangeError) return undefined
    throw error
  }
}

const columns = () => Array.from({ length: COLUMNS }, (_, i) => i)

function gather(store: AuditStore, asked: ReadonlyMap<number, Account>, { from, to, limit }: PageQuery) {
  const entries: PageEntry[] = []
  const unreadable: string[] = []
  const sums = new Map<number, number[]>()
  let count = 0
  for (const row of store.rowsBetween(from, to)) {
    const read = readEntries(row.body)
    if (!read.ok) {
      unreadable.push(`row ${row.id} cannot be read: ${read.reason}`)
      continue
    }
    for (const { account: number, ...entry } of read.items) {
      const account = asked.get(number)
      if (account === undefined) continue
      if (++count <= limit) entries.push({ ...entry, ...placeOf(row), account })
      const sum = sums.get(number) ?? columns().fill(0)
      const sign = entry.reversal ? -1 : 1
      const told = [...entry.counts, entry.covered ? row.width : 0]
      sums.set(
        number,
        sum.map((n, i) => n + sign * (told[i] ?? 0)),
      )
    }
  }
  return { entries, count, sums, unreadable }
}

function placeOf({ id, start, width, committedAt }: StoredRow) {
  return { row: id, start, width, committedAt }
}

/** Books may hold what the file no longer has, and the file what was never booked: both are known. */
function unknownIn({ journey, step, service }: PageQuery, accounts: readonly Account[], { journeys }: Definition) {
  const named = journeys.find(({ name }) => name === journey)
  const own = accounts.filter((account) => account.journey === journey)
  const complain = (kind: string, name: string, known: readonly string[]) => {
    const hint = hintFor(name, [...new Set(known)], 12)
    const message = `there is no ${kind} ${name} in the books or the journeys file`
    return { ok: false as const, code: 'LEDGER_UNKNOWN', message, ...(hint !== undefined && { hint }) }
  }
  if (named === undefined && own.length === 0)
    return complain('journey', journey, [...journeys.map(({ name }) => name), ...accounts.map((each) => each.journey)])
  const steps = [...(named?.steps.map(({ name }) => name) ?? []), ...own.map((account) => account.step)]
  if (step !== undefined && !steps.includes(step)) return complain('step', step, steps)
  const services = own.map((account) => account.service)
  if (service !== undefined && !services.includes(service)) return complain('service', service, services)
  return undefined
}

/** An account with everything that was ever booked: four outcomes, then the seconds that were read. */
type AccountLine = { readonly number: number; readonly account: Account; readonly booked: readonly number[] }

export type AccountList = { readonly sample: boolean; readonly accounts: readonly AccountLine[] }

/** All accounts in the order of their numbers. */
export function readAccounts({ storeFile, ledger }: Config): Answer<AccountList> {
  return consult(storeFile, (store) => {
    const { books } = openLedger(store.ledger(), ledger)
    const booked = (number: number) => columns().map((i) => cell(books.total, number, i))
    const accounts = books.accounts.map((account, number) => ({ number, account, booked: booked(number) }))
    return { sample: store.sample, accounts }
  })
}

/** A process's position, with what was booked of it by account. */
type ProcessLine = Omit<Position, 'counts'> & {
  readonly counts: readonly { readonly account: Account; readonly counts: readonly number[] }[]
}

export type ProcessList = { readonly sample: boolean; readonly processes: readonly ProcessLine[] }

/** Where each process stood at its last reading, the latest first. */
export function readProcesses({ storeFile }: Config): Answer<ProcessList> {
  return consult(storeFile, (store) => {
    const ledger = store.ledger()
    const accounts = ledger.accounts()
    const positions = ledger.positions().toSorted((a, b) => b.readAt - a.readAt)
    const processes = positions.map(({ counts, ...position }) => ({
      ...position,
      counts: [...eachAccount(counts)].flatMap(([number, of]) => {
        const account = accounts[number]
        return account === undefined ? [] : [{ account, counts: of }]
      }),
    }))
    return { sample: store.sample, processes }
  })
}

import type { Counts, Definition } from '@tabiji/core/journey'
import { type Account, COLUMNS, type Doubt, type Reading } from '@tabiji/core/ledger'
import type { Config } from '../config/config.ts'
import { recordRevision } from '../jobs/budget/revision.ts'
import { createDoubts } from '../jobs/ledger/doubts.ts'
import { openLedger } from '../jobs/ledger/ledger.ts'
import { createReader, type ReadOutcome } from '../jobs/ledger/read.ts'
import { createScrapeSource } from '../sources/scrape.ts'
import type { Outgoing, OutgoingResult } from '../wire/outgoing.ts'
import { openStores } from './stores.ts'
import { placeOf } from './watch.ts'

/** What all own accounts counted from the beginning of a window, whose begin (seconds) lies on the edge of a slot. */
type Counted = { readonly from: number; readonly counts: Counts }

export type BooksByHand = {
  /** Reads all targets as the daemon does, at the moment that the clock shows. */
  read(): Promise<readonly ReadOutcome[]>
  /** Takes what a process handed over, as the ingest door does. */
  handOver(reading: Reading): void
  counted(windowMs: number): Counted
  doubts(): readonly Doubt[]
  /** Saves the edges and closes the store; opened again, it goes on as a daemon does at its next start. */
  close(): void
}

/** An answer of a target: the body of `/metrics`, or nothing when it does not answer. */
export type Network = (url: string) => string | undefined

/**
 * The daemon's sources, ledger and doubts on a real store, without its doors and loops, in a time and a network that the
 * caller makes: for measuring how exact the books are over months that pass in a minute.
 */
export function openBooks(config: Config, definition: Definition, network: Network, now: () => number): BooksByHand {
  const stores = openStores(config.storeFile, now())
  const ledger = openLedger(stores.ledger, config.ledger)
  recordRevision(stores.ledger, definition, now())
  const { targets } = config
  const doubts = createDoubts(stores.doubts, ledger, targets.map(placeOf), config.otlp.intervalMs, now)
  const sources = targets.map((target) => createScrapeSource(target, outgoingOf(network), config.limits, now))
  const intake = { submit: async (reading: Reading) => ledger.book([reading], now()) }
  const reader = createReader(sources, intake, now, doubts.read)
  const { signal } = new AbortController()
  return {
    read: () => Promise.all(sources.map((source) => reader.read(source, signal))),
    handOver: (reading) => {
      ledger.book([reading], now())
      doubts.told(reading)
    },
    counted: (windowMs) => {
      const { at, rows } = ledger.windowEdge(windowMs, now())
      const { total, accounts } = ledger.books
      return { from: at, counts: sumOf(accounts, total.rows, rows) }
    },
    doubts: () => doubts.list('all', Number.MAX_SAFE_INTEGER),
    close: () => {
      ledger.checkpoint(now())
      stores.close()
    },
  }
}

function sumOf(accounts: readonly Account[], total: Float64Array, edge: Float64Array): Counts {
  const sum = (column: number) =>
    accounts.reduce((all, { role }, number) => {
      const at = number * COLUMNS + column
      return role === 'own' ? all + (total[at] ?? 0) - (edge[at] ?? 0) : all
    }, 0)
  return [sum(0), sum(1), sum(2), sum(3)]
}

/** What a real answer looks like to a source. */
function outgoingOf(network: Network): Pick<Outgoing, 'sendAndUse'> {
  const answerOf = (url: string): OutgoingResult => {
    const body = network(url)
    if (body === undefined) {
      return { kind: 'failed', failure: 'unreachable', message: 'Expected an answer, got none', ambiguous: false }
    }
    const headers = { 'content-type': 'text/plain; version=0.0.4', 'content-length': String(body.length) }
    return { kind: 'answer', status: 200, headers, bytes: Buffer.from(body), body }
  }
  return { sendAndUse: async ({ url }, _, use) => use(answerOf(url)) }
}

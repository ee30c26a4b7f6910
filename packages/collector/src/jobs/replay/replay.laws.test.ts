import type { CorrectionRequest } from '@tabiji/core/budget'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { openAuditStore } from '../../store/audit-store.ts'
import { createEvaluation } from '../alert/evaluate.ts'
import { createCorrections } from '../budget/corrections.ts'
import { createExclusions } from '../budget/exclusions.ts'
import { AVAILABILITY, createShop, definitionOf, MINUTE, NOON, openBooks } from '../testing/books.ts'
import { tellingTo } from '../testing/office.ts'
import { type ReplayDesk, type ReplayQuery, replay } from './replay.ts'

const SLOT = 15_000
const PATIENCE = new Map([['shop', 60_000]])

const MONTHLY = { ...AVAILABILITY, name: 'monthly', window: { kind: 'month' } } as const
const SLOWNESS = { ...AVAILABILITY, name: 'latency', indicator: 'latency', targetPpm: 950_000, step: 'pay' } as const
const DAILY = {
  ...AVAILABILITY,
  name: 'daily',
  window: { kind: 'calendar', count: 1, unit: 'd', from: '2026-10-01' },
} as const
const definition = definitionOf(AVAILABILITY, MONTHLY, DAILY, SLOWNESS)

/** What happens in some minutes: how the shop does, whether it is read, what is decided. */
const phase = fc.record({
  minutes: fc.integer({ min: 1, max: 30 }),
  pay: fc.tuple(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 0, max: 4 }), fc.integer({ min: 0, max: 6 })),
  read: fc.constantFrom('yes', 'yes', 'yes', 'late', 'no'),
  correct: fc.constantFrom('no', 'no', 'add', 'withdraw'),
})
type Phase = typeof phase extends fc.Arbitrary<infer One> ? One : never

/** Books that a daemon kept and judged, every slot, as its loops do. */
function live(phases: readonly Phase[], every: number) {
  const books = openBooks(definition)
  const exclusions = createExclusions(books.ledger, books.ledgerStore.rows, books.corrections.all)
  const judge = { ...books.judge, exclusions }
  const letterhead = () => ({ instance: 'live', timeZone: definition.timeZone, sample: false })
  const rules = { patience: PATIENCE, ...tellingTo(), letterhead, newId: () => '' }
  const evaluation = createEvaluation(books.alerts, rules)
  let now = NOON
  // Between two turns: of what is decided in the very millisecond of a turn nobody can tell later whether it came first.
  const between = () => now + 1
  const corrections = createCorrections({ store: books.corrections, exclusions, judge: () => judge, now: between })
  const shop = createShop()
  books.ledger.book([shop(now, {})], now)
  for (const { minutes, pay, read, correct } of phases) {
    if (correct === 'add') {
      const iso = (at: number) => new Date(at).toISOString()
      const request: CorrectionRequest = {
        from: iso(now - 20 * MINUTE),
        to: iso(now),
        journeys: [],
        objectives: [],
        category: 'provider',
        reason: 'a power cut',
      }
      corrections.add(request, 'suzuki')
    }
    const [latest] = corrections.list('active')
    if (correct === 'withdraw' && latest !== undefined) corrections.withdraw(latest.key, 'a mistake', undefined)
    for (let slot = 0; slot < minutes * 4; slot++) {
      now += SLOT
      const reading = shop(now, { pay })
      if (read === 'yes') books.ledger.book([reading], now)
      if (read === 'late' && slot % 9 === 8) books.ledger.book([{ ...reading, at: now - 5 * SLOT }], now)
      if (now % every === 0) evaluation.tick(judge, now)
    }
  }
  return { books, until: now }
}

/** What is known of each episode: its rule, what happened when, and the windows that rang first. */
function episodesOf({ alerts }: ReturnType<typeof openBooks>) {
  return alerts
    .listEpisodes({ state: 'all', limit: Number.MAX_SAFE_INTEGER })
    .map(({ id, rule, episode }) => ({
      rule,
      episode,
      timeline: alerts.timeline(id).map(({ at, transition }) => ({ at, transition })),
    }))
    .sort(byBeginning)
}

function replayed({ file, ledger }: ReturnType<typeof openBooks>, query: Omit<ReplayQuery, 'knowledge'>) {
  const store = openAuditStore(file)
  try {
    const { pointBefore, accounts } = store.ledger()
    const desk: ReplayDesk = {
      source: { accounts: accounts(), pointBefore, rows: store.rowsBetween },
      corrections: store.corrections(),
      grid: ledger.grid,
      patience: PATIENCE,
      keptFrom: 0,
      sample: false,
    }
    const { episodes } = replay(definition, desk, { ...query, knowledge: 'then' })
    return episodes.map(({ rule, episode, timeline }) => ({ rule, episode, timeline })).toSorted(byBeginning)
  } finally {
    store.close()
  }
}

type Told = { readonly rule: string; readonly episode: { readonly startedAt: number } }
const byBeginning = (a: Told, b: Told) => a.episode.startedAt - b.episode.startedAt || (a.rule < b.rule ? -1 : 1)

describe('a replay of books that a daemon kept', () => {
  test('finds exactly the episodes that the daemon had, with every turn of each', { timeout: 120_000 }, () => {
    let most = 0
    fc.assert(
      fc.property(
        fc.array(phase, { minLength: 3, maxLength: 10 }),
        fc.constantFrom(SLOT, MINUTE),
        (phases, everyMs) => {
          const { books, until } = live(phases, everyMs)
          try {
            const had = episodesOf(books)
            most = Math.max(most, had.length)
            expect(replayed(books, { from: NOON + 1, to: until, everyMs })).toEqual(had)
          } finally {
            books.close()
          }
        },
      ),
      { numRuns: 12 },
    )
    // Otherwise nothing would have been compared.
    expect(most).toBeGreaterThan(2)
  })
})

import type { Level } from '@tabiji/core/journey'
import { afterEach, describe, expect, test } from 'vitest'
import { createJudge } from '../budget/budgets.ts'
import { AVAILABILITY, createShop, definitionOf, MINUTE, NOON, openBooks } from '../testing/books.ts'
import { tellingTo } from '../testing/office.ts'
import { createEvaluation } from './evaluate.ts'

const FILE = definitionOf(AVAILABILITY)
const opened: (() => void)[] = []

afterEach(() => {
  for (const close of opened.splice(0)) close()
})

function setUp(routes: Partial<Record<Level, readonly string[]>> = { 1: ['pager', 'chat'] }, file = FILE) {
  const books = openBooks(file)
  opened.push(books.close)
  let ids = 0
  const rules = {
    patience: new Map([['shop', 60_000]]),
    ...tellingTo(routes),
    letterhead: () => ({ instance: 'test', timeZone: 'Asia/Tokyo', sample: false }),
    newId: () => `n-${++ids}`,
  }
  const evaluation = createEvaluation(books.alerts, rules)
  const shop = createShop()
  const read = (at: number, add: Parameters<typeof shop>[1] = {}) => books.ledger.book([shop(at, add)], at)
  const tick = (at: number) => {
    const lines = evaluation.tick(books.judge, at)
    books.gatekeeper.look(at)
    return lines
  }
  return { ...books, rules, read, tick }
}

/** Reads and evaluates every quarter of a minute with the same traffic. @returns the transitions, with their minute */
function run(house: ReturnType<typeof setUp>, from: number, minutes: number, pay: readonly number[]): string[] {
  const told: string[] = []
  for (let at = from + 15_000; at <= from + minutes * MINUTE; at += 15_000) {
    house.read(at, { pay })
    told.push(...house.tick(at).map(({ transition, episode }) => `${episode} ${transition}`))
  }
  return told
}

describe('an evaluation', () => {
  test('fires level 1 when both windows of a pair burn faster than its factor, and owes it to each receiver', () => {
    const house = setUp()
    expect(run(house, NOON, 10, [249, 0, 1, 0])).toEqual([])
    expect(run(house, NOON + 10 * MINUTE, 10, [50, 0, 50, 0])).toContain('A-0001 fired')
    const pages = house.alerts.openEpisodes().filter(({ level }) => level === 1)
    expect(pages.map(({ rule }) => rule)).toEqual(['checkout/availability/level-1'])
    const owed = house.alerts.outboxOf(pages[0]?.id ?? '')
    expect(owed.map(({ receiver, kind, state }) => [receiver, kind, state])).toEqual([
      ['pager', 'trigger', 'waiting'],
      ['chat', 'trigger', 'waiting'],
    ])
    expect(owed[0]?.facts).toMatchObject({
      level: 1,
      // Ten minutes of history are in all windows alike, so the pair with the lower factor holds first.
      cause: { kind: 'burn', factorMilli: 6_000 },
      worstStep: { name: 'pay' },
      runbook: 'https://wiki.example.org/checkout',
    })
  })

  test('the counts in a message are those of the ledger at that moment', () => {
    const house = setUp()
    run(house, NOON, 10, [50, 0, 50, 0])
    const { facts } = house.alerts.openEpisodes().find(({ level }) => level === 1) ?? {}
    if (facts?.cause.kind !== 'burn') throw new Error('Expected a burning cause')
    const readings = (facts.at - NOON) / 15_000
    expect(facts.cause.long).toEqual({ ms: 60 * MINUTE, bad: readings * 50, valid: readings * 100 })
    expect(facts.budget).toMatchObject({ bad: readings * 50, valid: readings * 100 })
  })

  test('evaluating twice at the same time changes nothing the second time', () => {
    const house = setUp()
    run(house, NOON, 5, [50, 0, 50, 0])
    const before = house.alerts.listEpisodes({ state: 'all', limit: 100 })
    expect(house.tick(NOON + 5 * MINUTE)).toEqual([])
    expect(house.alerts.listEpisodes({ state: 'all', limit: 100 })).toEqual(before)
  })

  test('resolves once the short windows have been calm for long enough, and tells who was told', () => {
    const house = setUp()
    run(house, NOON, 10, [50, 0, 50, 0])
    const told = run(house, NOON + 10 * MINUTE, 60, [100, 0, 0, 0])
    const page = house.alerts.listEpisodes({ state: 'all', limit: 100 }).find(({ level }) => level === 1)
    expect(told.filter((line) => line === `${page?.id} resolved`)).toHaveLength(1)
    expect(house.alerts.outboxOf(page?.id ?? '').filter(({ kind }) => kind === 'resolve')).toHaveLength(2)
  })

  test('a target that cannot be read never resolves anything', () => {
    const house = setUp()
    run(house, NOON, 10, [50, 0, 50, 0])
    const told: string[] = []
    for (let at = NOON + 10 * MINUTE; at < NOON + 24 * 60 * MINUTE; at += MINUTE) {
      told.push(...house.tick(at).map(({ transition }) => transition))
    }
    expect(new Set(told)).toEqual(new Set(['data_lost']))
    expect(house.alerts.openEpisodes().every(({ episode }) => episode.state === 'firing')).toBe(true)
  })

  test('an open alert is found again after a restart, and is not told twice', () => {
    const house = setUp()
    run(house, NOON, 10, [50, 0, 50, 0])
    const before = house.alerts.openEpisodes()
    const restarted = createEvaluation(house.alerts, house.rules)
    house.read(NOON + 10 * MINUTE + 15_000, { pay: [50, 0, 50, 0] })
    restarted.tick(house.judge, NOON + 10 * MINUTE + 15_000)
    expect(house.alerts.openEpisodes().map(({ id }) => id)).toEqual(before.map(({ id }) => id))
    expect(before.flatMap(({ id }) => house.alerts.outboxOf(id))).toHaveLength(2)
  })

  test('an alert whose objective is gone from the file is withdrawn, with a message', () => {
    const house = setUp()
    run(house, NOON, 10, [50, 0, 50, 0])
    const [page] = house.alerts.openEpisodes().filter(({ level }) => level === 1)
    const latency = { ...AVAILABILITY, name: 'latency', indicator: 'latency' } as const
    const other = createJudge(definitionOf(latency), house.ledger, [])
    const evaluation = createEvaluation(house.alerts, house.rules)
    const lines = evaluation.tick(other, NOON + 11 * MINUTE)
    expect(lines).toContainEqual({ episode: page?.id, at: NOON + 11 * MINUTE, transition: 'withdrawn' })
    expect(house.alerts.findEpisode(page?.id ?? '')?.episode.state).toBe('closed')
    expect(house.alerts.outboxOf(page?.id ?? '').map(({ kind }) => kind)).toContain('withdraw')
  })

  test('fewer bad events than the guard asks for ring nothing', () => {
    const house = setUp({ 1: ['pager'], 2: ['pager'], 3: ['pager'] })
    house.read(NOON + 15_000, { pay: [0, 0, 2, 0] })
    expect(house.tick(NOON + 15_000)).toEqual([])
    house.read(NOON + 30_000, { pay: [0, 0, 1, 0] })
    expect(house.tick(NOON + 30_000).length).toBeGreaterThan(0)
  })

  test('a burn across the beginning of a month rings, though the new month has hardly any bad events', () => {
    const monthly = { ...AVAILABILITY, window: { kind: 'month' } } as const
    const house = setUp({}, definitionOf(monthly))
    const midnight = Date.parse('2026-11-01T00:00:00+09:00')
    house.read(midnight - 60_000)
    house.read(midnight - 45_000, { pay: [50, 0, 50, 0] })
    house.read(midnight, { pay: [1, 0, 1, 0] })
    house.tick(midnight)
    expect(house.alerts.openEpisodes().map(({ rule }) => rule)).toContain('checkout/availability/level-1')
  })

  test('level 2 waits for the desk to open', () => {
    const house = setUp({ 2: ['chat'] })
    const evening = Date.parse('2026-10-16T20:00:00+09:00')
    run(house, evening, 20, [50, 0, 50, 0])
    const [ticket] = house.alerts.openEpisodes().filter(({ level }) => level === 2)
    const [owed] = house.alerts.outboxOf(ticket?.id ?? '')
    expect(owed?.verdicts.find(({ gate }) => gate === 'hours')).toMatchObject({ gate: 'hours', verdict: 'defer' })
    expect(owed?.notBefore).toBe(Date.parse('2026-10-19T10:00:00+09:00'))
  })

  test('milestones of the spent budget are made known once each', () => {
    const house = setUp({ 3: ['chat'] })
    run(house, NOON, 60, [99, 0, 1, 0])
    const told = run(house, NOON + 60 * MINUTE, 2, [0, 0, 100, 0])
    const rules = house.alerts.openEpisodes().map(({ rule }) => rule)
    expect(rules.filter((rule) => rule.includes('spent'))).toEqual([
      'checkout/availability/spent-50',
      'checkout/availability/spent-75',
      'checkout/availability/spent-90',
      'checkout/availability/spent-100',
    ])
    expect(new Set(told).size).toBe(told.length)
  })
})

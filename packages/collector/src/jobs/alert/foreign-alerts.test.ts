import { describe, expect, onTestFinished, test } from 'vitest'
import type { DeliveredClaim } from '../../ports/foreign-alerts.ts'
import { openDatabase } from '../../store/database.ts'
import { createForeignStore } from '../../store/foreign-store.ts'
import { AVAILABILITY, createShop, definitionOf, MINUTE, NOON, openBooks } from '../testing/books.ts'
import { tellingTo } from '../testing/office.ts'
import { createEvaluation } from './evaluate.ts'
import { openForeignBook } from './foreign-alerts.ts'
import { type ForeignMapping, mapForeign } from './foreign-mapping.ts'

const MAPPING: ForeignMapping = { severities: { critical: 1, warning: 2 }, repeatMs: 60 * MINUTE }
const FILE = definitionOf(AVAILABILITY)
const FIRING: DeliveredClaim = {
  fingerprint: '5ef77f1f8a3ecf8d',
  isFiring: true,
  labels: { alertname: 'QueueFull', journey: 'checkout', severity: 'critical' },
  annotations: {
    summary: 'The queue is full',
    description: 'Since the sale',
    runbook_url: 'https://wiki.example.org/queue',
  },
  startsAt: NOON - MINUTE,
  generatorUrl: 'https://prometheus.example.org/graph?x',
}
const OVER = { ...FIRING, isFiring: false }
const RULE = 'checkout/foreign/5ef77f1f8a3ecf8d'

function open(mapping: Partial<ForeignMapping> = {}) {
  const books = openBooks(FILE)
  const more = openDatabase(':memory:', NOON)
  onTestFinished(() => {
    books.close()
    more.close()
  })
  const store = createForeignStore(more.database)
  let judge = books.judge
  let ids = 0
  const start = () => {
    const foreign = openForeignBook(store, { ...MAPPING, ...mapping })
    const evaluation = createEvaluation(books.alerts, {
      patience: new Map([['shop', MINUTE]]),
      ...tellingTo({ 1: ['pager'], 2: ['chat'] }),
      letterhead: () => ({ instance: 'test', timeZone: 'Asia/Tokyo', sample: false }),
      newId: () => `n-${++ids}`,
      foreign,
    })
    return { foreign, evaluation }
  }
  let daemon = start()
  return {
    ...books,
    store,
    take: (at: number, ...alerts: DeliveredClaim[]) => daemon.foreign.take(alerts, judge, at),
    tick: (at: number) =>
      daemon.evaluation.tick(judge, at).map(({ episode, transition }) => `${episode} ${transition}`),
    restart: () => {
      daemon = start()
    },
    enforce: (changed: typeof judge) => {
      judge = changed
    },
  }
}

describe('an alert that somebody else evaluates', () => {
  test('is an episode here, passes the same gates and the same outbox, and ends when it is over there', () => {
    const house = open()
    expect(house.take(NOON, FIRING)).toEqual({
      ...{ taken: [{ fingerprint: FIRING.fingerprint, rule: RULE }], ignored: [], refused: [], warnings: [] },
    })
    expect(house.tick(NOON)).toEqual(['A-0001 fired'])
    const [record] = house.alerts.openEpisodes()
    expect(record).toMatchObject({ rule: RULE, level: 1, episode: { state: 'firing' } })
    expect(record?.facts).toMatchObject({
      cause: { kind: 'foreign', name: 'QueueFull', summary: 'The queue is full', url: FIRING.generatorUrl },
      ...{ journey: { name: 'checkout' }, note: 'Since the sale', runbook: 'https://wiki.example.org/queue' },
      // It began when they say.
      startedAt: NOON - MINUTE,
    })
    expect(house.alerts.outboxOf('A-0001')).toMatchObject([{ receiver: 'pager', kind: 'trigger', level: 1 }])
    expect(house.tick(NOON + MINUTE)).toEqual([])
    house.take(NOON + 2 * MINUTE, OVER)
    expect(house.tick(NOON + 2 * MINUTE)).toEqual(['A-0001 resolved'])
  })

  test('that is told again, in whatever order, is the same episode', () => {
    const house = open()
    house.take(NOON, FIRING, FIRING)
    house.take(NOON, FIRING)
    expect(house.tick(NOON)).toEqual(['A-0001 fired'])
    house.take(NOON + MINUTE, OVER)
    house.take(NOON + MINUTE, FIRING)
    expect(house.tick(NOON + MINUTE)).toEqual(['A-0001 resolved'])
    // It comes back within the flap window: the same problem.
    house.take(NOON + 5 * MINUTE, { ...FIRING, startsAt: NOON + 4 * MINUTE })
    expect(house.tick(NOON + 5 * MINUTE)).toEqual(['A-0001 reopened'])
  })

  test('goes on after a restart, and ends with one delivery after it', () => {
    const house = open()
    house.take(NOON, FIRING)
    house.tick(NOON)
    house.restart()
    expect(house.tick(NOON + MINUTE)).toEqual([])
    house.take(NOON + 2 * MINUTE, OVER)
    house.restart()
    expect(house.tick(NOON + 2 * MINUTE)).toEqual(['A-0001 resolved'])
  })

  test('that is not told again is marked as unread and never resolves by that', () => {
    const house = open()
    house.take(NOON, FIRING)
    house.tick(NOON)
    expect(house.tick(NOON + 120 * MINUTE)).toEqual([])
    expect(house.tick(NOON + 121 * MINUTE)).toEqual(['A-0001 data_lost'])
    house.take(NOON + 130 * MINUTE, FIRING)
    expect(house.tick(NOON + 130 * MINUTE)).toEqual(['A-0001 data_back'])
  })

  test('of a journey that the file has no more is withdrawn', () => {
    const house = open()
    house.take(NOON, FIRING)
    house.tick(NOON)
    house.enforce({ ...house.judge, definition: { ...FILE, journeys: [] } })
    expect(house.tick(NOON + MINUTE)).toEqual(['A-0001 withdrawn'])
  })

  test('says how the objective stands that its label names', () => {
    const house = open()
    const shop = createShop()
    house.ledger.book([shop(NOON + 15_000, { pay: [98, 0, 2, 0] })], NOON + 15_000)
    house.take(NOON + 15_000, { ...FIRING, labels: { ...FIRING.labels, slo: 'checkout/availability' } })
    house.tick(NOON + 15_000)
    expect(house.alerts.openEpisodes().find(({ rule }) => rule === RULE)?.facts).toMatchObject({
      objective: { name: 'availability', targetPpm: 990_000 },
      budget: { bad: 2, valid: 100, leftPpm: -1_000_000 },
    })
  })

  test('that is over is forgotten after a day, and no sooner', () => {
    const house = open()
    house.take(NOON, FIRING)
    house.tick(NOON)
    house.take(NOON + MINUTE, OVER)
    house.tick(NOON + MINUTE)
    house.tick(NOON + 60 * MINUTE)
    expect(house.store.all()).toHaveLength(1)
    house.tick(NOON + 1_500 * MINUTE)
    expect(house.store.all()).toEqual([])
  })

  test('is not taken when there are too many, and nothing of the delivery is', () => {
    const house = open()
    const many = Array.from({ length: 10_001 }, (_, i) => ({ ...FIRING, fingerprint: `f${i}` }))
    expect(() => house.take(NOON, ...many)).toThrow('at most 10000')
    expect(house.store.all()).toEqual([])
  })
})

describe('labels say what an alert is about', () => {
  const map = (
    labels: Record<string, string>,
    more: Partial<ForeignMapping> = {},
    changes: Partial<DeliveredClaim> = {},
  ) => mapForeign({ ...FIRING, labels: { alertname: 'A', ...labels }, ...changes }, { ...MAPPING, ...more }, FILE, NOON)

  test.each([
    [{ journey: 'checkout', severity: 'critical' }, 1],
    [{ journey: 'checkout', severity: 'warning' }, 2],
    [{ journey: 'checkout', level: '3', severity: 'critical' }, 3],
    [{ journey: 'checkout', level: 'page' }, 1],
    [{ journey: 'checkout', level: '7', severity: 'warning' }, 2],
    [{ journey: 'checkout', severity: 'constructor' }, 2],
  ])('%j is level %d', (labels, level) => {
    expect(map(labels)).toMatchObject({ kind: 'claim', claim: { journey: 'checkout', level } })
  })

  test('without a level it is taken as level 2, and that is told', () => {
    expect(map({ journey: 'checkout' })).toMatchObject({
      claim: { level: 2 },
      warning: expect.stringContaining('A has no level'),
    })
  })

  test.each([
    [{}, {}, 'A has no label `journey`; state `hooks.alertmanager.catchAll` to take it all the same'],
    [
      { journey: 'blog' },
      {},
      'A names the journey "blog", which is not in the file; state `hooks.alertmanager.catchAll` to take it all the same',
    ],
    [
      {},
      { catchAll: 'gone' },
      'A has no label `journey`; and neither is "gone", which `hooks.alertmanager.catchAll` states',
    ],
  ])('%j is refused with why', (labels, mapping, why) => {
    expect(map(labels, mapping)).toEqual({ kind: 'refused', why })
  })

  test('a catch-all keeps what names no journey of the file', () => {
    expect(map({ journey: 'blog', level: '2' }, { catchAll: 'checkout' })).toMatchObject({
      claim: { journey: 'checkout' },
    })
  })

  test.each<[string, Record<string, string>, Partial<DeliveredClaim>]>([
    ['a rule of `tabiji rules`', { alertname: 'JourneyBudgetBurn', journey: 'checkout' }, {}],
    ['what this collector told an Alertmanager', { journey: 'checkout' }, { annotations: { episode: 'A-0042' } }],
    ['a rule over the series of this collector', { journey: 'checkout', episode: 'A-0042' }, {}],
    ['a test of this collector', { alertname: 'TabijiTest' }, {}],
  ])('%s comes back and is not doubled', (_, labels, changes) => {
    expect(map(labels, {}, changes)).toMatchObject({ kind: 'own' })
  })

  test('a beginning in the future is now, and no address but a web address is kept', () => {
    const told = map(
      { journey: 'checkout' },
      {},
      { startsAt: NOON + MINUTE, annotations: { runbook_url: 'javascript:x' }, generatorUrl: 'x' },
    )
    expect(told).toMatchObject({ claim: { startsAt: NOON } })
    expect(JSON.stringify(told)).not.toMatch(/runbook|url/)
  })
})

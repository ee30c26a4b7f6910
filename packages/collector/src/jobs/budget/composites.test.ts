import type { Definition, Objective } from '@tabiji/core/journey'
import { afterEach, expect, test } from 'vitest'
import { createEvaluation } from '../alert/evaluate.ts'
import { AVAILABILITY, createShop, definitionOf, MINUTE, NOON, openBooks } from '../testing/books.ts'
import { tellingTo } from '../testing/office.ts'
import { overview } from './status.ts'

const LATENCY: Objective = { ...AVAILABILITY, name: 'latency', indicator: 'latency' }
const PROBED: Objective = { ...AVAILABILITY, name: 'availability.probe', of: 'probe' }

/** The shop with a composite of everything, also of what nobody has seen. */
function file(): Definition {
  const definition = definitionOf(AVAILABILITY, LATENCY, PROBED)
  const members = ['availability', 'latency', 'availability.probe'].map((name) => `checkout/${name}`)
  return {
    ...definition,
    journeys: definition.journeys.map((each) => ({ ...each, composites: [{ name: 'whole', members }] })),
  }
}

const opened: (() => void)[] = []
afterEach(() => {
  for (const close of opened.splice(0)) close()
})

const PATIENCE = new Map([['shop', 60_000]])

/** Ten minutes of the same traffic, evaluated at each reading. */
function run(pay: readonly number[]) {
  const books = openBooks(file())
  opened.push(books.close)
  const evaluation = createEvaluation(books.alerts, {
    patience: PATIENCE,
    ...tellingTo({ 1: ['pager'] }),
    letterhead: () => ({ instance: 'test', timeZone: 'Asia/Tokyo', sample: false }),
    newId: () => String(Math.random()),
  })
  const shop = createShop()
  for (let at = NOON + 15_000; at <= NOON + 10 * MINUTE; at += 15_000) {
    books.ledger.book([shop(at, { pay })], at)
    evaluation.tick(books.judge, at)
  }
  const now = NOON + 10 * MINUTE
  const [journey] = overview(books.judge, books.alerts, PATIENCE, [], false, now).journeys
  return {
    composite: journey?.composites?.[0],
    objectives: journey?.objectives ?? [],
    alerts: books.alerts.openEpisodes(),
  }
}

test('it stands as its worst member does, by that one’s own figures, and says which others are not known', () => {
  const { composite, objectives } = run([70, 20, 10, 0])
  const latency = objectives.find(({ name }) => name === 'latency')
  expect(composite).toEqual({
    name: 'whole',
    members: ['checkout/availability', 'checkout/latency', 'checkout/availability.probe'],
    worst: 'checkout/latency',
    state: 'spent',
    leftPpm: latency?.leftPpm,
    burning: ['checkout/availability', 'checkout/latency'],
    unknown: ['checkout/availability.probe'],
  })
})

test('an alert of a member says which composite it is part of, and nothing else rings for it', () => {
  const { alerts } = run([70, 0, 30, 0])
  expect(alerts.map(({ rule }) => rule).filter((rule) => rule.includes('whole'))).toEqual([])
  expect(alerts.find(({ level }) => level === 1)?.facts).toMatchObject({ hurts: ['checkout/whole'] })
})

test('all is well while all members are well', () => {
  expect(run([100, 0, 0, 0]).composite).toMatchObject({ state: 'healthy', burning: [] })
})

import type { AlertFacts, Change } from '@tabiji/core/alert'
import { expect, onTestFinished, test } from 'vitest'
import { createAnnotationStore } from '../../store/annotation-store.ts'
import { openDatabase } from '../../store/database.ts'
import { createEvaluation } from '../alert/evaluate.ts'
import { createJudge } from '../budget/budgets.ts'
import { recordRevision } from '../budget/revision.ts'
import { AVAILABILITY, createShop, definitionOf, MINUTE, NOON, openBooks } from '../testing/books.ts'
import { tellingTo } from '../testing/office.ts'
import { createBackground } from './background.ts'

const FILE = definitionOf(AVAILABILITY)

/** Ten minutes of traffic from noon on; half of it fails from `failing` on. @returns what level 1 said of it */
function rung(prepare: (house: ReturnType<typeof open>) => void, file = FILE): AlertFacts {
  const house = open(file)
  prepare(house)
  const shop = createShop()
  const background = createBackground({
    annotations: house.annotations,
    corrections: house.corrections.all,
    runbooks: { all: () => [], firstStep: (address) => `read ${address}` },
    judge: house.judging,
  })
  const evaluation = createEvaluation(house.alerts, {
    patience: new Map([['shop', MINUTE]]),
    ...tellingTo({ 1: ['pager'] }),
    letterhead: () => ({ instance: 'test', timeZone: 'Asia/Tokyo', sample: false, background }),
    newId: () => 'n-1',
  })
  for (let at = NOON + 15_000; ; at += 15_000) {
    house.ledger.book([shop(at, { pay: [50, 6, 50, 3], cart: [90, 10, 0, 0] })], at)
    evaluation.tick(house.judging(), at)
    const facts = house.alerts.openEpisodes().find(({ level }) => level === 1)?.facts
    if (facts !== undefined) return facts
    if (at > NOON + 10 * MINUTE) throw new Error('Expected a level 1 within ten minutes')
  }
}

function open(file: typeof FILE) {
  const books = openBooks(file)
  const more = openDatabase(':memory:', NOON)
  onTestFinished(() => {
    books.close()
    more.close()
  })
  let judge = books.judge
  return {
    ...books,
    annotations: createAnnotationStore(more.database),
    judging: () => judge,
    enforce: (other: typeof FILE, at: number) => {
      judge = createJudge(other, books.ledger, recordRevision(books.ledgerStore, other, at))
    },
  }
}

test('an alert says what users met, when the budget will be empty, and how sure that is', () => {
  const { felt, outlook, sureness, firstStep, changes, cause } = rung(() => undefined)
  expect(felt).toEqual([
    { step: 'pay', failed: 50, slow: 6, valid: 106 },
    { step: 'cart', failed: 0, slow: 10, valid: 100 },
  ])
  // All traffic that there is stands in every window: more is spent than is allowed of so little.
  expect(outlook).toEqual({ kind: 'spent' })
  expect(cause).toMatchObject({ kind: 'burn', factorMilli: 14_400, long: { bad: 50, valid: 206 } })
  expect(sureness).toMatchObject({ confidencePercent: 95, ringsAbovePpm: 144_000 })
  // 50 of 206 are 24.3 %; the one-sided Wilson bound for 95 % lies at 19.7 %.
  expect(sureness?.atLeastPpm).toBeGreaterThan(196_000)
  expect(sureness?.atLeastPpm).toBeLessThan(198_000)
  expect(firstStep).toBe('read https://wiki.example.org/checkout')
  expect(changes).toBeUndefined()
})

const told = (changes: readonly Change[] | undefined) =>
  changes?.map(({ kind, title }) => `${kind} ${title ?? ''}`.trim())

test('it says what changed just before: of the journey, or of a service that works for it', () => {
  const { changes } = rung(({ annotations }) => {
    const add = (title: string, minutesBefore: number, more: object = {}) => {
      const at = NOON - minutesBefore * MINUTE
      annotations.add({ kind: 'deploy', title, at, createdAt: at, journeys: [], ...more })
    }
    add('of its service', 10, { service: 'shop' })
    add('of another service', 5, { service: 'blog' })
    add('of everything', 20)
    add('of another journey', 4, { journeys: ['login'], service: 'shop' })
    add('of the journey', 30, { journeys: ['checkout'], service: 'database' })
    add('of long ago', 70)
    annotations.withdraw('ANN-0003', { at: NOON, reason: 'it was not' })
  })
  expect(told(changes)).toEqual(['deploy of its service', 'deploy of the journey'])
})

test('another journeys file and excluded time are changes, the first file of a store is none', () => {
  const { changes } = rung((house) => {
    const correction = {
      createdAt: NOON,
      category: 'maintenance',
      from: NOON - 7 * MINUTE,
      to: NOON,
      zone: 'UTC',
    } as const
    house.corrections.add({ ...correction, reason: 'disk swap', author: 'abe', appliesTo: ['checkout'] })
    house.corrections.add({ ...correction, reason: 'elsewhere', appliesTo: ['login'] })
    house.enforce({ ...FILE, fingerprint: 'fedcba9876543210' }, NOON + 1_000)
  })
  expect(told(changes)).toEqual(['definition', 'correction disk swap'])
  expect(changes?.[1]).toMatchObject({ by: 'abe', at: NOON - 7 * MINUTE })
})

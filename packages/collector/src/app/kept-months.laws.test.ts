import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { MonthFacts } from '@tabiji/core/report'
import { addMonths, DAY, HOUR, isoIn, monthOf } from '@tabiji/core/time'
import fc from 'fast-check'
import { expect, onTestFinished, test } from 'vitest'
import { atOnce } from '../jobs/budget/frozen-books.ts'
import { AVAILABILITY, createShop, definitionOf, MINUTE } from '../jobs/testing/books.ts'
import { configIn } from '../testing/config.ts'
import { createLog } from './app.ts'
import { buildHouse, type House } from './house.ts'
import { openMonths } from './months.ts'
import { openTrackers } from './trackers.ts'
import { createTurns } from './turns.ts'

const RUNS = process.env['TABIJI_FULL'] === '1' ? 150 : 8
const ZONE = 'Asia/Tokyo'
/** Some days before a month ends. */
const START = Date.parse('2026-09-28T10:00:00+09:00')
const GRID = [
  { fromAgeSeconds: 0, width: 15 },
  { fromAgeSeconds: (3 * DAY) / 1000, width: 300 },
] as const

const budgetOf = (targetPpm: number) =>
  definitionOf({ ...AVAILABILITY, targetPpm }, { ...AVAILABILITY, name: 'by-month', window: { kind: 'month' } })

/** A house whose clock is moved by hand, and one service that is read when it is told to. */
function world() {
  const folder = mkdtempSync(join(tmpdir(), 'tabiji-kept-months-'))
  const clock = { now: START }
  const config = configIn(folder, { ledger: { grid: GRID, clockSkewMs: 5_000 } })
  const loadDefinition = () => ({ ok: true, definition: budgetOf(990_000) }) as const
  const surroundings = { now: () => clock.now, log: createLog('silent'), loadDefinition }
  const house = buildHouse(config, budgetOf(990_000), surroundings)
  const fresh = () => openMonths({ ...house, results: undefined })
  return {
    ...{ house, clock, shop: createShop(START) },
    /** What nobody has kept. */
    tellFresh: (month: string, now: number) => fresh().tell(month, now),
    close: () => {
      house.stores.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
type World = ReturnType<typeof world>

/** One thing that happens to what months are told from. @returns whether it did: there may be nothing to end or withdraw */
type Happening = readonly [name: string, act: (world: World, n: number) => boolean]

const keyOf = (list: readonly { readonly key: string }[], n: number) =>
  list[n % Math.max(1, list.length)]?.key ?? 'none'
const daysBack = (now: number, days: number) => isoIn(now - days * DAY, ZONE)

const HAPPENINGS: readonly [Happening, ...Happening[]] = [
  [
    'a reading',
    ({ house: { ledger }, clock: { now }, shop }, n) =>
      ledger.book([shop(now, { pay: [50 + n, 1, n % 7, 0] })], now).length >= 0,
  ],
  [
    'a reading of a process that nobody knew',
    ({ house: { ledger }, clock: { now } }, n) => {
      const other = createShop(now - n * MINUTE, `pod-${n}`)
      return ledger.book([other(now, { pay: [n, 0, n % 3, 0] })], now).length >= 0
    },
  ],
  [
    'counts of days ago that come now',
    ({ house: { ledger }, clock: { now } }, n) => {
      const at = now - (n % 45) * DAY
      const speaker = { id: `late-${n}`, identified: true, service: 'shop', startedAt: at - MINUTE }
      const steps = [{ journey: 'checkout', step: 'pay', role: 'own', counts: [n, 0, 1, 0] }] as const
      return ledger.book([{ speaker, at, steps }], now).length >= 0
    },
  ],
  [
    'a correction',
    ({ house: { corrections }, clock: { now } }, n) => {
      const stretch = { from: daysBack(now, (n % 40) + 1), to: daysBack(now, (n % 40) + 0.5) }
      const why = { reason: 'a load test', category: 'other' } as const
      return corrections.add({ journeys: ['checkout'], objectives: [], ...stretch, ...why }, 'sato').ok
    },
  ],
  [
    'a correction that is withdrawn',
    ({ house: { corrections } }, n) => corrections.withdraw(keyOf(corrections.list('active'), n), 'a mistake').ok,
  ],
  [
    'an incident',
    ({ house: { work } }, n) => {
      const journeys = n % 2 === 0 ? ['checkout'] : []
      const of = { title: `trouble ${n}`, level: 1, journeys, episodes: [], drill: n % 5 === 0 } as const
      return work.openIncident({ type: 'open', ...of }).ok
    },
  ],
  [
    'an incident that ends',
    ({ house: { work } }, n) => work.changeIncident(keyOf(work.listIncidents('open'), n), { type: 'resolve' }).ok,
  ],
  [
    'an incident that began earlier',
    ({ house: { work }, clock: { now } }, n) => {
      const stated = {
        moment: 'impactStarted',
        value: daysBack(now, (n % 50) / 24),
        reason: 'the log says so',
      } as const
      return work.changeIncident(keyOf(work.listIncidents('all'), n), { type: 'time', ...stated }).ok
    },
  ],
  [
    'a fix',
    ({ house: { work }, clock: { now } }, n) => {
      const due = daysBack(now, -(n % 30)).slice(0, 10)
      return work.addFix({ type: 'add', title: `mend ${n}`, kind: 'prevent', journey: 'checkout', due }).ok
    },
  ],
  [
    'a fix that is done',
    ({ house: { work } }, n) => {
      const listed = work.listFixes({ state: 'open' })
      return work.changeFix(keyOf(listed.ok ? listed.value : [], n), { type: 'done' }).ok
    },
  ],
  [
    'a note of another day',
    ({ house: { annotations }, clock: { now } }, n) =>
      annotations.add({ kind: 'note', title: 'a sale', at: daysBack(now, n % 40), journeys: ['checkout'] }).ok,
  ],
  [
    'a silence',
    ({ house: { silences } }) =>
      silences.add({ type: 'add', matchers: ['journey=checkout'], owner: 'sato', reason: 'it moves', for: '1h' }).ok,
  ],
  ['an evaluation', ({ house, clock }) => house.evaluation.tick(house.judge(), clock.now).length >= 0],
  [
    'another target',
    ({ house }, n) => {
      house.enforce(budgetOf(990_000 + (n % 9) * 1_000))
      return true
    },
  ],
  ['wider slots', ({ house }) => atOnce(house.keepBooks()).rowsBefore > 0],
]

const anyHappening = fc.record({
  of: fc.nat(HAPPENINGS.length - 1),
  n: fc.nat(200),
  wait: fc.constantFrom(0, 1_000, 15_000, 20 * MINUTE, HOUR, 7 * HOUR, DAY, 9 * DAY, 33 * DAY),
})

const toldOf = async (house: House, now: number) => {
  const present = monthOf(now, ZONE)
  const months = [present, addMonths(present, -1), addMonths(present, -2)]
  const all = await Promise.all(months.map((month) => house.months.tell(month, now)))
  return all.filter((facts) => facts !== undefined)
}

test('a month that was kept is the month that is told by whoever keeps nothing, whatever happens', async () => {
  const happened = new Set<string>()
  const seen = { kept: 0, told: 0 }
  const play = async (steps: readonly { of: number; n: number; wait: number }[]) => {
    const one = world()
    const { house, clock } = one
    try {
      let before: readonly MonthFacts[] = []
      for (const { of, n, wait } of steps) {
        clock.now += wait
        const [name, act] = HAPPENINGS[of] ?? HAPPENINGS[0]
        if (act(one, n)) happened.add(name)
        const told = await toldOf(house, clock.now)
        for (const facts of told) {
          // The moment of which it says that it is.
          expect(facts).toEqual(await one.tellFresh(facts.month, Date.parse(facts.generatedAt)))
          seen[before.some(({ journeys }) => journeys === facts.journeys) ? 'kept' : 'told']++
        }
        before = told
      }
    } finally {
      one.close()
    }
  }
  await fc.assert(fc.asyncProperty(fc.array(anyHappening, { minLength: 10, maxLength: 25 }), play), { numRuns: RUNS })
  expect(HAPPENINGS.map(([name]) => name).filter((name) => !happened.has(name))).toEqual([])
  // Neither is everything told anew, nor is anything kept for ever.
  expect(Math.min(seen.kept, seen.told)).toBeGreaterThan(20)
}, 900_000)

test('on a quiet day nothing is written that would make a month be told anew', async () => {
  const { house, clock, shop, close } = world()
  onTestFinished(close)
  const { signal } = new AbortController()
  const turns = createTurns(house, openTrackers(house, signal), { reading: signal, delivering: signal })
  const turn = async () => {
    clock.now += 15_000
    house.ledger.book([shop(clock.now, { pay: [100, 1, 0, 3] })], clock.now)
    turns.evaluate()
    turns.checkpoint()
    await turns.deliver()
  }
  await turn()
  const before = house.stores.changes()
  for (let i = 0; i < 60; i++) await turn()
  expect(house.stores.changes()).toBe(before)
})

test('what is told once is not kept, is kept where it was already, and says the same', async () => {
  const { house, clock, shop, close } = world()
  onTestFinished(close)
  house.ledger.book([shop(clock.now, { pay: [100, 1, 0, 3] })], clock.now)
  const month = monthOf(clock.now, ZONE)
  const { tell, tellOnce } = house.months
  const once = await tellOnce(month, clock.now)
  const again = await tellOnce(month, clock.now)
  expect(again?.journeys).not.toBe(once?.journeys)
  const kept = await tell(month, clock.now)
  expect(kept).toEqual(once)
  expect((await tellOnce(month, clock.now))?.journeys).toBe(kept?.journeys)
})

import { expect, test } from 'vitest'
import type { Around } from '../page/around.ts'
import { pageOf } from '../page/frame.ts'
import { AROUND } from '../testing/around.ts'
import { standing } from '../testing/standing.ts'
import type { JourneyView } from '../view/journey.ts'
import { journeyScreen } from './journey.ts'

const MINUTE = 60_000
const PAIR = { level: 1, longMs: 60 * MINUTE, shortMs: 5 * MINUTE, speed: { factorMilli: 14_400 } } as const
/** Of 99 %: as many thousandths of the sustainable speed as there are bad events. */
const tallyOf = (bad: number) => ({ bad, valid: 100_000 })

const reading = (long: number, short: number, holds = false) => ({
  ...{ pair: PAIR, long: tallyOf(long), short: tallyOf(short), holds, calm: false },
  ...{ longBurnMilli: long, shortBurnMilli: short },
})

function view(more: Partial<JourneyView> = {}): JourneyView {
  return {
    journey: {
      ...{ name: 'pay', title: { en: 'Pay', ja: '支払う' }, tier: 1, steps: ['charge'], owner: 'shop' },
      objectives: [standing()],
      open: { alerts: 0, incidents: 0, fixes: 0 },
    },
    ...{ objective: 'availability', month: '2026-10', latestMonth: '2026-10' },
    ...{ work: { ms: 6 * 60 * MINUTE, own: [], dependencies: [] }, annotations: [], incidents: [], fixes: [] },
    ...more,
  }
}

const page = (shown: JourneyView, around: Partial<Around> = {}) =>
  pageOf({ ...AROUND, ...around }, (context) => journeyScreen(context, shown))

const burning = (...pairs: ReturnType<typeof reading>[]) =>
  view({ journey: { ...view().journey, objectives: [standing({ pairs })] } })

test.each([
  ['Burning', reading(18_200, 21_000, true)],
  ['Rising', reading(4_100, 16_000)],
  ['Recovering', reading(15_000, 100)],
  ['Quiet', reading(14_400, 14_400)],
])('a rule is %s by both of its windows', (word, pair) => {
  expect(page(burning(pair))).toMatch(new RegExp(`data-label="State"><span>(<strong[^>]*>» )?${word}<`))
})

test('figures are cut, and say of how many they are', () => {
  const text = page(burning(reading(18_299, 99)))
  expect(text).toContain('18.2× / 0.0×')
  expect(text).toContain('100 used of 1,000 allowed')
})

test('who may not change anything sees what could be done, and why not', () => {
  const text = page(view(), { visitor: { may: 'write', by: 'name' } })
  expect(text).toContain('<button disabled title="Sign in to do this">Open an incident</button>')
  expect(text).toContain('<button disabled title="Sign in to do this">Write down a change</button>')
  expect(text).not.toContain('action="/do/')
})

test('an address that is none is text, and so is whatever people wrote', () => {
  const hostile = 'javascript:alert(1)'
  const annotation = { key: 'ANN-0001', kind: 'note', title: '<img src=x>', journeys: [], url: hostile } as const
  const text = page(
    view({
      journey: { ...view().journey, runbook: hostile },
      annotations: [{ ...annotation, state: 'active', at: AROUND.now, createdAt: AROUND.now }],
    }),
  )
  expect(text).not.toContain('href="javascript:')
  expect(text).not.toContain('<img')
})

test('a month of which nothing is kept says so, in the language of its reader', () => {
  expect(page(view())).toContain('There is nothing in the books for this month.')
  expect(page(view(), { language: 'ja' })).toContain('この月の記録はありません。')
})

test.each([
  [900_000, 500, undefined, 'lasts at this pace'],
  [900_000, 14_400, undefined, 'spent in 45 h 0 min at this pace'],
  [-1, 14_400, undefined, 'already spent'],
  // What is left lasts for 60 h, and the month is over in 34.
  [50_000, 600, undefined, 'spent in 60 h 0 min at this pace'],
  [50_000, 600, '2026-10-17T00:00:00+09:00', 'lasts at this pace'],
])('with %i ppm left at a speed of %i, until %s, it says: %s', (leftPpm, burn, to, said) => {
  const period = to === undefined ? {} : { period: { from: '2026-10-01T00:00:00+09:00', to } }
  const objective = standing({ leftPpm, pairs: [reading(burn, 0)], ...period })
  expect(page(view({ journey: { ...view().journey, objectives: [objective] } }))).toContain(said)
})

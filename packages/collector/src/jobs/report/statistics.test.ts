import { RESPONSE_GOALS } from '@tabiji/core/fix'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { AVAILABILITY, createShop, definitionOf, MINUTE, NOON, openBooks } from '../testing/books.ts'
import { monthStatistics } from './statistics.ts'

let books: ReturnType<typeof openBooks>
beforeEach(() => {
  books = openBooks(definitionOf(AVAILABILITY))
})
afterEach(() => books.close())

test('of many incidents the books are read only about those that an open fix is for, once each', () => {
  const { ledger, judge, workStore } = books
  const shop = createShop()
  ledger.book([shop(NOON + MINUTE, { pay: [95, 0, 5, 0] })], NOON + MINUTE)
  const incident = { title: 'Payments fail', level: 1, journeys: ['checkout'], episodes: [], drill: false } as const
  for (let i = 1; i <= 20; i++) {
    const at = NOON + i * MINUTE
    workStore.appendIncident(`INC-${i}`, [
      { at, type: 'opened', ...incident },
      { at: at + MINUTE, type: 'resolved' },
    ])
  }
  const added = { type: 'added', kind: 'prevent', title: 'Retry', due: '2026-10-30' } as const
  const fix = (key: string, asks: string) =>
    workStore.appendFix(key, [{ at: NOON + 40 * MINUTE, ...added, incident: asks }])
  fix('FIX-1', 'INC-1')
  fix('FIX-2', 'INC-1')
  fix('FIX-3', 'INC-7')
  workStore.appendFix('FIX-3', [{ at: NOON + 41 * MINUTE, type: 'done' }])

  const read: number[] = []
  const pointAt = (seconds: number) => {
    read.push(seconds * 1000)
    return ledger.pointAt(seconds)
  }
  const parts = { store: workStore, goals: RESPONSE_GOALS }
  const asked = { ...judge, ledger: { ...ledger, pointAt } }
  const { debt, watched, response } = monthStatistics(parts, asked, '2026-10', NOON + 60 * MINUTE)
  expect(debt.exposed).toEqual([{ objective: 'checkout/availability', budgetPpm: expect.any(Number) }])
  expect(debt.worth.map((one) => [one.fix, one.incidents])).toEqual([
    ['FIX-1', ['INC-1']],
    ['FIX-2', ['INC-1']],
  ])
  expect([watched.length, response.incidents]).toEqual([1, 20])
  const starts = Array.from({ length: 20 }, (_, i) => NOON + (i + 1) * MINUTE)
  expect(read.filter((at) => starts.includes(at) && at !== NOON + 2 * MINUTE)).toEqual([NOON + MINUTE])
})

test('a month before an incident was opened knows it only by what it took in since, and a month before both knows neither', () => {
  const { judge, workStore } = books
  const at = (time: string) => Date.parse(`${time}+09:00`)
  const opened = { type: 'opened', title: 'Payments fail', level: 1, journeys: ['checkout'], drill: false } as const
  const cause = { id: 'no-retry', text: 'Nothing retries', bone: 'design' }
  workStore.appendIncident('INC-1', [
    { at: at('2026-10-10T12:00:00'), ...opened, episodes: [] },
    { at: at('2026-11-03T12:00:00'), type: 'mergedInto', into: 'INC-2', reason: 'the same' },
  ])
  const brought = { episodes: [], journeys: ['checkout'], times: {}, causes: [cause], starred: [] }
  workStore.appendIncident('INC-2', [
    { at: at('2026-11-02T12:00:00'), ...opened, episodes: [] },
    { at: at('2026-11-03T12:00:00'), type: 'absorbed', from: 'INC-1', reason: 'the same', ...brought },
  ])
  const added = { type: 'added', kind: 'prevent', title: 'Retry', due: '2026-12-30', cause: 'no-retry' } as const
  workStore.appendFix('FIX-1', [{ at: at('2026-09-01T12:00:00'), ...added }])
  const asked = (month: string) =>
    monthStatistics({ store: workStore, goals: RESPONSE_GOALS }, judge, month, at('2026-11-10T12:00:00'))
  const about = (month: string) => asked(month).debt.worth.map(({ incidents }) => incidents)
  expect(['2026-09', '2026-10', '2026-11'].map(about)).toEqual([[[]], [['INC-2']], [['INC-2']]])
})

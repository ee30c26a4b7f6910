import { join } from 'node:path'
import { defineJourneys } from '@tabiji/core/journey'
import { expect, test } from 'vitest'
import { openStores } from '../../app/stores.ts'
import { temporaryFolder } from '../../store/testing/temporary-folder.ts'
import { openLedger } from '../ledger/ledger.ts'
import { createJudge } from './budgets.ts'
import { standingsNow } from './standings.ts'

const NOW = Date.parse('2026-02-10T12:00:00+09:00')
const STEPS = Array.from({ length: 30 }, (_, i) => `s${i}`)

/** Ten journeys of thirty objectives each, by calendar month. */
const definition = defineJourneys({
  timeZone: 'Asia/Tokyo',
  journeys: Object.fromEntries(
    Array.from({ length: 10 }, (_, j) => [
      `j${j}`,
      {
        window: 'month',
        objectives: Object.fromEntries(STEPS.map((step) => [`${step}.latency`, 99])),
        steps: Object.fromEntries(STEPS.map((step) => [step, { http: `GET /j${j}/${step}`, within: '1s' }])),
      },
    ]),
  ),
})

test('somebody else may go first while many objectives are looked at', () => {
  const stores = openStores(join(temporaryFolder(), 'books.db'), NOW)
  const ledger = openLedger(stores.ledger, { grid: [{ fromAgeSeconds: 0, width: 900 }], clockSkewMs: 0 })
  const gathering = standingsNow(createJudge(definition, ledger, []), stores.alerts, new Map(), () => NOW)
  expect([gathering.next().done, gathering.next().done, gathering.next().done]).toEqual([false, false, false])
  const { done, value } = gathering.next()
  if (done !== true) throw new Error('Expected three hundred objectives to be done after three steps')
  expect(value.objectives).toHaveLength(300)
  // February; and slots of a quarter of an hour have no window of five minutes.
  expect(value.objectives[0]).toMatchObject({ periodMs: 28 * 86_400_000, fresh: false, budget: { bad: 0, valid: 0 } })
  expect(value.objectives[0]?.windows.map(({ seconds }) => seconds > 0)).not.toContain(false)
  expect(value.objectives[0]?.windows.map(({ ms }) => ms)).not.toContain(300_000)
  stores.close()
})

import { afterEach, expect, test } from 'vitest'
import { createEvaluation } from '../alert/evaluate.ts'
import { AVAILABILITY, createShop, definitionOf, MINUTE, NOON, openBooks } from '../testing/books.ts'
import { tellingTo } from '../testing/office.ts'
import { createJudge } from './budgets.ts'
import { createExclusions } from './exclusions.ts'

const opened: (() => void)[] = []
afterEach(() => {
  for (const close of opened.splice(0)) close()
})

/** Ten good minutes, then ten in which half of all orders fail; maybe those are planned and excluded beforehand. */
function ringing(planned: boolean): readonly string[] {
  const { close, ledger, ledgerStore, corrections, alerts } = openBooks(definitionOf(AVAILABILITY))
  opened.push(close)
  const exclusions = createExclusions(ledger, ledgerStore.rows, corrections.all)
  const judge = createJudge(definitionOf(AVAILABILITY), ledger, ledgerStore.revisions(), exclusions)
  const evaluation = createEvaluation(alerts, {
    patience: new Map([['shop', 60_000]]),
    ...tellingTo(),
    letterhead: () => ({ instance: 'test', timeZone: 'Asia/Tokyo', sample: false }),
    newId: () => 'n',
  })
  const stretch = { from: NOON + 10 * MINUTE, to: NOON + 30 * MINUTE, zone: 'Asia/Tokyo' }
  if (planned)
    corrections.add({ ...stretch, createdAt: NOON, category: 'maintenance', reason: 'maintenance', appliesTo: [] })
  exclusions.changed()
  const shop = createShop()
  for (let at = NOON + 15_000; at <= NOON + 20 * MINUTE; at += 15_000) {
    const pay = at < NOON + 10 * MINUTE ? [250, 0, 0, 0] : [50, 0, 50, 0]
    ledger.book([shop(at, { pay })], at)
    evaluation.tick(judge, at)
  }
  return alerts.openEpisodes().map(({ rule }) => rule.replace('checkout/availability/', ''))
}

test('a correction moves the milestones of a budget, but what burns rings all the same', () => {
  const all = ringing(false)
  const planned = ringing(true)
  expect(all.filter((rule) => rule.startsWith('spent-')).length).toBeGreaterThan(0)
  expect(planned).toEqual(all.filter((rule) => !rule.startsWith('spent-')))
  expect(planned).toContain('level-1')
})

import type { Runbook } from '@tabiji/core/runbook'
import { expect, test } from 'vitest'
import { commitOf, FACTS, rowOf, STARTED_AT } from '../../testing/alert.ts'
import { openAlertDesk } from '../../testing/alert-desk.ts'
import { runbookFor } from './runbook-choice.ts'
import { createRunbookDesk } from './runbook-desk.ts'

const ADDRESS = 'https://wiki.example/r/slow'
const PAGE: Runbook = { file: 'slow.md', address: ADDRESS, journey: 'measure-feet' }
const pages = (...all: readonly Runbook[]) => ({ all: () => all, firstStep: () => undefined, text: () => undefined })

test('the source of a runbook is what chose it, also where two of them name the same address', () => {
  const { runbook: _, ...facts } = FACTS
  const from = (said: object, ofJourney: string | undefined, ...all: readonly Runbook[]) => {
    const chosen = runbookFor({ ...facts, ...said }, ofJourney, pages(...all))
    return [chosen.from, chosen.address]
  }
  const ofRule = { runbook: ADDRESS, runbookFrom: 'rule' }
  expect(from(ofRule, undefined)).toEqual(['rule', ADDRESS])
  expect(from(ofRule, ADDRESS)).toEqual(['rule', ADDRESS])
  expect(from(ofRule, undefined, PAGE)).toEqual(['rule', ADDRESS])
  // What an alert carries from an earlier choice is no word of its rule.
  expect(from({ runbook: 'https://wiki.example/r/gone' }, undefined, PAGE)).toEqual(['folder', ADDRESS])
  expect(from({ runbook: ADDRESS }, ADDRESS)).toEqual(['journey', ADDRESS])
  expect(from({}, undefined)).toEqual(['none', undefined])
})

test('pages are ranked however many alerts of lower levels rang since', () => {
  const { store, close } = openAlertDesk()
  store.commitAlerts(commitOf(rowOf('trigger', 'pager', { id: 'n-1', topic: 'A-0001', level: 1 })))
  const lower = Array.from({ length: 5_001 }, (_, i) =>
    rowOf('trigger', 'chat', { id: `n-${i + 2}`, topic: `A-${String(i + 2).padStart(4, '0')}`, level: 3 }),
  )
  store.commitAlerts({ ...commitOf(...lower), outbox: [] })
  const { rank } = createRunbookDesk({
    runbooks: pages(),
    alerts: store,
    work: { incidentHistories: () => [], incidentHistory: (key) => ({ key, events: [] }) },
    changeIncident: () => ({ ok: false, problems: [] }),
    definition: () => ({ timeZone: 'Asia/Tokyo', classes: {}, journeys: [], fingerprint: '0' }),
  })
  expect(rank(STARTED_AT - 1)).toMatchObject([{ rule: expect.stringContaining('A-0001'), pages: 1 }])
  close()
})

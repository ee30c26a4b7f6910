import { expect, test } from 'vitest'
import { pageOf } from '../page/frame.ts'
import { AROUND } from '../testing/around.ts'
import { standing } from '../testing/standing.ts'
import type { JourneyStanding } from '../view/standing.ts'
import { journeysScreen } from './journeys.ts'

const OPEN = { alerts: 0, incidents: 0, fixes: 0 }
const journey = (name: string, more: Partial<JourneyStanding> = {}): JourneyStanding => ({
  ...{ name, title: { en: `The ${name}`, ja: `${name}の旅` }, tier: 1, objectives: [standing()], open: OPEN },
  ...more,
})

function overview(journeys: readonly JourneyStanding[], more: { language?: 'en' | 'ja'; filter?: string } = {}) {
  const { language = 'en', filter = '' } = more
  return pageOf({ ...AROUND, language }, (context) => journeysScreen(context, { journeys, filter, group: 'none' }))
}

const namesIn = (page: string) => [...page.matchAll(/href="\/journeys\/([\w-]+)"/g)].map(([, name]) => name)

test('the journey that needs somebody is on top: what burns, then the worse state, then the least left', () => {
  const page = overview([
    journey('calm'),
    journey('low', { objectives: [standing({ state: 'watch', leftPpm: 300_000 })] }),
    journey('lower', { objectives: [standing({ state: 'watch', leftPpm: 260_000 })] }),
    journey('gone', { objectives: [standing({ state: 'spent', leftPpm: -80_000 })] }),
    journey('burning', { objectives: [standing({ burning: true })] }),
    journey('unknown', { objectives: [standing({ state: 'unjudged', valid: 0, bad: 0 })] }),
  ])
  expect(namesIn(page)).toEqual(['burning', 'gone', 'lower', 'low', 'calm', 'unknown'])
})

test('a result is cut, never rounded up to what was promised', () => {
  const page = overview([
    journey('pay', { objectives: [standing({ targetPpm: 999_000, valid: 1_000_000, bad: 1_001 })] }),
  ])
  expect(page).toContain('99.89\u00a0%')
})

test('names are text, whatever is in them', () => {
  const evil = '<script>alert(1)</script>" onmouseover="x'
  const page = overview([journey('pay', { title: { en: evil, ja: evil }, owner: evil })])
  expect(page).not.toContain('<script>alert')
  expect(page).not.toContain('" onmouseover="')
})

test('without journeys, or with none that matches, it says what to do next', () => {
  expect(overview([])).toContain('tabiji init')
  const page = overview([journey('checkout')], { filter: 'chekout' })
  expect(page).toContain('href="/journeys?q=checkout"')
  expect(page).toContain('No journey matches “chekout”.')
})

test('a filter looks at names, titles in both languages and teams', () => {
  const journeys = [journey('a', { owner: 'payments' }), journey('b')]
  expect(namesIn(overview(journeys, { filter: 'PAYM' }))).toEqual(['a'])
  expect(namesIn(overview(journeys, { filter: 'bの旅' }))).toEqual(['b'])
})

test('the page is in the language of its reader', () => {
  const page = overview([journey('pay')], { language: 'ja' })
  expect(page).toContain('<html lang="ja"')
  expect(page).toContain('payの旅')
  expect(page).toContain('健全')
})

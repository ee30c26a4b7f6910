import { expect, test } from 'vitest'
import { pageOf } from '../page/frame.ts'
import { AROUND } from '../testing/around.ts'
import { standing } from '../testing/standing.ts'
import { wishIn } from '../view/overview.ts'
import type { JourneyStanding } from '../view/standing.ts'
import { journeysScreen } from './journeys.ts'
import { journeysCsv } from './journeys-csv.ts'

const OPEN = { alerts: 0, incidents: 0, fixes: 0 }
const journey = (name: string, more: Partial<JourneyStanding> = {}): JourneyStanding => ({
  ...{ name, title: { en: `The ${name}`, ja: `${name}の旅` }, tier: 1, objectives: [standing()], open: OPEN },
  ...more,
})

type More = Readonly<Record<string, string>> & { readonly language?: 'en' | 'ja' }

/** @param more what stands in the address */
function overview(journeys: readonly JourneyStanding[], { language = 'en', ...query }: More = {}) {
  const wish = wishIn({ group: 'none', ...query })
  return pageOf({ ...AROUND, language }, (context) => journeysScreen(context, { journeys, wish }))
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
  const page = overview([journey('checkout')], { q: 'chekout' })
  expect(page).toContain('Did you mean <a href="/journeys?q=checkout&amp;group=none"><strong>checkout</strong></a>?')
  expect(page).toContain('<a href="/journeys?group=none">Clear the filter</a>')
  expect(page).toContain('No journey matches “chekout”.')
})

test('a filter looks at names, titles in both languages and teams', () => {
  const journeys = [journey('a', { owner: 'payments' }), journey('b')]
  expect(namesIn(overview(journeys, { q: 'PAYM' }))).toEqual(['a'])
  expect(namesIn(overview(journeys, { q: 'bの旅' }))).toEqual(['b'])
})

test('the page is in the language of its reader', () => {
  const page = overview([journey('pay')], { language: 'ja' })
  expect(page).toContain('<html lang="ja"')
  expect(page).toContain('payの旅')
  expect(page).toContain('健全')
})

const many = [
  journey('calm', { owner: 'shop', tier: 2 }),
  journey('gone', {
    ...{ owner: 'pay', open: { alerts: 2, incidents: 0, fixes: 0 } },
    objectives: [standing({ state: 'spent', leftPpm: -80_000, bad: 2_000, targetPpm: 999_000 })],
  }),
  journey('hot', { owner: 'shop', objectives: [standing({ burning: true })] }),
]

test('the address says the order, and its heads lead to the others and to the other end', () => {
  expect(namesIn(overview(many))).toEqual(['hot', 'gone', 'calm'])
  expect(namesIn(overview(many, { sort: 'name' }))).toEqual(['calm', 'gone', 'hot'])
  expect(namesIn(overview(many, { sort: '-name' }))).toEqual(['hot', 'gone', 'calm'])
  expect(namesIn(overview(many, { sort: 'left' }))[0]).toBe('gone')
  expect(namesIn(overview(many, { sort: 'result' }))[0]).toBe('gone')
  expect(namesIn(overview(many, { sort: 'target' }))[0]).toBe('gone')
  expect(namesIn(overview(many, { sort: 'open' }))[0]).toBe('gone')
  expect(namesIn(overview(many, { sort: 'strange' }))).toEqual(['hot', 'gone', 'calm'])
  const left = overview(many, { sort: 'left' })
  expect(left).toContain('aria-sort="ascending"><a class="sort" href="/journeys?group=none&amp;sort=-left">Budget left')
  expect(left.match(/aria-sort/g)).toHaveLength(1)
  expect(overview(many, { sort: '-left' })).toContain('aria-sort="descending"')
  expect(overview(many)).not.toContain('aria-sort')
})

test('a figure that nobody can say stands last, whatever is sorted by it', () => {
  const unknown = journey('unknown', { objectives: [standing({ state: 'unjudged', valid: 0, bad: 0 })] })
  const { leftPpm: _, ...none } = standing({ state: 'unjudged', valid: 0 })
  const all = [journey('nothing', { objectives: [] }), { ...unknown, objectives: [none] }, ...many]
  for (const sort of ['left', 'result']) {
    expect([sort, namesIn(overview(all, { sort })).slice(-2).toSorted()]).toEqual([sort, ['nothing', 'unknown']])
  }
})

test('the numbers on top lead to what they count; a state in which nothing is says so', () => {
  const spent = overview(many, { state: 'spent' })
  expect(namesIn(spent)).toEqual(['gone'])
  expect(spent).toContain('<a href="/journeys?group=none&amp;state=spent" aria-current="true">')
  expect(spent).toContain('<a href="/journeys?group=none">3 journeys</a>')
  expect(namesIn(overview(many, { state: 'burning' }))).toEqual(['hot'])
  const none = overview(many, { state: 'watch', q: 'o' })
  expect(none).toContain('No journey that matches “o” is in the state: Watch.')
  expect(none).toContain('<a href="/journeys?group=none">Clear the filter</a>')
})

test('groups stand in the order of their worst, with how many of them stand how', () => {
  const page = overview(many, { group: 'team' })
  const text = page.replace(/<[^>]*>/g, '')
  expect(namesIn(page)).toEqual(['hot', 'calm', 'gone'])
  expect(text).toMatch(/shop +»1 +●2[\s\S]*pay +✖1/)
  expect(overview(many, { group: 'tier' })).toContain('>Tier 1 ')
})

test('a row unfolds to all objectives by its address, and folds again', () => {
  const two = journey('pay', {
    objectives: [standing({ state: 'risk', leftPpm: 100_000 }), standing({ id: 'pay/latency', name: 'latency' })],
  })
  const folded = overview([two])
  expect(folded).toContain('href="/journeys?group=none&amp;open=pay#fold-pay" aria-expanded="false">▸ 1 more objective')
  expect(folded).not.toContain('o=latency')
  const open = overview([two], { open: 'pay' })
  expect(open).toMatch(/<tr class="more"><th scope="row">[\s\S]*href="\/journeys\/pay\?o=latency"/)
  expect(open).toContain('href="/journeys?group=none#fold-pay" aria-expanded="true"')
})

test('a budget by calendar shows where an even pace would be; a rolling one has no such place', () => {
  const period = { from: '2026-10-01T00:00:00+09:00', to: '2026-11-01T00:00:00+09:00' }
  const page = overview([journey('pay', { objectives: [standing({ period })] })])
  // Half past the fourteenth of 31 days: 14.58 of 31.
  expect(page).toContain('<rect class="pace" x="45" width="2" height="10"/>')
  expect(page).toContain('An even pace would have spent 47.0\u00a0%.')
  expect(overview([journey('pay')])).not.toContain('class="pace"')
})

test('what never had an event says what to do; what is not read any more keeps its state', () => {
  expect(overview([journey('pay', { objectives: [standing({ valid: 0, bad: 0, fresh: false })] })])).toMatch(
    /Waiting for the first event[^<]*<code>tabiji doctor<\/code>/,
  )
  const stale = overview([journey('pay', { objectives: [standing({ fresh: false })] })])
  expect(stale).toContain('The pay</a> <span class="old">(stale)</span>')
})

test('the same list as a table for programs: an objective a line, ratios as decimals, no formula', () => {
  const evil = journey('pay', { owner: '=cmd()', objectives: [standing({ bad: 1_001, valid: 1_000_000 })] })
  const { journeys, wish } = { journeys: [evil, ...many], wish: wishIn({ q: 'pay' }) }
  const [head = '', ...rows] = journeysCsv({ journeys, wish }, AROUND.now, 'Asia/Tokyo').trim().split('\r\n')
  const cells = (line: string) => line.split(',')
  const of = (line: string, column: string) => cells(line)[cells(head).indexOf(column)]
  expect(rows).toHaveLength(2)
  const [first = '', second = ''] = rows
  expect([of(first, 'journey'), of(first, 'state'), of(first, 'left')]).toEqual(['gone', 'spent', '-0.080000'])
  expect([of(second, 'team'), of(second, 'result'), of(second, 'good')]).toEqual(["'=cmd()", '0.998999', '998999'])
})

test('the last days are bars that a day over its share stands out of, without colour, and a sentence says how many', () => {
  const share = (date: string, bad: number) => ({ date, bad, valid: 1_000, allowedMillionths: 10_000_000 })
  const days = {
    'pay/availability': [
      ...[share('2026-10-12', 0), share('2026-10-13', 5), share('2026-10-14', 11), share('2026-10-15', 50)],
    ],
  }
  const page = overview([journey('pay', { days })])
  const bars = [...page.matchAll(/<rect class="(within|over|worst)"[^>]* height="(\d+)"/g)]
  expect(bars.map(([, kind, height]) => [kind, Number(height)])).toEqual([
    ['within', 1],
    ['within', 6],
    ['over', 15],
    ['worst', 20],
  ])
  expect(page).toContain('aria-label="2 of the last 4 days used more of the budget than their share."')
  expect(overview([journey('pay', { days })], { language: 'ja' })).toContain('過去4日のうち')
  // While days are being counted there is nothing to draw.
  expect(overview([journey('pay')])).not.toContain('<svg class="days"')
})

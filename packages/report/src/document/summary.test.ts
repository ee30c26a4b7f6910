import type { MonthFacts, ObjectiveMonth, SpentPart } from '@tabiji/core/report'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { anyFacts, RUNS } from '../testing/arbitrary.ts'
import { octoberFacts } from '../testing/facts.ts'
import { toldFacts } from '../testing/told.ts'
import { wholeFacts } from '../testing/whole.ts'
import { LANGUAGES, type Language } from '../words/language.ts'
import type { Block } from './block.ts'
import { wordsIn } from './fitting.ts'
import { composeReport } from './report.ts'

/** The blocks from the summary's heading to the next. */
function summary(facts: MonthFacts, language: Language = 'en', withPeople = false): Block[] {
  const { blocks } = composeReport(facts, language, { withPeople })
  const headings = blocks.flatMap((block, i) => (block.type === 'heading' ? [i] : []))
  return blocks.slice(headings[0], headings[1])
}

function sentences(blocks: readonly Block[]): string[] {
  return blocks.flatMap((block) => (block.type === 'paragraph' ? block.sentences : []))
}

/** All that stands above the fold, without the heading. */
function textOf(blocks: readonly Block[]): string {
  const tiles = blocks.flatMap((block) => (block.type === 'tiles' ? block.tiles : []))
  const told = tiles.flatMap(({ label, figure, lines, second }) => [
    label,
    figure,
    ...lines,
    ...(second === undefined ? [] : [second.figure, ...second.lines]),
  ])
  return [...told, ...sentences(blocks)].join(' ')
}

function withSpent(...spent: readonly SpentPart[]): MonthFacts {
  const facts = toldFacts()
  const journeys = facts.journeys.map((journey) => ({
    ...journey,
    objectives: journey.objectives.map((one): ObjectiveMonth => (one.spent === undefined ? one : { ...one, spent })),
  }))
  return { ...facts, journeys }
}

const sizeOf = (blocks: readonly Block[]) => wordsIn([textOf(blocks)])

test.each(LANGUAGES)('a month with everything in it is told in ninety words at most, in %s', (language) => {
  for (const facts of [toldFacts(), wholeFacts()]) {
    expect(sizeOf(summary(facts, language, true))).toBeGreaterThan(60)
    expect(sizeOf(summary(facts, language, true))).toBeLessThanOrEqual(90)
  }
})

test('what matters least is left out first: late fixes, then the cause, and never what people wrote', () => {
  const withAsk = (words: number) => {
    const facts = wholeFacts()
    const asks = facts.asks?.map((ask) => ({ ...ask, text: Array.from({ length: words }, () => 'so').join(' ') }))
    return sentences(summary({ ...facts, asks: asks ?? [] }))
  }
  const [cause, corrected, late] = withAsk(1)
  expect(cause).toContain('incident INC-0007 used')
  expect(corrected).toContain('corrected time')
  expect(late).toMatch(/late\.$/)
  expect(withAsk(14).slice(0, -1)).toEqual([cause, corrected])
  expect(withAsk(200).slice(0, -1)).toEqual(['Measure feet missed its target (99.89 % against 99.9 %).', corrected])
  expect(withAsk(200).at(-1)?.match(/so/g)).toHaveLength(200)
})

test.each(LANGUAGES)('whatever the month, more than ninety words are only the shortest ones, in %s', (language) => {
  fc.assert(
    fc.property(anyFacts, (facts) => {
      const blocks = summary(facts, language)
      const own = blocks.flatMap((block) => (block.type === 'paragraph' ? block.sentences : []))
      if (facts.headline === undefined && sizeOf(blocks) > 90) expect(own.join()).not.toMatch(/INC-|A-0|late|超過/)
    }),
    RUNS,
  )
})

test('two sentences and one ask, in both languages', () => {
  expect(sentences(summary(toldFacts()))).toEqual([
    'Measure feet missed its target (99.89 % against 99.9 %): incident INC-0007 used 72 % of its budget in 38 min.',
    '2 of 4 open fixes are up to 7 days late.',
    'We ask: keep scanner releases behind the canary until FIX-0107 is done (by 2026-11-13)',
  ])
  expect(sentences(summary(toldFacts(), 'ja', true))).toEqual([
    '足の計測は目標未達でした（実績99.89%、目標99.9%）。エラーバジェットの72%を、障害INC-0007が38分で消費しました。',
    '未完了の恒久対応4件のうち2件が期限を超過しています（最大7日）。',
    'お願い：keep scanner releases behind the canary until FIX-0107 is done（suzuki・期限2026-11-13）',
  ])
})

test('four tiles: promises, both rates of fixes, harm, and what is asked', () => {
  const tiles = summary(toldFacts()).flatMap((block) => (block.type === 'tiles' ? block.tiles : []))
  expect(tiles).toEqual([
    { label: 'Journeys on target', figure: '3 of 4', lines: ['✖ missed: Measure feet', '○ 1 not judged'] },
    {
      label: 'Fixes on time',
      figure: '50 %',
      lines: ['2 of 4 due', '2 overdue, oldest 104 days'],
      second: { figure: '42 %', lines: ['stock rate, 3 of 7'] },
    },
    {
      label: 'Time to stop harm',
      figure: '38 min',
      lines: ['median, n = 2', '38–71 min'],
      dots: [500_191, 586_145],
    },
    { label: 'Asked of you', figure: '1 decision', lines: [] },
  ])
})

const at = { from: '2026-10-06T02:00:00+09:00', to: '2026-10-06T03:00:00+09:00' }

test.each([
  [
    'an alert without incident',
    [{ on: 'alert', key: 'A-0009', bad: 5_000, ...at }],
    ': 103 % of its budget went in 1 h 0 min while alert A-0009 rang and no incident was opened.',
  ],
  [
    'hours in which nothing rang, together',
    [
      { on: 'incident', key: 'INC-0007', bad: 2_000, ...at },
      { on: 'unexplained', bad: 1_500, ...at },
      { on: 'unexplained', bad: 1_500, ...at },
    ],
    ': 62 % of its budget went in 2 hours in which nothing rang.',
  ],
  [
    'drips',
    [{ on: 'drip', bad: 5_197, days: 1 }],
    '. No single event stands out: 108 % of its budget was lost in small amounts on 1 day.',
  ],
  ['nothing that is known', [], '.'],
] satisfies [string, SpentPart[], string][])('a missed target is told with its largest cause: %s', (_, spent, end) => {
  const told = `Measure feet missed its target (99.89 % against 99.9 %)${end}`
  expect(sentences(summary(withSpent(...spent)))[0]).toBe(told)
})

test('what a person wrote stands instead of both sentences and says so; the ask stays', () => {
  const headline = { text: 'A quiet month but for one day.', by: 'suzuki', at: '2026-11-04T09:00:00+09:00' }
  const facts = { ...toldFacts(), headline }
  const ask = expect.stringMatching(/^We ask: /)
  expect(sentences(summary(facts))).toEqual([headline.text, '(Written by a person, 2026-11-04.)', ask])
  expect(sentences(summary(facts, 'en', true))).toEqual([headline.text, '(Written by suzuki, 2026-11-04.)', ask])
})

test('late fixes are told in numbers, and nobody is asked for anything that is not asked', () => {
  const facts = octoberFacts()
  const [first, second, ...others] = facts.fixes.open
  if (first === undefined || second === undefined) throw new Error('October has open fixes')
  const told = (open: typeof others, overdue: number) =>
    sentences(summary({ ...facts, fixes: { ...facts.fixes, open, ageing: { ...facts.fixes.ageing, overdue } } })).at(-1)
  expect(told(others, 0)).toBe('2 fixes are open, none late.')
  expect(told([second], 1)).toBe('The only open fix is 1 day late.')
  expect(told([second, ...others], 1)).toBe('1 of 3 open fixes is 1 day late.')
  expect(told([], 0)).toBe('No fix is open.')
})

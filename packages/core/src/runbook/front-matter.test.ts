import { expect, test } from 'vitest'
import type { Definition } from '../journey/index.ts'
import { readFrontMatter } from './front-matter.ts'
import { outlineOf } from './outline.ts'
import { rankRules } from './ranking.ts'
import { ageProblems, scopeProblems, uncovered } from './review.ts'
import { situationOf } from './situation.ts'
import { runbookTemplate } from './template.ts'

const told = (text: string) =>
  readFrontMatter(text, 'pay.md').problems.map(({ at, message }) => `${at?.line}:${at?.column} ${message}`)

test('what a page says of itself is read, and lines count as in the page', () => {
  const text =
    '---\njourney: checkout\nstep: pay\nsymptom: dependency:storage\nowner: shop\nreviewed: 2026-10-20\ntitle: { en: Pay, ja: 支払い }\n---\n# Pay\n'
  expect(readFrontMatter(text, 'pay.md')).toMatchObject({
    ...{ lines: 8, problems: [] },
    stated: { journey: 'checkout', step: 'pay', symptom: 'dependency:storage', reviewed: '2026-10-20' },
  })
  expect(readFrontMatter('# Pay\n', 'pay.md')).toMatchObject({ lines: 0, problems: [] })
  expect(readFrontMatter('---\r\n---\r\n# Pay\r\n', 'pay.md')).toMatchObject({ lines: 2, stated: {}, problems: [] })
})

test('all mistakes are told at once, each where it stands', () => {
  expect(told('---\njurney: checkout\nstep: pay\nsymptom: sloow\nreviewed: 2026-02-30\nlink: wiki\n---\n')).toEqual([
    '2:1 Unknown key `jurney` in the document',
    '3:7 Expected `step` to be said together with the journey that it is a step of, got "pay"',
    '4:10 Expected `symptom` to be error, slow, excluded, no-data or dependency:NAME, got "sloow"',
    '5:11 Expected `reviewed` to be a date such as 2026-10-20, got "2026-02-30"',
    '6:7 Expected `link` to be an address as https://…, got "wiki"',
  ])
  expect(told('---\nstep: pay\n---\n')).toEqual([
    '2:7 Expected `step` to be said together with the journey that it is a step of, got "pay"',
  ])
  expect(told('---\njourney: x\n')).toEqual(['1:1 Expected a line `---` that ends the front matter, got none'])
  expect(told('---\na: [\n---\n')[0]).toMatch(/^\d:\d+ Expected YAML or JSON/)
})

const DEFINITION = {
  journeys: [
    { name: 'checkout', steps: [{ name: 'pay' }, { name: 'view' }] },
    { name: 'search', steps: [{ name: 'find' }] },
    { name: 'help', steps: [{ name: 'ask' }], runbook: 'https://wiki.example.org/help' },
  ],
} as unknown as Definition

test('names that the journeys file does not know are problems, with the known ones', () => {
  expect(scopeProblems({ journey: 'chekout' }, DEFINITION)[0]).toMatchObject({
    ...{ message: 'there is no journey "chekout"', hint: 'known: checkout, search, help' },
  })
  expect(scopeProblems({ journey: 'checkout', step: 'buy' }, DEFINITION)[0]).toMatchObject({ hint: 'known: pay, view' })
  expect(scopeProblems({ journey: 'checkout', step: 'pay' }, DEFINITION)).toEqual([])
})

test.each([
  [{ owner: 'a', reviewed: '2026-04-23' }, []],
  [{ owner: 'a', reviewed: '2026-04-22' }, ['RUNBOOK_OLD']],
  [{ owner: 'a', reviewed: '2026-10-21' }, ['RUNBOOK_REVIEW_FUTURE']],
  [{ owner: 'a' }, ['RUNBOOK_NOT_REVIEWED']],
  [{ reviewed: '2026-10-20' }, ['RUNBOOK_NO_OWNER']],
])('%j on 2026-10-20 with reviews that last 180 days: %j', (stated, codes) => {
  expect(ageProblems(stated, 180, '2026-10-20').map(({ code }) => code)).toEqual(codes)
})

test('what no page is written for is named: whole journeys, or the steps that are left', () => {
  const page = { file: 'a.md', address: 'https://x.example.org/' }
  expect(uncovered(DEFINITION, [])).toEqual(['checkout', 'search'])
  expect(uncovered(DEFINITION, [{ ...page, journey: 'checkout', step: 'pay' }])).toEqual(['checkout/view', 'search'])
  expect(uncovered(DEFINITION, [{ ...page, journey: 'checkout' }])).toEqual(['search'])
})

test('a page is its headings with their anchors, its steps, and its links with their places', () => {
  const { headings, steps, links } = outlineOf(
    '# Pay\n\n1. Look at [it](https://a.example.org)\n   - deeper\n\n```\n# no heading\n```\n## 最初に見る!\n## Pay\n',
    3,
  )
  expect(headings.map(({ anchor, line }) => [anchor, line])).toEqual([
    ['pay', 4],
    ['最初に見る', 12],
    ['pay-1', 13],
  ])
  expect(steps).toEqual(['Look at it', 'deeper'])
  expect(links).toEqual([{ to: 'https://a.example.org', line: 6, column: 12 }])
})

test.each(['en', 'ja'] as const)(
  'the template (%s) is a page without problems, with steps to begin with',
  (language) => {
    const text = runbookTemplate({
      ...{ language, journey: 'checkout', step: 'pay', symptom: 'slow', owner: 'shop: "A"' },
      title: { en: 'Pay: "slow"', ja: '支払い #1' },
    })
    const { stated, problems, lines } = readFrontMatter(text, 'pay.md')
    expect(problems).toEqual([])
    expect(stated?.reviewed).toBeUndefined()
    expect(stated).toMatchObject({ journey: 'checkout', step: 'pay', owner: 'shop: "A"', title: { ja: '支払い #1' } })
    const outline = outlineOf(text.split('\n').slice(lines).join('\n'), lines)
    expect(outline.headings).toHaveLength(7)
    expect(outline.steps.length).toBeGreaterThan(6)
  },
)

test('rules are ranked by pages without a useful runbook; one that helped is enough for its page', () => {
  const pages = ['A', 'B', 'C', 'D'].map((episode, at) => ({ episode, rule: at < 3 ? 'often' : 'seldom', at }))
  const helps = [
    { episodes: ['A'], helped: 'no' },
    { episodes: ['A', 'D'], helped: 'partly' },
    { episodes: ['B'], helped: 'none' },
  ] as const
  expect(rankRules(pages, helps)).toEqual([
    { rule: 'often', pages: 3, useful: 1, useless: 1, unanswered: 1, lastAt: 2 },
    { rule: 'seldom', pages: 1, useful: 1, useless: 0, unanswered: 0, lastAt: 3 },
  ])
})

test('what an alert is about: where it is worst, and a failing dependency before what users meet', () => {
  const journey = { name: 'checkout', title: { en: '', ja: '' }, tier: 1 } as const
  const objective = { name: 'experience', indicator: 'experience', targetPpm: 1, window: { kind: 'month' } } as const
  const cause = { kind: 'milestone', percent: 50 } as const
  const felt = [{ step: 'pay', failed: 1, slow: 2, valid: 9 }]
  const worstDependencies = [
    { service: 'storage', step: 'put', bad: 3, valid: 9 },
    { service: 'mail', step: 'send', bad: 0, valid: 9 },
  ]
  const worstStep = { name: 'pay', bad: 3, ofBad: 3 }
  expect(situationOf({ journey, objective, cause, felt, worstDependencies, worstStep })).toEqual({
    ...{
      journey: 'checkout',
      step: 'pay',
      hurt: { bad: 3, ofBad: 3 },
      symptoms: ['dependency:storage', 'slow', 'error'],
    },
  })
  const absent = { kind: 'simple', condition: { kind: 'absent', forMs: 1 } } as const
  expect(situationOf({ journey, cause: absent })).toEqual({ journey: 'checkout', symptoms: ['no-data'] })
})

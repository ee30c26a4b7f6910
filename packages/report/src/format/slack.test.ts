import type { MonthFacts } from '@tabiji/core/report'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { composeReport } from '../document/report.ts'
import { renderSlack } from '../render.ts'
import { anyFacts, RUNS } from '../testing/arbitrary.ts'
import { octoberFacts } from '../testing/facts.ts'
import { hostile, hostileText } from '../testing/hostile.ts'
import { LANGUAGES } from '../words/language.ts'

type Text = { readonly type: string; readonly text: string; readonly emoji?: boolean }
type Block = {
  readonly type: string
  readonly text?: Text
  readonly fields?: readonly Text[]
  readonly elements?: readonly (Text | { readonly type: 'button'; readonly text: Text; readonly url: string })[]
}
type Body = { readonly text: string; readonly blocks: readonly Block[] }

const ASKS: MonthFacts['asks'] = [
  { key: 'ASK-0001', month: '2026-09', text: 'An older one', state: 'open' },
  { key: 'ASK-0002', month: '2026-10', text: 'Keep the canary', owner: 'suzuki', due: '2026-11-13', state: 'open' },
  { key: 'ASK-0003', month: '2026-10', text: 'Already decided', state: 'agreed' },
]

function body(facts: MonthFacts, language: 'en' | 'ja' = 'en', options = {}): Body {
  return JSON.parse(renderSlack(facts, language, options)) as Body
}

function textsOf({ blocks }: Body): Text[] {
  return blocks.flatMap(({ text, fields = [], elements = [] }) => [
    ...(text === undefined ? [] : [text]),
    ...fields,
    ...elements.map((element) => (typeof element.text === 'string' ? (element as Text) : element.text)),
  ])
}

/** Slack's limits: https://docs.slack.dev/reference/block-kit/blocks. */
function expectAccepted(told: Body): void {
  expect(told.blocks.length).toBeLessThanOrEqual(50)
  expect(told.text.length).toBeLessThan(4_000)
  expect(JSON.stringify(told.blocks).length).toBeLessThan(13_200)
  for (const { type, text, fields, elements } of told.blocks) {
    if (type === 'header') expect(text?.text.length).toBeLessThanOrEqual(150)
    if (type === 'section') expect([text !== undefined, fields !== undefined]).toContain(true)
    expect(fields?.length ?? 0).toBeLessThanOrEqual(10)
    for (const field of fields ?? []) expect(field.text.length).toBeLessThanOrEqual(2_000)
    expect(elements?.length ?? 1).toBeGreaterThan(0)
    expect(elements?.length ?? 0).toBeLessThanOrEqual(10)
  }
  for (const { type, text, emoji } of textsOf(told)) {
    expect([type, emoji]).toEqual(['plain_text', false])
    expect(text.trim().length).toBeGreaterThan(0)
    expect(text.length).toBeLessThanOrEqual(3_000)
  }
}

describe('a message for Slack', () => {
  test('says the thirty seconds as the report does, a line for each journey, and what is asked', () => {
    const facts = { ...octoberFacts(), asks: ASKS }
    const told = body(facts, 'en', { link: 'https://reports.example.org/2026-10' })
    const texts = textsOf(told).map(({ text }) => text)
    const tiles = composeReport(facts, 'en').blocks.find((block) => block.type === 'tiles')?.tiles ?? []
    const summary = tiles.map(({ label, figure, lines, second }) =>
      [label, figure, ...lines, ...(second === undefined ? [] : [second.figure, ...second.lines])].join('\n'),
    )
    expect(summary).toHaveLength(4)
    expect(texts).toEqual(expect.arrayContaining(['Reliability report — October 2026', ...summary]))
    expect(texts).toContain(
      [
        '✖ Measure feet  99.89 % against 99.9 %  ▓▓▓▓▓▓▓▓▓▓ 108.0 %',
        '▲ Order  99.960 % against 99.95 %  ▓▓▓▓▓▓▓░░░ 79.4 %',
        '◆ Read the result  99.81 % against 99.5 % → 99.9 %  ▓▓▓▓▓▓░░░░ 68.0 %',
        '● Search shoes  99.80 % against 99.5 %  ▓▓▓░░░░░░░ 39.0 %',
        '○ Send shoes back  not judged: too little traffic',
      ].join('\n'),
    )
    expect(texts.slice(-2)).toEqual(['We ask: Keep the canary (by 2026-11-13)', 'Open the report'])
    expect(told.blocks.at(-1)?.elements).toMatchObject([{ type: 'button', url: 'https://reports.example.org/2026-10' }])
  })

  test('in Japanese', () => {
    const texts = textsOf(body({ ...octoberFacts(), asks: ASKS }, 'ja', { withPeople: true })).map(({ text }) => text)
    expect(texts[0]).toBe('月次信頼性レポート 2026年10月')
    expect(texts.join('\n')).toContain('✖ 足の計測  実績99.89%／目標99.9%  ▓▓▓▓▓▓▓▓▓▓ 108.0%\n')
    expect(texts.at(-1)).toBe('お願い：Keep the canary（suzuki・期限2026-11-13）')
  })

  test('names nobody unless asked to', () => {
    const facts = { ...octoberFacts(), asks: ASKS }
    expect(renderSlack(facts, 'en')).not.toMatch(/suzuki|tanaka/)
    expect(renderSlack(facts, 'en', { withPeople: true })).toContain('suzuki')
  })

  test('is within the limits of Slack, whatever the month', () => {
    fc.assert(
      fc.property(anyFacts, fc.constantFrom(...LANGUAGES), (facts, language) => expectAccepted(body(facts, language))),
      RUNS,
    )
  })

  test('of two hundred journeys tells those that need attention, and how many there are besides', () => {
    const october = octoberFacts()
    const journeys = Array.from({ length: 40 }, () => october.journeys).flat()
    const told = body({ ...october, journeys })
    expectAccepted(told)
    expect(JSON.stringify(told)).toContain('185 further journeys are in the report.')
  })

  test('stays text, whatever people write and however long', () => {
    const text = fc.oneof(hostileText, fc.constantFrom('<!channel>', '<@U1>', '*bold*', 'x'.repeat(10_000)))
    fc.assert(
      fc.property(text, fc.constantFrom(...LANGUAGES), (written, language) => {
        const told = body({ ...hostile(written), sample: true }, language, { withPeople: true })
        expectAccepted(told)
        expect(told.text).not.toMatch(/[<>]/)
      }),
    )
  })
})

import type { MonthFacts } from '@tabiji/core/report'
import { parseMonthFacts } from '@tabiji/core/report'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Cell, Document } from './document/block.ts'
import { withoutPeople } from './document/people.ts'
import { composeReport } from './document/report.ts'
import { LANGUAGES, renderHtml, renderJson, renderMarkdown } from './index.ts'
import { anyFacts, RUNS } from './testing/arbitrary.ts'
import { emptyFacts, octoberFacts } from './testing/facts.ts'
import { largeFacts } from './testing/large.ts'
import { factsIn, textOfHtml, textOfMarkdown } from './testing/read-back.ts'

/** What must never reach a reader: a slot that could not be filled. Between digits, as in `0–14 days`, a dash is a range. */
const UNSAID = /undefined|\bNaN\b|\bnull\b|Infinity|\[object|(?<!\d)–|–(?!\d)|\(\s*\)|（\s*）/

function figuresOf(text: string): string[] {
  return text.match(/\d[\d.,]*/g)?.map((figure) => figure.replace(/[.,]+$/, '')) ?? []
}

describe('for all months', () => {
  test('the facts are facts: what is generated is accepted, and survives being written and read', () => {
    fc.assert(
      fc.property(anyFacts, (facts) => {
        expect(parseMonthFacts(JSON.parse(renderJson(facts)))).toEqual({ ok: true, facts })
      }),
      RUNS,
    )
  })

  test.each(LANGUAGES)('nothing is left unsaid in %s', (language) => {
    fc.assert(
      fc.property(anyFacts, fc.boolean(), (facts, withPeople) => {
        expect(textOfMarkdown(renderMarkdown(facts, language, { withPeople }))).not.toMatch(UNSAID)
        expect(textOfHtml(renderHtml(facts, language, { withPeople }))).not.toMatch(UNSAID)
      }),
      RUNS,
    )
  })

  test.each(LANGUAGES)('Markdown and HTML say the same figures in the same order in %s', (language) => {
    fc.assert(
      fc.property(anyFacts, (facts) => {
        const markdown = figuresOf(textOfMarkdown(renderMarkdown(facts, language)))
        expect(figuresOf(textOfHtml(renderHtml(facts, language)))).toEqual(markdown)
      }),
      RUNS,
    )
  })

  test('both languages say the same figures in every tile and every cell', () => {
    fc.assert(
      fc.property(anyFacts, (facts) => {
        expect(cellsOf(composeReport(facts, 'ja'))).toEqual(cellsOf(composeReport(facts, 'en')))
      }),
      RUNS,
    )
  })

  test('a page carries the facts that it was rendered from', () => {
    fc.assert(
      fc.property(anyFacts, (facts) => {
        expect(factsIn(renderHtml(facts, 'en', { withPeople: true }))).toEqual(facts)
        expect(factsIn(renderHtml(facts, 'ja'))).toEqual(withoutPeople(facts))
      }),
      RUNS,
    )
  })

  test('the same facts give the same bytes', () => {
    fc.assert(
      fc.property(anyFacts, (facts) => {
        const copy: MonthFacts = JSON.parse(JSON.stringify(facts))
        expect(renderHtml(copy, 'ja')).toBe(renderHtml(facts, 'ja'))
      }),
      { numRuns: 10 },
    )
  })
})

/** The figures of each tile and cell; names of months are words and left out. */
function cellsOf({ blocks }: Document): string[][] {
  const figures = (text: string) => figuresOf(text.replace(/\d{4}年\d+月|[A-Z][a-z]+ \d{4}$/, ''))
  return blocks.flatMap((block) => {
    if (block.type === 'tiles') return block.tiles.map(({ figure, lines }) => figures([figure, ...lines].join(' ')))
    if (block.type !== 'table') return []
    return block.rows.flat().map(({ text }: Cell) => figures(text).sort())
  })
}

test.each(LANGUAGES)(
  'twenty journeys with all that can be told of them have room in half a megabyte, in %s',
  (language) => {
    const page = renderHtml(largeFacts(20), language)
    expect(page.match(/<svg class="chart"/g)?.length).toBeGreaterThan(40)
    expect(Buffer.byteLength(page)).toBeLessThan(500_000)
  },
)

test('sample data are called so before anything else', () => {
  const facts = { ...octoberFacts(), sample: true }
  expect(renderMarkdown(facts, 'en').split('\n')[0]).toBe(
    '> **SAMPLE DATA. These numbers are made up and show what a report looks like.**',
  )
  expect(renderMarkdown(facts, 'ja').split('\n')[0]).toMatch(/^> \*\*サンプルデータ：/)
  expect(textOfHtml(renderHtml(facts, 'ja')).trim()).toMatch(/^サンプルデータ：/)
  expect(renderMarkdown(octoberFacts(), 'en')).not.toContain('SAMPLE')
})

describe('people', () => {
  const october = octoberFacts()
  const [first, ...others] = october.fixes.open
  const open = first === undefined ? [] : [{ ...first, owner: 'suzuki' }, ...others]
  const facts: MonthFacts = { ...october, fixes: { ...october.fixes, open } }
  const everything = (withPeople: boolean) =>
    LANGUAGES.flatMap((language) => [
      renderMarkdown(facts, language, { withPeople }),
      renderHtml(facts, language, { withPeople }),
    ])

  test('are not named, not even in the facts that a page carries', () => {
    for (const text of everything(false)) expect(text).not.toMatch(/suzuki|tanaka/)
    expect(renderMarkdown(facts, 'en')).toContain('| assigned |')
    expect(renderMarkdown(facts, 'en')).toContain('| nobody |')
  })

  test('are named when asked for', () => {
    for (const text of everything(true)) expect(text).toMatch(/suzuki[\s\S]*tanaka/)
  })
})

test('a month of nothing says so', () => {
  expect(renderMarkdown(emptyFacts(), 'en').split('## Appendix B: words and formulas')[0]).toMatchInlineSnapshot(`
    "# Reliability report — October 2026

    - Complete. Data until 2026-11-01 00:00, written 2026-11-05 10:12.
    - 2026-10-01 to 2026-10-31, Asia/Tokyo
    - Journeys file 0123456789abcdef

    ## In 30 seconds

    | Journeys on target | Fixes on time | Time to stop harm | Asked of you |
    | --- | --- | --- | --- |
    | **none judged** | **none due** · **none on the table** · stock rate | **no incident** | **nothing** |

    No journey could be judged this month. No fix is open.

    ## Decisions asked

    No decision is asked this month.

    ## Journeys at a glance

    No journey is defined.

    ## Incidents

    No incident this month.

    ## Permanent fixes

    No fix was due this month. No fix lay on the table this month.

    **Rates**

    | Rate | Value | Fixes | Meaning |
    | --- | ---: | ---: | --- |
    | On time |  | none due | done by the first due date, of those whose first due date was in the month; target 80 % |
    | Stock rate |  | none on the table | done, of all that lay on the table: open at start + new + returned − dropped |
    | Clearance |  | no new fixes | done for each new one; above 100 % the debt shrinks |

    **Where the open fixes come from**

    | Open at start | + New | + Returned | − Done | − Dropped | = Open at end |
    | ---: | ---: | ---: | ---: | ---: | ---: |
    | 0 | 0 | 0 | 0 | 0 | 0 |

    No fix is open.

    ## Alert quality

    No alert fired this month.

    "
  `)
  expect(renderMarkdown(emptyFacts(), 'ja').split('## 付録B 用語と計算式')[0]).toMatchInlineSnapshot(`
    "# 月次信頼性レポート 2026年10月

    - 集計完了。2026-11-01 00:00までのデータを反映、2026-11-05 10:12作成。
    - 対象期間 2026-10-01〜2026-10-31（Asia/Tokyo）
    - ジャーニー定義 0123456789abcdef

    ## 30秒サマリー

    | 目標を達成したジャーニー | 恒久対応の期限内完了 | 影響停止までの時間 | お願いしたい判断 |
    | --- | --- | --- | --- |
    | **判定対象なし** | **期限到来なし** · **対象なし** · 消化率 | **障害なし** | **なし** |

    当月は判定できるジャーニーがありませんでした。未完了の恒久対応はありません。

    ## お願いしたい判断

    当月、お願いしたい判断はありません。

    ## ユーザージャーニー別の結果

    ジャーニーが定義されていません。

    ## 障害

    当月の障害はありませんでした。

    ## 恒久対応

    当月が期限の恒久対応はありませんでした。当月対象の恒久対応はありませんでした。

    **完了率**

    | 指標 | 割合 | 件数 | 意味 |
    | --- | ---: | ---: | --- |
    | 期限内完了率 |  | 期限到来なし | 最初の期限が当月の恒久対応のうち、その期限までに完了したもの。目標は80% |
    | 消化率 |  | 対象なし | 当月対象の恒久対応（月初の未完了 + 新規 + 再開 − 取り下げ）のうち、完了したもの |
    | 完了・新規比 |  | 新規なし | 新規の件数に対する完了の件数。100%を超えると未完了が減ります |

    **未完了件数の増減**

    | 月初の未完了 | + 新規 | + 再開 | − 完了 | − 取り下げ | = 月末の未完了 |
    | ---: | ---: | ---: | ---: | ---: | ---: |
    | 0 | 0 | 0 | 0 | 0 | 0 |

    未完了の恒久対応はありません。

    ## アラートの質

    当月に発報したアラートはありません。

    "
  `)
})

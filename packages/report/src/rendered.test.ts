import { type MonthFacts, sortJourneys, sortObjectives } from '@tabiji/core/report'
import { addMonths } from '@tabiji/core/time'
import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { afterAll, describe, expect, test } from 'vitest'
import { renderCsv, renderHtml } from './index.ts'
import { anyFacts, RUNS } from './testing/arbitrary.ts'
import { burnDownsOf, rowsOfSection, sectionOf } from './testing/read-back.ts'
import { LANGUAGES } from './words/language.ts'

/** How often each law had something to say; a property of nothing would always hold. */
const seen = { burnDowns: 0, overspent: 0, tooFew: 0, compared: 0, unjudged: 0, few: 0, enough: 0 }
afterAll(() => {
  for (const [law, times] of Object.entries(seen)) expect([law, times > 0]).toEqual([law, true])
})

/** `−8.1 %` and `108.0%` in tenths. */
const tenths = (text: string) => Math.round(Number(text.replace(/[^\d.−]/g, '').replace('−', '-')) * 10)

describe.each(LANGUAGES)('what is drawn and written of a month in %s', (language) => {
  test('a burn-down never rises, in its line as in its table, and ends at the budget left', () => {
    fc.assert(
      fc.property(anyFacts, (facts) => {
        for (const { heights, dot, lefts } of burnDownsOf(renderHtml(facts, language))) {
          seen.burnDowns++
          expect(heights).toHaveLength(lefts.length + 1)
          // Down is up in a drawing.
          expect(heights).toEqual(heights.toSorted((a, b) => a - b))
          const left = lefts.map(tenths)
          expect(left).toEqual(left.toSorted((a, b) => b - a))
          expect(heights.at(-1)).toBe(dot)
          if ((left.at(-1) ?? 0) < 0) seen.overspent++
        }
      }),
      RUNS,
    )
  })

  test('the budget left and the budget used at a glance are the whole', () => {
    fc.assert(
      fc.property(anyFacts, (facts) => {
        const page = renderHtml(facts, language)
        const rows = rowsOfSection(page, 'journeys')
        for (const [i, { name, objectives }] of sortJourneys(facts.journeys).entries()) {
          const [worst] = sortObjectives(objectives)
          if (worst?.met === undefined || worst.days === undefined) continue
          // Of several objectives the worst stands first, and what needs attention stands above.
          const sections = [`attention-${name}`, `journey-${name}`].map((anchor) => sectionOf(page, anchor))
          const [first] = burnDownsOf(sections.join(''))
          const left = tenths(first?.lefts.at(-1) ?? '')
          // Both are cut, so a tenth may be lost between them.
          expect([999, 1000]).toContain(left + tenths(rows[i]?.[6] ?? ''))
        }
      }),
      RUNS,
    )
  })

  test('what is too little to compare is called so, in months and in incidents', () => {
    const few = language === 'en' ? 'too few to compare' : /件数が少なく比較対象外|他の月との比較は行いません/
    fc.assert(
      fc.property(anyFacts, (facts) => {
        const page = renderHtml(facts, language)
        const rows = rowsOfSection(page, 'journeys')
        for (const [i, journey] of sortJourneys(facts.journeys).entries()) {
          const [worst] = sortObjectives(journey.objectives)
          const previous = worst?.before?.find(({ month }) => month === addMonths(facts.month, -1))
          if (worst?.met === undefined || previous?.met === undefined) continue
          const isFew = worst.bad < 5 && previous.bad < 5
          seen[isFew ? 'tooFew' : 'compared']++
          if (isFew) expect(rows[i]?.[7]).toMatch(few)
          else expect(rows[i]?.[7]).not.toMatch(few)
        }
        const stopped = facts.incidents.filter(
          ({ drill, impactStartedAt, mitigatedAt }) =>
            !drill && impactStartedAt !== undefined && mitigatedAt !== undefined,
        )
        if (stopped.length === 0) return
        seen[stopped.length < 5 ? 'few' : 'enough']++
        const said = sectionOf(page, 'incidents')
        if (stopped.length < 5) expect(said).toMatch(few)
        else expect(said).not.toMatch(few)
      }),
      RUNS,
    )
  })

  test('a journey that is not judged is neither met nor missed, and in no count of them', () => {
    const words = language === 'en' ? /\bmet\b|missed/i : /達成(?!した)|未達/
    fc.assert(
      fc.property(anyFacts, (facts) => {
        const page = renderHtml(facts, language)
        const rows = rowsOfSection(page, 'journeys')
        for (const [i, journey] of sortJourneys(facts.journeys).entries()) {
          if (journey.objectives.some(({ met }) => met !== undefined)) continue
          seen.unjudged++
          const [state, , , , result = ''] = rows[i] ?? []
          expect(state).toMatch(language === 'en' ? '○ Not judged' : '○ 判定対象外')
          expect(result).toBe('')
          expect(rowsOfSection(page, `journey-${journey.name}`).flat().join(' ')).not.toMatch(words)
        }
        expectCounted(facts, page)
      }),
      RUNS,
    )
  })
})

/** The first tile says how many were met of how many were judged. */
function expectCounted({ journeys }: MonthFacts, page: string): void {
  const judged = journeys.filter(({ objectives }) => objectives.some(({ met }) => met !== undefined))
  const met = judged.filter(({ objectives }) => objectives.every(({ met }) => met !== false))
  const [, figure = ''] = /<p class="figure">(.*?)<\/p>/.exec(page) ?? []
  const told =
    figure
      .match(/\d+/g)
      ?.map(Number)
      .sort((a, b) => a - b) ?? []
  expect(told).toEqual(judged.length === 0 ? [] : [met.length, judged.length])
}

test('in the tables for spreadsheets what is not judged has no verdict, no result and no share', () => {
  fc.assert(
    fc.property(anyFacts, (facts) => {
      const rows: Record<string, string>[] = parse(renderCsv(facts).journeys, { bom: true, columns: true })
      const objectives = facts.journeys.flatMap((journey) => journey.objectives)
      for (const [i, { unjudged }] of objectives.entries()) {
        if (unjudged === undefined) continue
        expect(rows[i]).toMatchObject({ met: '', result_ratio: '', used_ratio: '', unjudged_reason: unjudged })
      }
    }),
    RUNS,
  )
})

import { type MonthFacts, parseMonthFacts } from '@tabiji/core/report'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { anyFacts, RUNS } from '../testing/arbitrary.ts'
import { correctedFacts, octoberFacts } from '../testing/facts.ts'
import { catalogueOf } from '../words/catalogues.ts'
import { LANGUAGES, type Language } from '../words/language.ts'
import type { Block } from './block.ts'
import { withoutPeople } from './people.ts'
import { composeReport } from './report.ts'

type Table = Extract<Block, { type: 'table' }>

const blocksOf = (facts: MonthFacts, language: Language, withPeople = false) =>
  composeReport(facts, language, { withPeople }).blocks
const sentencesOf = (facts: MonthFacts, language: Language) =>
  blocksOf(facts, language).flatMap((block) => (block.type === 'paragraph' ? block.sentences : []))

function rowsOf(facts: MonthFacts, language: Language, withPeople = false): readonly (readonly string[])[] {
  const { corrections } = catalogueOf(language).measuring
  const found = blocksOf(facts, language, withPeople).find(
    (block): block is Table => block.type === 'table' && block.caption === corrections,
  )
  return (found?.rows ?? []).map((row) => row.map(({ text }) => text))
}

test('the facts of this file are facts', () => {
  expect(parseMonthFacts(JSON.parse(JSON.stringify(correctedFacts())))).toMatchObject({ ok: true })
})

describe('corrections of a month', () => {
  test('are told with what they leave out, why, and that somebody answers for it', () => {
    expect(rowsOf(correctedFacts(), 'en')).toEqual([
      [
        'COR-0001',
        'weekly maintenance',
        'order/availability and search-shoes/availability',
        '2026-10-04 03:00',
        '2026-10-25 04:00',
        '4',
        '4 h 0 min',
        '600',
        '',
      ],
      [
        'COR-0002',
        'power cut in the data centre',
        'order/availability',
        '2026-10-20 10:00',
        '2026-10-20 10:35',
        '1',
        '35 min',
        '900',
        'on record',
      ],
    ])
  })

  test('name their author only with people, in a page’s facts too', () => {
    expect(rowsOf(correctedFacts(), 'ja').map((row) => row.at(-1))).toEqual(['', '記録あり'])
    expect(rowsOf(correctedFacts(), 'ja', true).map((row) => row.at(-1))).toEqual(['', 'suzuki'])
    expect(withoutPeople(correctedFacts()).corrections?.map(({ author }) => author)).toEqual([undefined, '(withheld)'])
  })

  test('mark the results that they change, and no others, with the raw one beside', () => {
    const marked = blocksOf(correctedFacts(), 'en').flatMap((block) =>
      block.type === 'table' ? block.rows.flatMap((row) => row.map(({ text }) => text)) : [],
    )
    expect(marked.filter((text) => text.includes('(corrected)'))).toEqual([
      'availability (corrected)',
      'availability (corrected)',
    ])
    expect(sentencesOf(correctedFacts(), 'en')).toEqual(
      expect.arrayContaining([
        '1 result leaves corrected time out.',
        'availability leaves corrected time out; without corrections the result is 99.729 % (820 bad of 303,000 events).',
      ]),
    )
    expect(sentencesOf(correctedFacts(), 'ja')).toContain(
      'availabilityは補正対象の時間を除いた値です。補正前の実績は99.729%（イベント303,000件中、不良820件）です。',
    )
  })

  test.each(LANGUAGES)('are not spoken of in %s when there are none', (language) => {
    const facts = octoberFacts()
    expect(rowsOf(facts, language)).toEqual([])
    expect(sentencesOf(facts, language)).not.toContain(catalogueOf(language).measuring.rawStays)
    const read = facts.journeys.filter(({ coverage }) => coverage.readSlots === coverage.expectedSlots)
    const quiet = { ...facts, journeys: read, definition: { ...facts.definition, revisions: [] } }
    expect(JSON.stringify(blocksOf(quiet, language))).not.toContain(catalogueOf(language).measuring.heading)
  })

  test('have a row each, and every changed objective its sentence, in all months', () => {
    fc.assert(
      fc.property(anyFacts, fc.constantFrom(...LANGUAGES), (facts, language) => {
        expect(rowsOf(facts, language).map(([key]) => key)).toEqual((facts.corrections ?? []).map(({ key }) => key))
        const raws = facts.journeys.flatMap(({ objectives }) => objectives.flatMap(({ raw }) => raw ?? []))
        const { withoutCorrections } = catalogueOf(language).journeys
        const pattern =
          withoutCorrections('A', 'B', 'C', 'D')
            .split(/[ABCD]/)
            .at(1) ?? ''
        const told = sentencesOf(facts, language).filter((sentence) => sentence.includes(pattern))
        expect(told).toHaveLength(raws.length)
      }),
      RUNS,
    )
  })
})

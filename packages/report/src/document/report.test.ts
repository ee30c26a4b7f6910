import { fixMonth, type Share } from '@tabiji/core/fix'
import { type JourneyMonth, judgeObjective, type MonthFacts } from '@tabiji/core/report'
import { isoIn, MINUTE, monthRange } from '@tabiji/core/time'
import { describe, expect, test } from 'vitest'
import { emptyFacts, objective, octoberFacts } from '../testing/facts.ts'
import { owedIn } from '../testing/owed.ts'
import type { Language } from '../words/language.ts'
import type { Document } from './block.ts'
import { stopTimes } from './incidents.ts'
import { composeReport } from './report.ts'

function sentencesOf({ blocks }: Document): string[] {
  return blocks.flatMap((block) => (block.type === 'paragraph' ? block.sentences : []))
}

function sentences(facts: MonthFacts, language: Language = 'en'): string[] {
  return sentencesOf(composeReport(facts, language))
}

function tile(facts: MonthFacts, number: number): readonly string[] {
  const tiles = composeReport(facts, 'en').blocks.find((block) => block.type === 'tiles')?.tiles[number]
  const { figure = '', lines = [], second } = tiles ?? {}
  return [figure, ...lines, ...(second === undefined ? [] : [second.figure, ...second.lines])]
}

function journey(name: string, bad: number, valid = 1_000_000): JourneyMonth {
  const coverage = { readSlots: 1, expectedSlots: 1 }
  const title = { en: name.toUpperCase(), ja: `旅${name}` }
  return { name, title, tier: 1, objectives: [objective({}, bad, valid)], steps: [], coverage }
}

function withJourneys(...journeys: readonly JourneyMonth[]): MonthFacts {
  return { ...emptyFacts(), journeys }
}

describe('the first sentences', () => {
  test('tell of the missed journey with least budget left, and the tile names two', () => {
    const facts = withJourneys(journey('a', 2_000), journey('b', 0), journey('c', 1_001), journey('d', 3_000))
    expect(sentences(facts)[0]).toBe('D missed its target (99.70 % against 99.9 %).')
    expect(sentences(facts, 'ja')[0]).toBe('旅dは目標未達でした（実績99.70%、目標99.9%）。')
    expect(tile(facts, 0)).toEqual(['1 of 4', '✖ missed: D, A, and 1 more'])
  })

  test('say when everything was met', () => {
    expect(sentences(withJourneys(journey('a', 0), journey('b', 0)))[0]).toBe('All 2 judged journeys met their target.')
  })

  test('leave journeys that cannot be judged out of the count', () => {
    const facts = withJourneys(journey('a', 0), journey('b', 0, 10))
    expect(tile(facts, 0)).toEqual(['1 of 1', '○ 1 not judged'])
    expect(sentences(facts)).toContain(
      'availability is not judged: with 10 events, a single bad one is 10,000 % of the budget.',
    )
  })
})

test.each([
  [1_000_000, '100.0 %', 'met'],
  [1_000_001, '100.0001 %', 'missed'],
  [1_000_499, '100.04 %', 'missed'],
  [999_999, '99.9 %', 'met'],
])('of 1,000,000 bad events allowed, %i are %s: %s', (bad, used, verdict) => {
  const { blocks } = composeReport(withJourneys(journey('a', bad, 1_000_000_000)), 'en')
  const row = (caption: string) =>
    blocks.flatMap((block) => (block.type === 'table' && block.caption === caption ? [block.rows[0]] : []))[0]
  expect(row('Journeys at a glance')?.at(-1)?.text).toBe(used)
  expect(
    row('Objectives of A')
      ?.slice(6, 8)
      .map(({ text }) => text),
  ).toEqual([used, verdict])
})

test('a target that was changed and changed back is told three times', () => {
  const [first] = octoberFacts().journeys
  const part = (day: number, targetPpm: number) => ({
    from: `2026-10-${day}T00:00:00+09:00`,
    to: `2026-10-${day + 5}T00:00:00+09:00`,
    targetPpm,
    bad: 1,
    valid: 10_000,
  })
  const coverage = { readSlots: 1, expectedSlots: 1 }
  const promised = { name: 'a', indicator: 'latency', targetPpm: 990_000, window: { kind: 'month' } } as const
  const changed = judgeObjective(promised, [part(10, 990_000), part(15, 999_000), part(20, 990_000)], coverage)
  const same = judgeObjective(promised, [part(10, 990_000), part(15, 990_000)], coverage)
  const cells = (found: typeof changed) =>
    composeReport(first === undefined ? emptyFacts() : withJourneys({ ...first, objectives: [found] }), 'en')
      .blocks.flatMap((block) => (block.type === 'table' ? [block] : []))
      .map(({ caption, rows }) => [caption, rows[0]?.[3]?.text])
  expect(cells(changed)[0]).toEqual(['Journeys at a glance', '99 % → 99.9 % → 99 %'])
  expect(cells(changed).map(([caption]) => caption)).toContain('The target of a was changed')
  expect(cells(same).map(([caption]) => caption)).not.toContain('The target of a was changed')
})

describe('what is in doubt', () => {
  const doubt = { service: 'shop', from: '2026-10-01T00:00:00+09:00', to: '2026-10-01T01:10:30+09:00' }
  const facts = (...estimates: readonly (readonly [number, number, number, number])[]): MonthFacts => ({
    ...emptyFacts(),
    doubts: estimates.map((estimate) => ({ ...doubt, estimate })),
  })

  test('is one line with its length and an estimate that is called one', () => {
    expect(sentences(facts([1_000, 2, 3, 4]))).toContain(
      'In doubt: 1 stretch of time (1 h 11 min in all) in which a process was gone before it had told its last counts. By estimate, about 1,009 events are missing from the figures.',
    )
    expect(sentences(facts([1, 0, 0, 0], [1, 0, 0, 0]), 'ja')).toContain(
      'プロセスが最後の件数を伝えずに終了した区間が2件（計2時間21分）あります。推定で約2件のイベントが集計に含まれていません。',
    )
  })

  test('is not spoken of when there is none', () => {
    expect(sentences(emptyFacts()).join(' ')).not.toContain('doubt')
  })
})

describe('a gap in the data', () => {
  const gap = (readSlots: number) => {
    const coverage = { readSlots, expectedSlots: 1_000 }
    return withJourneys({ ...journey('a', 0), objectives: [objective({}, 0, 10_000, coverage)], coverage })
  }

  test('that is small is said, and the rest is judged', () => {
    expect(sentences(gap(999))).toContain('1 of 1,000 time slots are missing (0.100 %); results use the rest.')
  })

  test('that is large is why nothing is judged', () => {
    expect(sentences(gap(900))).toContain('100 of 1,000 time slots are missing (10.000 %): too many for a verdict.')
  })

  test('that is not there is not said', () => {
    expect(sentences(gap(1_000)).join(' ')).not.toContain('missing')
  })
})

describe('incidents', () => {
  const at = (clock: string) => `2026-10-20T${clock}:00+09:00`
  const incident = (key: string, started?: string, mitigated?: string, drill = false) => ({
    key,
    title: key,
    journeys: [],
    episodes: [],
    drill,
    openedAt: at('10:00'),
    ...(started !== undefined && { impactStartedAt: at(started) }),
    ...(mitigated !== undefined && { mitigatedAt: at(mitigated) }),
  })

  test('are timed by the lower median and the range; drills and missing times are left out', () => {
    const found = [
      incident('A', '10:00', '10:30'),
      incident('B', '10:00', '10:05'),
      incident('C', '10:00', '11:00'),
      incident('D', '10:00', '10:45'),
      incident('E', '10:00'),
      incident('F', '10:00', '10:01', true),
    ]
    expect(stopTimes(found)).toEqual({ count: 4, median: 30 * MINUTE, shortest: 5 * MINUTE, longest: 60 * MINUTE })
    expect(stopTimes([incident('E')])).toBeUndefined()
  })

  test('are compared with no other month while few have times, whatever their number', () => {
    const untimed = Array.from({ length: 7 }, (_, i) => incident(`U${i}`))
    const facts = { ...emptyFacts(), incidents: [...untimed, incident('A', '10:00', '10:30')] }
    expect(sentences(facts)).toContain('1 incident with stated times: too few to compare with other months.')
    expect(tile(facts, 2)).toEqual(['30 min', 'median, n = 1 of 8'])
    expect(tile({ ...facts, incidents: untimed }, 2)).toEqual(['not stated', '7 incidents'])
  })
})

test('a month with fewer than three fixes due shows no percentage', () => {
  const due = (key: string, done: boolean) => ({
    key,
    events: [
      { type: 'added', at: Date.parse('2026-09-01T12:00:00+09:00'), title: key, kind: 'prevent', due: '2026-10-10' },
      ...(done ? [{ type: 'done', at: Date.parse('2026-10-02T12:00:00+09:00') } as const] : []),
    ] as const,
  })
  const now = Date.parse('2026-11-05T12:00:00+09:00')
  const fixes = fixMonth([due('FIX-0001', true), due('FIX-0002', false)], '2026-10', 'Asia/Tokyo', now)
  expect(sentences({ ...emptyFacts(), fixes })).toContain(
    '1 of 2 fixes due this month were finished on time (target 80 %).',
  )
  expect(tile({ ...emptyFacts(), fixes }, 1)).toEqual([
    '1 of 2 due',
    '1 overdue, oldest 61 days',
    '1 of 2',
    'stock rate',
  ])
})

test('a month that was restated says what it was, what it is and why, in the words of the reader', () => {
  const recordedAt = '2026-11-10T12:04:00+09:00'
  const because = [{ fix: 'FIX-0001', title: 't', type: 'reopened' as const, recordedAt, reason: 'it is back' }]
  const [was, is] = [1, 0].map((numerator) => ({ numerator, denominator: 2 })) as [Share, Share]
  const statistics = {
    ...owedIn({ histories: [], incidents: [], costly: [] }, '2026-10', 'Asia/Tokyo', Date.parse(recordedAt)).statistics,
    restatements: [
      { figure: 'onTime' as const, was, is, because },
      { figure: 'openAtEnd' as const, was: 3, is: 4, because },
    ],
  }
  const rows = (language: Language, caption: string) =>
    composeReport({ ...emptyFacts(), statistics }, language)
      .blocks.flatMap((block) => (block.type === 'table' && block.caption === caption ? block.rows : []))
      .map((row) => row.map(({ text }) => text).join(' | '))
  expect(rows('en', 'Restated since the month ended')).toEqual([
    'On time | 1 of 2 | 0 of 2 | FIX-0001, recorded 2026-11-10 12:04: it is back',
    'Open at end | 3 | 4 | FIX-0001, recorded 2026-11-10 12:04: it is back',
  ])
  expect(rows('ja', '月末後に訂正された数値')[1]).toBe(
    '月末の未完了 | 3 | 4 | FIX-0001（2026-11-10 12:04に記録、it is back）',
  )
})

test('a month that runs says since when its beginning is another number: since the month before ended', () => {
  const generatedAt = '2026-10-20T09:00:00+09:00'
  const because = [{ fix: 'FIX-0001', title: 't', type: 'done' as const, recordedAt: generatedAt }]
  const owed = owedIn({ histories: [], incidents: [], costly: [] }, '2026-10', 'Asia/Tokyo', Date.parse(generatedAt))
  const statistics = { ...owed.statistics, restatements: [{ figure: 'openAtStart' as const, was: 3, is: 2, because }] }
  const captions = (language: Language) =>
    composeReport({ ...emptyFacts(), statistics, generatedAt, complete: false }, language).blocks.flatMap((block) =>
      block.type === 'table' ? [block.caption, ...block.columns.map(({ label }) => label)] : [],
    )
  expect(captions('en')).toEqual(expect.arrayContaining(['Restated since the month before ended', 'When that ended']))
  expect(captions('en')).not.toContain('Restated since the month ended')
  expect(captions('ja')).toEqual(expect.arrayContaining(['前月末後に訂正された数値', '前月末時点']))
})

describe('the head', () => {
  const head = (month: string, timeZone: string, now: string) => {
    const { from, to } = monthRange(month, timeZone)
    const told = { from: isoIn(from, timeZone), to: isoIn(to, timeZone), generatedAt: now, dataUntil: now }
    const fixes = fixMonth([], month, timeZone, Date.parse(now))
    return composeReport({ ...emptyFacts(), month, timeZone, ...told, complete: false, fixes }, 'en').lines
  }

  test('of a running month says draft, and why', () => {
    expect(head('2026-10', 'Asia/Tokyo', '2026-10-20T09:00:00+09:00')[0]).toBe(
      'Draft: the month is not over, numbers can still change. Data until 2026-10-20 09:00, written 2026-10-20 09:00.',
    )
  })

  test('of a month that is over but not read to its end says so', () => {
    expect(head('2026-10', 'Asia/Tokyo', '2026-11-01T00:00:00+09:00')[0]).toMatch(/^Draft: the month is over/)
  })

  test.each([
    ['2024-02', 'Asia/Tokyo', '2024-02-01 to 2024-02-29, Asia/Tokyo'],
    ['2026-02', 'Asia/Tokyo', '2026-02-01 to 2026-02-28, Asia/Tokyo'],
    ['2026-03', 'America/New_York', '2026-03-01 to 2026-03-31, America/New_York'],
    ['2026-11', 'America/New_York', '2026-11-01 to 2026-11-30, America/New_York'],
  ])('of %s in %s names its first and last day', (month, zone, period) => {
    const now = isoIn(monthRange(month, zone).to, zone)
    expect(head(month, zone, now)[1]).toBe(period)
  })
})

test('estimates are marked wherever their figures stand, in both languages, and exact figures are not', () => {
  const [exact, guessed] = [
    objective({ name: 'pay.availability', step: 'pay' }, 2_000, 1_000_000),
    objective({ name: 'up.availability', step: 'up', estimate: true }, 3_000, 1_000_000),
  ]
  const counts = [997_000, 0, 3_000, 0] as const
  const steps = [
    { name: 'pay', counts },
    { name: 'up', counts },
  ]
  const facts = withJourneys({ ...journey('a', 0), objectives: [exact, guessed], steps })
  for (const language of ['en', 'ja'] as const) {
    const { blocks } = composeReport(facts, language)
    const cells = blocks.flatMap((block) => (block.type === 'table' ? block.rows.flat() : [])).map(({ text }) => text)
    const texts = [...cells, ...sentences(facts, language)]
    const marked = texts.filter((text) => text.includes('≈'))
    const percent = language === 'en' ? ' %' : '%'
    expect(marked).toEqual(expect.arrayContaining(['≈ up.availability', `≈ 99.70${percent}`, '≈ up']))
    expect(marked.filter((text) => /pay|99\.80/.test(text))).toEqual([])
    expect(texts).toEqual(expect.arrayContaining(['pay.availability', `99.80${percent}`, 'pay']))
    expect(cells).not.toContain('up.availability')
  }
  expect(sentences(facts)).toContain(
    '≈ up.availability is an estimate: an engine evaluated a query, no service counted events.',
  )
  expect(sentences(facts, 'ja')).toContain(
    '≈ up.availabilityは推定値です（サービスの実数ではなく、クエリの評価結果による）。',
  )
})

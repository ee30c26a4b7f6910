import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { assembleTimeline } from './assemble.ts'
import { decideIncident, type IncidentCommand } from './command.ts'
import { foldIncident, type IncidentEvent } from './incident.ts'
import type { SourceLine, TimelineFacts, TimelineLine } from './timeline-line.ts'
import { timelineText } from './timeline-text.ts'
import { TIMELINE_EN, TIMELINE_JA } from './timeline-words.ts'

const ZONE = 'Asia/Tokyo'
const at = (text: string) => Date.parse(`2026-10-20T${text}:00+09:00`)
const CONTEXT = { key: 'INC-0001', keys: ['INC-0001'], journeys: ['checkout'], zone: ZONE, by: 'aoi' }
const OPEN: IncidentCommand = {
  ...{ type: 'open', title: 'Checkout fails', journeys: ['checkout'], episodes: [], drill: false },
}

/** Runs commands one minute apart, from 13:00 on. What is refused throws. */
function run(...commands: readonly IncidentCommand[]): readonly IncidentEvent[] {
  const events: IncidentEvent[] = []
  for (const [i, command] of [OPEN, ...commands].entries()) {
    const now = at('13:00') + i * 60_000
    const decision = decideIncident(foldIncident('INC-0001', events), command, { ...CONTEXT, now })
    if (!decision.ok) throw new Error(decision.problems.map(({ code }) => code).join())
    events.push(...decision.events)
  }
  return events
}

const refusalOf = (events: readonly IncidentEvent[], command: IncidentCommand) => {
  const decision = decideIncident(foldIncident('INC-0001', events), command, { ...CONTEXT, now: at('14:00') })
  return decision.ok ? [] : decision.problems.map(({ code }) => code)
}
const lines = (events: readonly IncidentEvent[], others: readonly SourceLine[] = []) =>
  assembleTimeline('INC-0001', events, others)
const shown = (all: readonly TimelineLine[], language: 'en' | 'ja' = 'en') =>
  all.map((line) => `${line.id} ${timelineText(line, language, ZONE)}`)

const note = (text: string, happened?: string): IncidentCommand => ({
  ...{ type: 'note', text, via: 'person' },
  ...(happened !== undefined && { happened }),
})
const kept = (identity: string, text = identity, happenedAt = at('12:50')) => ({
  identity,
  text,
  happenedAt,
  by: 'ren',
})

describe('lines that people write', () => {
  test('stand where they happened, not where they were written', () => {
    expect(shown(lines(run(note('looks like payments', '12:52'), note('rolled back'))))).toEqual([
      'L-0001 looks like payments',
      'E-0001 Incident opened: Checkout fails',
      'L-0002 rolled back',
    ])
  })

  test('a decision keeps what was known, the options, the choice and why, in both languages', () => {
    const choice = { knew: '5xx since 13:31', options: ['wait', 'roll back'], choice: 'roll back', why: 'it is quick' }
    const events = run({ type: 'decide', via: 'person', ...choice })
    expect(shown(lines(events)).at(-1)).toBe(
      'L-0001 Decision: roll back. Known then: 5xx since 13:31. Options: wait, roll back. Because: it is quick',
    )
    expect(shown(lines(events), 'ja').at(-1)).toBe(
      'L-0001 判断：roll back／当時わかっていたこと：5xx since 13:31／選択肢：wait、roll back／理由：it is quick',
    )
  })

  test('what is struck out stays, with the reason, and is not struck twice', () => {
    const events = run(note('wrong host'), { type: 'strike', line: 'L-0001', reason: 'it was another host' })
    expect(shown(lines(events)).at(-1)).toBe('L-0001 [struck out: it was another host] wrong host')
    expect(refusalOf(events, { type: 'strike', line: 'L-0001', reason: 'again' })).toEqual(['LINE_STRUCK'])
    expect(refusalOf(events, { type: 'strike', line: 'E-0001', reason: 'no' })).toEqual(['LINE_NOT_WRITTEN'])
  })

  test('a star is put on any line, and taken off', () => {
    const star: IncidentCommand = { type: 'star', line: 'E-0001' }
    expect(lines(run(star, star)).map(({ starred }) => starred)).toEqual([true])
    expect(lines(run(star, { type: 'unstar', line: 'E-0001' })).map(({ starred }) => starred)).toEqual([false])
  })

  test.each<readonly [string, IncidentCommand]>([
    ['LINE_TEXT', note('  ')],
    ['LINE_TEXT', note('x'.repeat(2_001))],
    ['LINE_TIME', note('later', '23:00')],
    ['LINE_TIME', note('when', 'noon')],
    ['LINE_DECISION', { type: 'decide', via: 'person', knew: '', options: [], choice: 'x', why: 'y' }],
  ])('%s refuses what cannot be kept', (code, command) => {
    expect(refusalOf(run(), command)).toEqual([code])
  })
})

describe('what is imported', () => {
  const take = (...all: readonly ReturnType<typeof kept>[]): IncidentCommand => ({
    type: 'import',
    from: 'slack',
    lines: all,
  })

  test('is taken once, however often it is imported', () => {
    const once = run(take(kept('a'), kept('b')))
    expect(run(take(kept('a'), kept('b'), kept('a')), take(kept('b'), kept('a')))).toEqual(once)
    expect(shown(lines(once))).toEqual(['L-0001 a', 'L-0002 b', 'E-0001 Incident opened: Checkout fails'])
  })

  test('from a shell is shown as a command', () => {
    const events = run({ type: 'import', from: 'shell', lines: [kept('a', 'kubectl rollout undo deploy/pay')] })
    expect(shown(lines(events))[0]).toBe('L-0001 $ kubectl rollout undo deploy/pay')
  })

  test('is bounded', () => {
    const many = Array.from({ length: 5_001 }, (_, i) => kept(String(i)))
    expect(refusalOf(run(), take(...many))).toEqual(['LINE_TOO_MANY'])
  })
})

const FACTS: readonly TimelineFacts[] = [
  {
    kind: 'alert',
    episode: 'A-0042',
    level: 1,
    change: 'acked',
    journey: { en: 'Checkout', ja: '購入' },
    note: 'on it',
  },
  { kind: 'held', episode: 'A-0042', receiver: 'chat', gates: ['silence'], until: at('14:00') },
  { kind: 'delivered', episode: 'A-0042', receiver: 'pager', message: 'trigger', lateMs: 41_000 },
  { kind: 'undelivered', episode: 'A-0042', receiver: 'pager', why: 'Answered 500' },
  { kind: 'change', key: 'ANN-0001', what: 'deploy', title: 'payments@8c1f2e', service: 'payments' },
  { kind: 'correction', key: 'COR-0001', from: at('13:00'), to: at('13:30'), reason: 'load test' },
  { kind: 'fix', key: 'FIX-0001', title: 'Retry on 503', change: 'added' },
  { kind: 'impact', turn: 'began', objective: 'checkout/availability', bad: 182, valid: 10_000 },
  { kind: 'timed', moment: 'impactStarted', value: at('13:31'), reason: 'the books' },
  { kind: 'timed', moment: 'mitigated' },
  { kind: 'derived', moment: 'detected', value: at('13:32') },
  { kind: 'derived', moment: 'mitigated' },
  { kind: 'status', status: 'identified', note: 'payments' },
  { kind: 'role', role: 'lead', name: 'ren', from: 'aoi' },
  { kind: 'recorded', what: 'ticked', about: 'lead' },
]

test('every kind of line has its sentence in both languages', () => {
  const all = FACTS.map((facts, i) => ({ id: `X-${i}`, at: i, source: 'books', facts, starred: false }) as const)
  expect({ en: shown(all), ja: shown(all, 'ja') }).toMatchInlineSnapshot(`
    {
      "en": [
        "X-0 A-0042 (level 1, Checkout) was taken (on it)",
        "X-1 A-0042 to chat was held back until 2026-10-20 14:00: a silence",
        "X-2 A-0042: alert reached pager after 41 s",
        "X-3 A-0042: pager could not be reached: Answered 500",
        "X-4 Deployment of payments: payments@8c1f2e",
        "X-5 COR-0001 excludes 2026-10-20 13:00 to 2026-10-20 13:30 from budgets: load test",
        "X-6 FIX-0001 was added: Retry on 503",
        "X-7 checkout/availability left its target: 1.82 % bad (182 of 10000)",
        "X-8 Time stated: impact began at 2026-10-20 13:31 (the books)",
        "X-9 Time taken back: mitigated",
        "X-10 Time from the record: detected at 2026-10-20 13:32",
        "X-11 Not known any more: mitigated",
        "X-12 Status: cause identified (payments)",
        "X-13 lead handed over by aoi to ren",
        "X-14 Done: lead",
      ],
      "ja": [
        "X-0 A-0042（レベル1、購入）：担当者がつきました（on it）",
        "X-1 A-0042のchatへの通知を2026-10-20 14:00まで保留：サイレンス",
        "X-2 A-0042：アラートが41秒後にpagerへ到達",
        "X-3 A-0042：pagerに届けられませんでした：Answered 500",
        "X-4 デプロイ（payments）：payments@8c1f2e",
        "X-5 COR-0001により2026-10-20 13:00から2026-10-20 13:30までをバジェットから除外：load test",
        "X-6 FIX-0001（Retry on 503）：追加されました",
        "X-7 checkout/availabilityが目標を割り込みました：不良1.82 %（10000件中182件）",
        "X-8 時刻の申告：影響開始は2026-10-20 13:31（the books）",
        "X-9 時刻の取り消し：影響緩和",
        "X-10 記録から求めた時刻：検知は2026-10-20 13:32",
        "X-11 時刻は不明になりました：影響緩和",
        "X-12 状況：原因特定（payments）",
        "X-13 指揮をaoiさんからrenさんに引き継ぎ",
        "X-14 実施済み：lead",
      ],
    }
  `)
})

test('what nobody did says so, and when the impact began is told once', () => {
  const derived = (moment: 'impactStarted' | 'detected', origin: 'books' | 'person'): IncidentCommand => ({
    ...{ type: 'deriveTime', moment, value: at('12:55'), origin },
  })
  const events = run(derived('detected', 'person'), derived('impactStarted', 'books'))
  const began = (when: number): SourceLine => ({
    ...{ id: 'B-1', at: when, source: 'books' },
    facts: { kind: 'impact', turn: 'began', objective: 'checkout/availability', bad: 1, valid: 2 },
  })
  const sources = (others: readonly SourceLine[]) => lines(events, others).map(({ id, source }) => `${id} ${source}`)
  expect(sources([began(at('12:55'))])).toEqual(['B-1 books', 'E-0001 person', 'E-0002 collector'])
  // Another time than the books show is news.
  expect(sources([began(at('12:54'))])).toEqual(['B-1 books', 'E-0001 person', 'E-0002 collector', 'E-0003 books'])
  const starred = [...events, ...run({ type: 'star', line: 'E-0003' }).slice(1)]
  expect(lines(starred, [began(at('12:55'))]).find(({ id }) => id === 'E-0003')?.starred).toBe(true)
})

test('when it was over is told once: where the books say when they were well again, the same time adds nothing', () => {
  const command: IncidentCommand = { type: 'deriveTime', moment: 'mitigated', value: at('12:55'), origin: 'books' }
  const back = (when: number, turn: 'back' | 'worst' = 'back'): SourceLine => ({
    ...{ id: 'B-1', at: when, source: 'books' },
    facts: { kind: 'impact', turn, objective: 'checkout/availability', bad: 0, valid: 2 },
  })
  const ids = (others: readonly SourceLine[]) => lines(run(command), others).map(({ id }) => id)
  expect(ids([back(at('12:55'))])).not.toContain('E-0002')
  expect(ids([back(at('12:57'))])).toContain('E-0002')
  expect(ids([back(at('12:55'), 'worst')])).toContain('E-0002')
})

test('an update says by when the next one is expected, and so does what expects the first', () => {
  const update: IncidentCommand = { type: 'update', text: 'rolling back', next: '30m' }
  const expected: IncidentEvent = { type: 'updateExpected', at: at('13:00'), due: at('13:30') }
  const told = lines([...run(update), expected], [])
  const say = (language: 'en' | 'ja') => told.map((line) => timelineText(line, language, ZONE))
  expect(say('en')).toContain('Next update expected: 2026-10-20 13:30')
  expect(say('ja')).toContain('次の状況報告の予定：2026-10-20 13:30')
  expect(say('en').join('\n')).toMatch(/Update: rolling back · next by 2026-10-20 1\d:\d\d/)
  expect(say('ja').join('\n')).toMatch(/状況報告：rolling back · 次は2026-10-20 1\d:\d\dまで/)
})

test('both catalogues have the same keys', () => {
  const keysOf = (value: object): unknown =>
    Object.entries(value).map(([key, inner]) => (typeof inner === 'object' ? [key, keysOf(inner)] : key))
  expect(keysOf(TIMELINE_JA)).toEqual(keysOf(TIMELINE_EN))
})

describe('law', () => {
  const anyLine = fc.record({
    id: fc.integer({ min: 0, max: 40 }).map((n) => `A-${n}`),
    at: fc.integer({ min: at('12:00'), max: at('15:00') }),
    source: fc.constantFrom('books', 'alert', 'delivery', 'annotation', 'tracker'),
    facts: fc.constantFrom(...FACTS),
  }) as fc.Arbitrary<SourceLine>
  const anyCommand = fc.oneof(
    fc
      .string({ minLength: 1, maxLength: 20 })
      .filter((text) => text.trim() !== '')
      .map((text) => note(text)),
    fc.constantFrom('12:10', '12:59').map((time) => note('earlier', time)),
    fc
      .array(
        fc.integer({ min: 0, max: 9 }).map((n) => kept(String(n))),
        { maxLength: 5 },
      )
      .map((all): IncidentCommand => ({ type: 'import', from: 'slack', lines: all })),
    fc.constant<IncidentCommand>({ type: 'star', line: 'E-0001' }),
  )

  test('lines stand in order, none twice and none lost, and keep their ids when more comes', () => {
    fc.assert(
      fc.property(fc.array(anyCommand, { maxLength: 12 }), fc.array(anyLine, { maxLength: 30 }), (commands, others) => {
        const events = run(...commands)
        const all = lines(events, others)
        expect(all.map((line) => line.at)).toEqual(all.map((line) => line.at).sort((a, b) => a - b))
        expect(new Set(all.map(({ id }) => id)).size).toBe(all.length)
        const written = foldIncident('INC-0001', events)?.lines?.written ?? []
        expect(new Set(all.map(({ id }) => id))).toEqual(
          new Set(['E-0001', ...written.map(({ id }) => id), ...others.map(({ id }) => id)]),
        )
        expect(lines(events, [...others, ...others])).toEqual(all)
        const more = lines(run(...commands, note('one more')), others)
        expect(
          more.filter(({ facts }) => facts.kind !== 'note' || facts.text !== 'one more').map(({ id }) => id),
        ).toEqual(all.map(({ id }) => id))
      }),
    )
  })
})

import type { AlertFacts } from '@tabiji/core/alert'
import { describe, expect, test } from 'vitest'
import { FACTS, OVER } from '../testing/alert.ts'
import { plainText } from './message.ts'
import { renderMessage } from './render.ts'
import { en } from './words/en.ts'
import { exactSpan, figuresIn, lastedSpans } from './words/figures.ts'
import { ja } from './words/ja.ts'

const textOf = (facts: AlertFacts, language: 'en' | 'ja' = 'en') => plainText(renderMessage({ facts }, language))
const MILESTONE: AlertFacts = { ...FACTS, level: 3, cause: { kind: 'milestone', percent: 75 } }
const WITHDRAWN: AlertFacts = { ...OVER, kind: 'withdraw', level: 2 }
const MONTH: AlertFacts = {
  ...FACTS,
  level: 2,
  objective: {
    name: 'upload.latency',
    indicator: 'latency',
    step: 'upload',
    targetPpm: 999_000,
    window: { kind: 'month' },
  },
}

describe('in English', () => {
  test('a level 1', () =>
    expect(textOf(FACTS)).toMatchInlineSnapshot(`
    "▲ LEVEL 1 · Foot measurement is failing: 18.2 times the budget’s pace
    1.82 % of events failed in the last 1 h (182 of 10,000): 18.2 times as fast as the budget allows; this level rings above 14.4. In the last 5 min: 2.10 % (21 of 1,000).
    Budget left: −8.1 % (1,296 of 1,200,000 events failed)
    Since: 2026-10-20 13:39 (Asia/Tokyo)
    Objective: 99.9 % of events succeed, rolling 30 days
    Worst step: upload (120 of 182 bad events)
    Owner: fit-team
    First: say here that you are on it, open the runbook, open an incident (tabiji incident open). Report early, ask for help.
    Runbook: https://wiki.example/runbooks/measure-feet
    Alert: https://tabiji.example/alerts/A-0042
    A-0042 · measure-feet/availability/level-1 · as of 2026-10-20 13:39 (Asia/Tokyo)"
  `))
  test('a level 2 of one step in the calendar month', () =>
    expect(textOf(MONTH)).toMatchInlineSnapshot(`
    "◆ LEVEL 2 · Foot measurement is slow: 18.2 times the budget’s pace
    1.82 % of upload events were slow in the last 1 h (182 of 10,000): 18.2 times as fast as the budget allows; this level rings above 14.4. In the last 5 min: 2.10 % (21 of 1,000).
    Budget left: −8.1 % (1,296 of 1,200,000 events were slow)
    Since: 2026-10-20 13:39 (Asia/Tokyo)
    Objective: 99.9 % of upload events are in time, calendar month
    Worst step: upload (120 of 182 bad events)
    Owner: fit-team
    Today: say who takes it, and find the cause before it becomes a level 1.
    Runbook: https://wiki.example/runbooks/measure-feet
    Alert: https://tabiji.example/alerts/A-0042
    A-0042 · measure-feet/availability/level-1 · as of 2026-10-20 13:39 (Asia/Tokyo)"
  `))
  test('a milestone', () =>
    expect(textOf(MILESTONE)).toMatchInlineSnapshot(`
    "● LEVEL 3 · Foot measurement: 75 % of the error budget is spent
    More than 75 % of the error budget is spent.
    Budget left: −8.1 % (1,296 of 1,200,000 events failed)
    Since: 2026-10-20 13:39 (Asia/Tokyo)
    Objective: 99.9 % of events succeed, rolling 30 days
    Worst step: upload (120 of 182 bad events)
    Owner: fit-team
    For your information; nothing has to be done now.
    Runbook: https://wiki.example/runbooks/measure-feet
    Alert: https://tabiji.example/alerts/A-0042
    A-0042 · measure-feet/availability/level-1 · as of 2026-10-20 13:39 (Asia/Tokyo)"
  `))
  test('an end', () =>
    expect(textOf(OVER)).toMatchInlineSnapshot(`
    "✔ RESOLVED (level 1) · Foot measurement after 38 min
    It is over. It lasted 38 min.
    Budget left: −8.1 % (1,296 of 1,200,000 events failed)
    Since: 2026-10-20 13:39 (Asia/Tokyo)
    Objective: 99.9 % of events succeed, rolling 30 days
    Owner: fit-team
    Runbook: https://wiki.example/runbooks/measure-feet
    Alert: https://tabiji.example/alerts/A-0042
    A-0042 · measure-feet/availability/level-1 · as of 2026-10-20 14:17 (Asia/Tokyo)"
  `))
  test('a rule that is gone', () =>
    expect(textOf(WITHDRAWN)).toMatchInlineSnapshot(`
    "■ WITHDRAWN (level 2) · Foot measurement: no longer watched by this rule
    The rule was removed while it was firing, 38 min after it began. This says nothing about whether the problem is over.
    Budget left: −8.1 % (1,296 of 1,200,000 events failed)
    Since: 2026-10-20 13:39 (Asia/Tokyo)
    Objective: 99.9 % of events succeed, rolling 30 days
    Owner: fit-team
    Runbook: https://wiki.example/runbooks/measure-feet
    Alert: https://tabiji.example/alerts/A-0042
    A-0042 · measure-feet/availability/level-1 · as of 2026-10-20 14:17 (Asia/Tokyo)"
  `))
})

describe('in Japanese', () => {
  test('a level 1', () =>
    expect(textOf(FACTS, 'ja')).toMatchInlineSnapshot(`
    "▲ レベル1・足の計測で失敗が発生中(バジェット消費ペースの18.2倍)
    直近1時間にイベントの1.82 %が失敗(10,000件中182件)。バジェットが許すペースの18.2倍です(このレベルは14.4倍超で鳴ります)。直近5分は2.10 %(1,000件中21件)。
    バジェット残: −8.1 %(1,200,000件中1,296件が失敗)
    発生: 2026-10-20 13:39 (Asia/Tokyo)
    目標: イベントの99.9 %が成功(直近30日)
    最も悪いステップ: upload(不良182件中120件)
    担当: fit-team
    初動:ここで「対応します」と宣言 → 手順書を開く → 障害を登録(tabiji incident open)。早めに報告し、助けを求めてください。
    手順書: https://wiki.example/runbooks/measure-feet
    アラート: https://tabiji.example/alerts/A-0042
    A-0042・measure-feet/availability/level-1・2026-10-20 13:39 (Asia/Tokyo) 時点"
  `))
  test('a level 2 of one step in the calendar month', () =>
    expect(textOf(MONTH, 'ja')).toMatchInlineSnapshot(`
    "◆ レベル2・足の計測で遅延が発生中(バジェット消費ペースの18.2倍)
    直近1時間にuploadのイベントの1.82 %が遅延(10,000件中182件)。バジェットが許すペースの18.2倍です(このレベルは14.4倍超で鳴ります)。直近5分は2.10 %(1,000件中21件)。
    バジェット残: −8.1 %(1,200,000件中1,296件が遅延)
    発生: 2026-10-20 13:39 (Asia/Tokyo)
    目標: uploadのイベントの99.9 %が時間内に完了(暦月)
    最も悪いステップ: upload(不良182件中120件)
    担当: fit-team
    今日中に:担当者を決め、レベル1になる前に原因を突き止めてください。
    手順書: https://wiki.example/runbooks/measure-feet
    アラート: https://tabiji.example/alerts/A-0042
    A-0042・measure-feet/availability/level-1・2026-10-20 13:39 (Asia/Tokyo) 時点"
  `))
  test('a milestone', () =>
    expect(textOf(MILESTONE, 'ja')).toMatchInlineSnapshot(`
    "● レベル3・足の計測:エラーバジェットの75 %を消費
    エラーバジェットの75 %超を消費しました。
    バジェット残: −8.1 %(1,200,000件中1,296件が失敗)
    発生: 2026-10-20 13:39 (Asia/Tokyo)
    目標: イベントの99.9 %が成功(直近30日)
    最も悪いステップ: upload(不良182件中120件)
    担当: fit-team
    周知のみです。いま対応する必要はありません。
    手順書: https://wiki.example/runbooks/measure-feet
    アラート: https://tabiji.example/alerts/A-0042
    A-0042・measure-feet/availability/level-1・2026-10-20 13:39 (Asia/Tokyo) 時点"
  `))
  test('an end', () =>
    expect(textOf(OVER, 'ja')).toMatchInlineSnapshot(`
    "✔ 解消(レベル1)・足の計測(継続38分)
    解消しました。継続時間は38分でした。
    バジェット残: −8.1 %(1,200,000件中1,296件が失敗)
    発生: 2026-10-20 13:39 (Asia/Tokyo)
    目標: イベントの99.9 %が成功(直近30日)
    担当: fit-team
    手順書: https://wiki.example/runbooks/measure-feet
    アラート: https://tabiji.example/alerts/A-0042
    A-0042・measure-feet/availability/level-1・2026-10-20 14:17 (Asia/Tokyo) 時点"
  `))
  test('a rule that is gone', () =>
    expect(textOf(WITHDRAWN, 'ja')).toMatchInlineSnapshot(`
    "■ 取り下げ(レベル2)・足の計測:このルールでの監視は終了
    発生から38分後、アラート中にルールが削除されました。問題が解消したことを意味するものではありません。
    バジェット残: −8.1 %(1,200,000件中1,296件が失敗)
    発生: 2026-10-20 13:39 (Asia/Tokyo)
    目標: イベントの99.9 %が成功(直近30日)
    担当: fit-team
    手順書: https://wiki.example/runbooks/measure-feet
    アラート: https://tabiji.example/alerts/A-0042
    A-0042・measure-feet/availability/level-1・2026-10-20 14:17 (Asia/Tokyo) 時点"
  `))
})

describe.each(['en', 'ja'] as const)('in %s', (language) => {
  test.each([FACTS, MILESTONE, OVER, WITHDRAWN])('what is not real is said first (%#)', (facts) => {
    const { sample } = { en, ja }[language]
    expect(textOf({ ...facts, sample: true }, language).startsWith(sample)).toBe(true)
    expect(textOf(facts, language)).not.toContain(sample)
  })

  test('why it came here and that it may be a repeat are said', () => {
    const { mayRepeat, insteadOf } = { en, ja }[language]
    const told = plainText(renderMessage({ facts: FACTS, insteadOf: 'pager' }, language, true)).split('\n')
    expect(told).toContain(mayRepeat)
    expect(told).toContain(insteadOf('pager'))
    expect(textOf(FACTS, language)).not.toContain(mayRepeat)
  })

  test('every kind and level has words of its own', () => {
    const titles = ([1, 2, 3] as const).flatMap((level) =>
      [FACTS, MILESTONE, OVER, WITHDRAWN].map((facts) => renderMessage({ facts: { ...facts, level } }, language).title),
    )
    expect(new Set(titles).size).toBe(12)
  })
})

test('a runbook that is no address is said in words, not linked', () => {
  const { links, fields } = renderMessage({ facts: { ...FACTS, runbook: 'binder 3, page 7' } }, 'en')
  expect(links.map(({ label }) => label)).toEqual(['Alert'])
  expect(fields).toContainEqual({ label: 'Runbook', value: 'binder 3, page 7' })
})

test('without a runbook the first thing is what changed', () => {
  const { runbook: _, ...facts } = FACTS
  expect(textOf(facts)).toContain('look at what changed last')
})

describe('figures', () => {
  const { share, left, tenths, target } = figuresIn('en')

  test.each([
    [0, 0, '0 %'],
    [0, 5, '0.00 %'],
    [1, 3, '33.33 %'],
    [2, 3, '66.66 %'],
    [5, 5, '100.00 %'],
    [1, 2_000_000, '<0.01 %'],
    [182, 10_000, '1.82 %'],
  ])('%s of %s are %s', (bad, valid, text) => expect(share(bad, valid)).toBe(text))

  test.each([
    [1_000_000, '100.0 %'],
    [999_999, '99.9 %'],
    [0, '0.0 %'],
    [-1, '−0.1 %'],
    [-80_500, '−8.1 %'],
    [-12_345_678, '−1,234.6 %'],
  ])('%s ppm of a budget are %s left: cut, never rounded up', (ppm, text) => expect(left(ppm)).toBe(text))

  test.each([
    [999_000, '99.9 %'],
    [990_000, '99 %'],
    [999_950, '99.995 %'],
    [900_001, '90.0001 %'],
  ])('a target of %s ppm is %s', (ppm, text) => expect(target(ppm)).toBe(text))

  test('a burn rate is cut to one decimal', () => {
    expect([14_400, 14_499, 999, 1_234_567].map(tenths)).toEqual(['14.4', '14.4', '0.9', '1,234.5'])
  })

  test.each([
    [0, '0 s'],
    [45_999, '45 s'],
    [38 * 60_000 + 59_000, '38 min'],
    [125 * 60_000, '2 h 5 min'],
    [2 * 3_600_000, '2 h'],
    [76 * 3_600_000, '3 days 4 h'],
    [-5, '0 s'],
  ])('%s ms lasted %s', (ms, text) =>
    expect(
      lastedSpans(ms)
        .map((span) => en.span(...span))
        .join(en.spanSeparator),
    ).toBe(text),
  )

  test.each([
    [30 * 86_400_000, '30日'],
    [90 * 60_000, '90分'],
    [3_600_000, '1時間'],
    [5_000, '5秒'],
    [1_500, '1.5秒'],
  ])('%s ms are a window of %s', (ms, text) => expect(ja.span(...exactSpan(ms))).toBe(text))
})

test('the dependencies that failed most are named while it rings, in both languages', () => {
  const worstDependencies = [
    { service: 'finder', step: 'find-feet.find', bad: 1_180, valid: 5_000 },
    { service: 'storage', step: 'keep-photos.put', bad: 1_180, valid: 4_000 },
  ]
  const lines = (facts: AlertFacts, language: 'en' | 'ja') =>
    textOf({ ...facts, worstDependencies }, language)
      .split('\n')
      .filter((line) => line.includes('keep-photos.put'))
  expect(lines(FACTS, 'en')).toEqual([
    'Worst dependency: find-feet.find at finder (1,180 of 5,000 events bad), keep-photos.put at storage (1,180 of 4,000 events bad)',
  ])
  expect(lines(FACTS, 'ja')).toEqual([
    '最も悪い依存先: finderのfind-feet.find(5,000件中不良1,180件)、storageのkeep-photos.put(4,000件中不良1,180件)',
  ])
  expect(lines(OVER, 'en')).toEqual([])
})

test('what had to be proven is said while it rings, in both languages', () => {
  const { cause } = FACTS
  if (cause.kind !== 'burn') throw new Error('Expected facts of a burn')
  const guard = { badEvents: 3, confidencePercent: 95 }
  const line = (facts: AlertFacts, language: 'en' | 'ja') =>
    textOf({ ...facts, cause: { ...cause, guard } }, language)
      .split('\n')
      .find((each) => each.includes('95 %'))
  expect(line(FACTS, 'en')).toBe(
    'Proof: at least 3 bad events, and 95 % certainty that the true share is above the limit',
  )
  expect(line(FACTS, 'ja')).toBe('判定条件: 不良イベント3件以上、かつ真の割合が基準を超える確からしさ95 %以上')
  expect(line(OVER, 'en')).toBeUndefined()
})

test('an estimate is marked as one in both languages', () => {
  const { objective } = FACTS
  if (objective === undefined) throw new Error('Expected facts of an objective')
  const estimate: AlertFacts = { ...FACTS, objective: { ...objective, estimate: true } }
  expect(textOf(estimate)).toContain(
    'Objective: ≈ 99.9 % of events succeed, rolling 30 days (an estimate: evaluated, not counted)',
  )
  expect(textOf(estimate, 'ja')).toContain('≈ イベントの99.9 %が成功(直近30日)(推定値:実数ではなくクエリの評価結果)')
  expect(textOf(FACTS)).not.toContain('≈')
})

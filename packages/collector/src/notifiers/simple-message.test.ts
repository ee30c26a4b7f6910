import type { AlertFacts } from '@tabiji/core/alert'
import { describe, expect, test } from 'vitest'
import { FACTS } from '../testing/alert.ts'
import { plainText } from './message.ts'
import { renderMessage } from './render.ts'

const MINUTE = 60_000

const textOf = (facts: AlertFacts, language: 'en' | 'ja' = 'en') => plainText(renderMessage({ facts }, language))

/** An alert of a simple rule: no objective, no budget. */
function simple(cause: Omit<Extract<AlertFacts['cause'], { kind: 'simple' }>, 'kind'>, rest: Partial<AlertFacts> = {}) {
  const { objective: _, budget: __, worstStep: ___, ...common } = FACTS
  return { ...common, rule: 'measure-feet/alerts/a-rule', ...rest, cause: { kind: 'simple', ...cause } } as AlertFacts
}

const ERRORS = simple(
  {
    condition: { kind: 'above', subject: 'errors', limit: { count: 10 }, windowMs: 5 * MINUTE },
    seen: { count: 1_400, of: 20_000 },
  },
  { note: 'Ask the bank.', worstStep: { name: 'upload', bad: 900, ofBad: 1_400 } },
)
const SLOW = simple({
  condition: {
    kind: 'above',
    subject: 'slow',
    limit: { ppm: 50_000 },
    windowMs: 5 * MINUTE,
    forMs: 10 * MINUTE,
  },
  step: 'upload',
  seen: { count: 12, of: 196 },
})
const QUIET = simple({
  condition: { kind: 'below', subject: 'events', limit: { count: 1 }, windowMs: 15 * MINUTE },
  seen: { count: 0, of: 0 },
})
const GONE = simple({ condition: { kind: 'absent', forMs: 5 * MINUTE }, unread: ['scan', 'web'] })
const brief = (facts: AlertFacts, language: 'en' | 'ja') => textOf(facts, language).split('\n').slice(0, 2)

describe('a simple rule', () => {
  test('says what it saw and what it rings at, without a budget', () => {
    expect(textOf(ERRORS)).toMatchInlineSnapshot(`
      "▲ LEVEL 1 · Foot measurement: 1,400 failed events in the last 5 min
      1,400 failed events in the last 5 min; this rule rings above 10.
      Since: 2026-10-20 13:39 (Asia/Tokyo)
      Rule: errors > 10 in 5m
      Note: Ask the bank.
      Worst step: upload (900 of 1,400 bad events)
      Owner: fit-team
      First: say here that you are on it, open the runbook, open an incident (tabiji incident open). Report early, ask for help.
      Runbook: https://wiki.example/runbooks/measure-feet
      Alert: https://tabiji.example/alerts/A-0042
      A-0042 · measure-feet/alerts/a-rule · as of 2026-10-20 13:39 (Asia/Tokyo)"
    `)
    expect(textOf(ERRORS, 'ja')).toMatchInlineSnapshot(`
      "▲ レベル1・足の計測:直近5分に失敗したイベントが1,400件
      直近5分に失敗したイベントが1,400件。このルールは10を超えると鳴ります。
      発生: 2026-10-20 13:39 (Asia/Tokyo)
      ルール: errors > 10 in 5m
      メモ: Ask the bank.
      最も悪いステップ: upload(不良1,400件中900件)
      担当: fit-team
      初動:ここで「対応します」と宣言 → 手順書を開く → 障害を登録(tabiji incident open)。早めに報告し、助けを求めてください。
      手順書: https://wiki.example/runbooks/measure-feet
      アラート: https://tabiji.example/alerts/A-0042
      A-0042・measure-feet/alerts/a-rule・2026-10-20 13:39 (Asia/Tokyo) 時点"
    `)
  })

  test.each([
    [
      'a share that must last',
      SLOW,
      '6.12 % of upload events were slow in the last 5 min (12 of 196); this rule rings above 5 % at every evaluation for 10 min.',
      '直近5分にuploadのイベントの6.12 %が遅延(196件中12件)。このルールは5 %を超える状態が10分続くと鳴ります。',
    ],
    [
      'nobody came',
      QUIET,
      'No events in the last 15 min; this rule rings below 1.',
      '直近15分にイベントなし。このルールは1を下回ると鳴ります。',
    ],
    [
      'services are gone',
      GONE,
      'Nothing could be read of scan, web for more than 5 min. What its users get is not known.',
      'scan、webを5分を超えて読み取れていません。利用者への影響は分かっていません。',
    ],
  ])('%s', (_, facts, en, ja) => {
    expect([brief(facts, 'en')[1], brief(facts, 'ja')[1]]).toEqual([en, ja])
  })

  test('ends as every alert ends', () => {
    expect(brief({ ...ERRORS, kind: 'resolve', at: FACTS.at + 38 * MINUTE }, 'en')).toEqual([
      '✔ RESOLVED (level 1) · Foot measurement after 38 min',
      'It is over. It lasted 38 min.',
    ])
  })
})

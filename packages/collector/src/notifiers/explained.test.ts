import type { AlertFacts } from '@tabiji/core/alert'
import { describe, expect, test } from 'vitest'
import { FACTS, OVER, STARTED_AT } from '../testing/alert.ts'
import { plainText } from './message.ts'
import { renderMessage } from './render.ts'

const MINUTE = 60_000

/** The same alert with everything that may be known of why. */
const EXPLAINED: AlertFacts = {
  ...FACTS,
  cause: { ...FACTS.cause, kind: 'burn', guard: { badEvents: 3, confidencePercent: 95 } } as AlertFacts['cause'],
  budget: { bad: 300, valid: 1_200_000, leftPpm: 750_000 },
  felt: [
    { step: 'upload', failed: 120, slow: 30, valid: 4_000 },
    { step: 'read', failed: 0, slow: 62, valid: 6_000 },
  ],
  outlook: { kind: 'empty', inMs: 17_802_197 },
  sureness: { atLeastPpm: 16_110, confidencePercent: 95, ringsAbovePpm: 14_400 },
  changes: [
    {
      kind: 'deploy',
      at: STARTED_AT - 3 * MINUTE,
      title: 'scan@8c1f2e → production',
      service: 'scan',
      phase: 'running',
      url: 'https://ci.example/7',
      by: 'abe',
    },
    { kind: 'flag', at: STARTED_AT - 40 * MINUTE, title: 'new upload for 10 %', service: 'web' },
    { kind: 'definition', at: STARTED_AT - 50 * MINUTE },
  ],
  firstStep: 'Look at the queue (https://grafana.example/q)',
}
const linesOf = (facts: AlertFacts, language: 'en' | 'ja') => plainText(renderMessage({ facts }, language)).split('\n')

describe('a message explains itself', () => {
  test('in English', () => {
    expect(linesOf(EXPLAINED, 'en').slice(2, 9)).toEqual([
      'Budget left: 75.0 % (300 of 1,200,000 events failed); at this pace empty in 4 h 56 min, 2026-10-20 18:35 (Asia/Tokyo)',
      'Since: 2026-10-20 13:39 (Asia/Tokyo)',
      'Users meet: upload: 120 failed, 30 slow of 4,000; read: 62 slow of 6,000',
      'Changed just before: 13:36 deploy scan@8c1f2e → production (still running), by abe, https://ci.example/7; 12:59 flag web: new upload for 10 %; 12:49 journeys file in force',
      'Runbook begins: Look at the queue (https://grafana.example/q)',
      'Objective: 99.9 % of events succeed, rolling 30 days',
      'Proof: 182 of 10,000 bad means at least 1.61 % with 95 % certainty; rings above 1.44 %, from 3 bad events on',
    ])
  })

  test('in Japanese', () => {
    expect(linesOf(EXPLAINED, 'ja').slice(2, 9)).toEqual([
      'バジェット残: 75.0 %(1,200,000件中300件が失敗);このペースでは4時間56分後(2026-10-20 18:35 (Asia/Tokyo))に尽きます',
      '発生: 2026-10-20 13:39 (Asia/Tokyo)',
      '利用者への影響: upload:4,000件中120件が失敗、30件が遅延;read:6,000件中62件が遅延',
      '直前の変更: 13:36 デプロイ「scan@8c1f2e → production」・実行中・abe https://ci.example/7 ;12:59 フラグ変更「web: new upload for 10 %」;12:49 ジャーニー定義の変更',
      '手順書の最初: Look at the queue (https://grafana.example/q)',
      '目標: イベントの99.9 %が成功(直近30日)',
      '判定条件: 10,000件中182件が不良。真の割合は95 %の確からしさで1.61 %以上(1.44 %超、かつ不良3件以上で鳴ります)',
    ])
  })

  test.each([
    ['spent', 'it is spent', '使い切りました'],
    ['never', 'at this pace never empty', 'このペースなら尽きません'],
    ['lasts', 'at this pace it lasts until the month ends', 'このペースなら月末まで持ちます'],
  ] as const)('a budget that is %s', (kind, en, ja) => {
    const facts: AlertFacts = { ...EXPLAINED, outlook: { kind } }
    expect(linesOf(facts, 'en')[2]).toContain(`; ${en}`)
    expect(linesOf(facts, 'ja')[2]).toContain(`;${ja}`)
  })

  test('says when there is little traffic', () => {
    const cause = { ...EXPLAINED.cause, long: { ms: 60 * MINUTE, bad: 5, valid: 12 } } as AlertFacts['cause']
    const facts: AlertFacts = {
      ...EXPLAINED,
      cause,
      sureness: { atLeastPpm: 219_000, confidencePercent: 95, ringsAbovePpm: 14_400 },
    }
    expect(linesOf(facts, 'en')).toContain(
      'Proof: little traffic: 5 of 12 bad means at least 21.90 % with 95 % certainty; rings above 1.44 %, from 3 bad events on',
    )
    expect(linesOf(facts, 'ja').join()).toContain('判定条件: 件数が少なめ:12件中5件が不良')
  })

  test('when it is over it says how long it lasted, and no more of why', () => {
    const { kind, at } = OVER
    const text = linesOf({ ...EXPLAINED, kind, at }, 'en').join('\n')
    for (const word of ['Changed just before', 'Users meet', 'Runbook begins', 'pace empty', 'Proof']) {
      expect(text).not.toContain(word)
    }
  })
})

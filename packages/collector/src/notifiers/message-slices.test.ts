import type { AlertFacts } from '@tabiji/core/alert'
import { MINUTE } from '@tabiji/core/time'
import { describe, expect, test } from 'vitest'
import { FACTS } from '../testing/alert.ts'
import { plainText } from './message.ts'
import { renderMessage } from './render.ts'

const textOf = (facts: AlertFacts, language: 'en' | 'ja' = 'en') => plainText(renderMessage({ facts }, language))
const { objective: OBJECTIVE } = FACTS
if (OBJECTIVE === undefined) throw new Error('Expected facts about an objective')

describe('of a budget in slices of time', () => {
  const budgeting = { method: 'timeslices', sliceMs: MINUTE, sliceTargetPpm: 950_000, onNoData: 'bad' } as const
  const burn = { kind: 'burn', factorMilli: 14_400 } as const
  const SLICES: AlertFacts = {
    ...FACTS,
    objective: { ...OBJECTIVE, targetPpm: 990_000, budgeting },
    cause: { ...burn, long: { ms: 60 * MINUTE, bad: 12, valid: 60 }, short: { ms: 5 * MINUTE, bad: 5, valid: 5 } },
    budget: { bad: 40, valid: 43_200, leftPpm: 907_407 },
  }

  test('slices are counted, and what makes one good is said', () => {
    const text = textOf(SLICES)
    expect(text).toContain('20.00 % of the time was bad in the last 1 h (12 of 60 slices of 1 min): 20.0 times')
    expect(text).toContain('Budget left: 90.7 % (40 of 43,200 slices of 1 min bad)')
    expect(text).toContain('Objective: 99 % of the slices of 1 min have at least 95 % good, rolling 30 days')
    expect(text).not.toContain('events failed')
    expect(textOf(SLICES, 'ja')).toContain('直近1時間の20.00 %の時間帯が不良(1分単位の区間60個中12個)')
  })

  test('the mean of ratios is told in slices, not in millionths of them', () => {
    const text = textOf({
      ...SLICES,
      objective: { ...OBJECTIVE, targetPpm: 990_000, budgeting: { ...budgeting, method: 'ratio-timeslices' } },
      cause: {
        ...burn,
        long: { ms: 60 * MINUTE, bad: 12_500_000, valid: 60_000_000 },
        short: { ms: 5 * MINUTE, bad: 5_000_000, valid: 5_000_000 },
      },
      budget: { bad: 40_250_000, valid: 43_200_000_000, leftPpm: 906_828 },
    })
    expect(text).toContain('(12.5 of 60 slices of 1 min)')
    expect(text).toContain('(40.25 of 43,200 slices of 1 min bad)')
    expect(text).toContain('99 % good in the mean of all slices of 1 min')
  })
})

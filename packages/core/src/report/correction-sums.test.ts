import { describe, expect, test } from 'vitest'
import { correctionMistakes } from './correction-sums.ts'
import { judgeObjective } from './judge.ts'
import type { CorrectionMonth, JourneyMonth } from './month-facts.ts'

const CORRECTION: CorrectionMonth = {
  key: 'COR-0001',
  reason: 'power cut',
  createdAt: '2026-10-21T09:00:00+09:00',
  objectives: ['checkout/availability'],
  stretches: [
    { from: '2026-10-20T10:00:00+09:00', to: '2026-10-20T10:35:00+09:00' },
    { from: '2026-10-25T01:30:00+02:00', to: '2026-10-25T02:30:00+01:00' },
  ],
  seconds: 2_100 + 7_200,
  events: 900,
}

function journey(raw?: { readonly bad: number; readonly valid: number }): JourneyMonth {
  const coverage = { readSlots: 10, expectedSlots: 10 }
  const promised = {
    name: 'availability',
    indicator: 'availability',
    targetPpm: 990_000,
    window: { kind: 'month' },
  } as const
  const part = { from: CORRECTION.createdAt, to: CORRECTION.createdAt, targetPpm: 990_000, bad: 10, valid: 5_000 }
  const objective = judgeObjective(promised, [part], coverage, raw)
  return { name: 'checkout', title: { en: 'c', ja: 'c' }, tier: 1, objectives: [objective], steps: [], coverage }
}

/** What `correctionMistakes` looks at of a month. */
function mistakes(corrections: readonly CorrectionMonth[], raw?: { readonly bad: number; readonly valid: number }) {
  const facts = { corrections, journeys: [journey(raw)] } as unknown as Parameters<typeof correctionMistakes>[0]
  return correctionMistakes(facts).map(({ path }) => path.join('.'))
}

describe('a month with corrections', () => {
  test('adds up when what is missing from the raw numbers lies in its stretches, over a change of clocks too', () => {
    expect(mistakes([CORRECTION], { bad: 210, valid: 5_900 })).toEqual([])
    expect(mistakes([CORRECTION])).toEqual([])
    expect(mistakes([])).toEqual([])
  })

  test.each([
    ['takes more than its stretches hold', { bad: 210, valid: 5_901 }],
    ['takes nothing', { bad: 10, valid: 5_000 }],
    ['gives something', { bad: 10, valid: 4_999 }],
    ['takes less than no bad events', { bad: 9, valid: 5_100 }],
    ['takes more bad events than valid ones', { bad: 111, valid: 5_100 }],
  ])('does not add up when it %s', (_, raw) => {
    expect(mistakes([CORRECTION], raw)).toEqual(['journeys.0.objectives.0.raw'])
  })

  test('does not add up when nothing names an objective that has raw numbers', () => {
    expect(mistakes([], { bad: 10, valid: 5_100 })).toEqual(['journeys.0.objectives.0.raw'])
  })

  test('does not add up when its stretches are longer than they are said to be, or for an objective that is not there', () => {
    expect(mistakes([{ ...CORRECTION, seconds: 2_100 }])).toEqual(['corrections.0.seconds'])
    expect(mistakes([{ ...CORRECTION, objectives: ['checkout/x'] }])).toEqual(['corrections.0.objectives.0'])
  })
})

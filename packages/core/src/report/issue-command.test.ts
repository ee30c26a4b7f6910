import { describe, expect, test } from 'vitest'
import { decideIssue, missingComments } from './issue-command.ts'
import type { MonthFacts } from './month-facts.ts'

const OVER = Date.parse('2026-11-05T10:00:00+09:00')
const october = (complete: boolean) =>
  ({
    month: '2026-10',
    timeZone: 'Asia/Tokyo',
    to: '2026-11-01T00:00:00+09:00',
    dataUntil: '2026-10-30T00:00:00+09:00',
    complete,
  }) as unknown as MonthFacts

const codeOf = (decision: ReturnType<typeof decideIssue>) => (decision.ok ? decision : decision.problems[0]?.code)

describe('a month may be issued', () => {
  test('once it is over and all of it is in the books', () => {
    expect(decideIssue(october(true), {}, OVER)).toEqual({ ok: true })
    expect(decideIssue(october(true), { reason: 'because', partMonth: true }, OVER)).toEqual({ ok: true })
  })

  test('although data are missing, with a reason that the report says', () => {
    expect(codeOf(decideIssue(october(false), { reason: ' ' }, OVER))).toBe('REPORT_INCOMPLETE')
    const despite = { what: 'incomplete', reason: 'the shop was moved' }
    expect(decideIssue(october(false), { reason: ' the shop was moved ' }, OVER)).toEqual({ ok: true, despite })
  })

  test('while it runs, only when that is asked for by name and with a reason', () => {
    const running = Date.parse('2026-10-31T23:59:59+09:00')
    for (const asked of [{}, { reason: 'because' }, { partMonth: true }]) {
      expect(codeOf(decideIssue(october(false), asked, running))).toBe('REPORT_MONTH_RUNS')
    }
    const despite = { what: 'part_month', reason: 'the board meets' }
    expect(decideIssue(october(false), { partMonth: true, reason: 'the board meets' }, running)).toEqual({
      ok: true,
      despite,
    })
    expect(codeOf(decideIssue(october(false), { reason: 'x'.repeat(2_001) }, OVER))).toBe('REPORT_TEXT')
  })
})

test('comments are missing of journeys that missed or nearly did, the worst first, each with its owner', () => {
  const journey = (name: string, state: string, met: boolean, more: object = {}) => ({
    name,
    title: { en: name, ja: name },
    objectives: [{ state, met }],
    ...more,
  })
  const journeys = [
    journey('search', 'risk', true),
    journey('login', 'watch', true),
    journey('checkout', 'spent', false, { owner: 'shop-team' }),
    journey('returns', 'spent', false, { comment: { text: 'known', at: '2026-11-02T10:00:00+09:00' } }),
  ] as unknown as MonthFacts['journeys']
  expect(missingComments({ journeys })).toMatchObject([
    { name: 'checkout', owner: 'shop-team', state: 'missed' },
    { name: 'search', state: 'risk' },
  ])
})

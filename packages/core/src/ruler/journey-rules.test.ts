import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { exceeds, ratio } from '../budget/index.ts'
import { journeyOf, objectiveOf } from '../budget/testing/definitions.ts'
import { DAY } from '../time/index.ts'
import { decimal } from './expression.ts'
import { journeyRules, ruleNotes } from './journey-rules.ts'
import type { AlertingRule, RecordingRule, RuleFile } from './rule-file.ts'
import { journeys } from './testing/objectives.ts'

const rulesIn = ({ groups }: RuleFile) => groups.flatMap(({ rules }) => rules)
const alertsIn = (file: RuleFile) => rulesIn(file).filter((rule): rule is AlertingRule => 'alert' in rule)
const recordsIn = (file: RuleFile) => rulesIn(file).filter((rule): rule is RecordingRule => 'record' in rule)

describe('the rules of a journey', () => {
  test('ring by the workbook: a level for each urgency, a milestone for each share', () => {
    const alerts = alertsIn(journeyRules(journeyOf('checkout', objectiveOf(999_000))))
    expect(alerts.map(({ alert, labels }) => [alert, labels['level'], labels['severity'], labels['rule']])).toEqual([
      ['JourneyBudgetBurn', '1', 'page', 'checkout/availability/level-1'],
      ['JourneyBudgetBurn', '2', 'ticket', 'checkout/availability/level-2'],
      ['JourneyBudgetSpent', '3', 'notice', 'checkout/availability/spent-50'],
      ['JourneyBudgetSpent', '3', 'notice', 'checkout/availability/spent-75'],
      ['JourneyBudgetSpent', '3', 'notice', 'checkout/availability/spent-90'],
      ['JourneyBudgetSpent', '3', 'notice', 'checkout/availability/spent-100'],
    ])
    expect(alerts[0]?.expr).toContain('ratio_rate1h{sloth_id="checkout-availability"} > 0.0144)')
    expect(alerts[0]?.expr).toContain('ratio_rate30m{sloth_id="checkout-availability"} > 0.006)')
    expect(alerts[0]?.keep_firing_for).toBe('5m')
  })

  test('count what the indicator counts, of the journey or of one step', () => {
    const some = journeyOf(
      'checkout',
      objectiveOf(990_000, { name: 'latency', indicator: 'latency' }),
      objectiveOf(990_000, { name: 'upload.experience', indicator: 'experience', step: 'upload' }),
    )
    const exprOf = (record: string, id: string) =>
      recordsIn(journeyRules(some)).find((rule) => rule.record === record && rule.labels['sloth_id'] === id)?.expr
    const counts = 'journey_step_outcome:journey_step_events:increase5m'
    expect(exprOf('slo:bad_events:increase5m', 'checkout-latency')).toBe(
      `sum(${counts}{journey="checkout",outcome=~"slow"})`,
    )
    expect(exprOf('slo:valid_events:increase5m', 'checkout-latency')).toBe(
      `sum(${counts}{journey="checkout",outcome=~"good|slow"})`,
    )
    expect(exprOf('slo:bad_events:increase5m', 'checkout-upload.experience')).toBe(
      `sum(${counts}{journey="checkout",step="upload",outcome=~"slow|error"})`,
    )
  })

  test('leave out a pair that cannot ring, and say so', () => {
    const loose = journeyOf('search', objectiveOf(900_000))
    const [page] = alertsIn(journeyRules(loose))
    expect(page?.expr).not.toContain('1h')
    expect(ruleNotes(loose, 'Asia/Tokyo')).toContain(
      'availability cannot ring at level 1 by its 1h/5m pair, not even in a total outage: the pair is left out',
    )
  })

  test('do not judge a calendar month, and say so', () => {
    const monthly = journeyOf('search', objectiveOf(990_000, { window: { kind: 'month' } }))
    const rules = journeyRules(monthly)
    expect(rules.groups.map(({ name }) => name)).toEqual(['tabiji-search'])
    expect(alertsIn(rules).map(({ alert }) => alert)).toEqual(['JourneyBudgetBurn', 'JourneyBudgetBurn'])
    expect(ruleNotes(monthly, 'Asia/Tokyo').join()).toContain('which cannot be cut in Asia/Tokyo')
  })

  test('do not judge what probes saw, and say so', () => {
    const ofProbes = objectiveOf(990_000, { name: 'availability.probe', of: 'probe' })
    const both = journeyOf('checkout', objectiveOf(999_000), ofProbes)
    expect(journeyRules(both)).toEqual(journeyRules(journeyOf('checkout', objectiveOf(999_000))))
    const note = 'availability.probe is about what probes saw, which only the collector has: no rules for it'
    expect(ruleNotes(both, 'UTC')).toContain(note)
    expect(journeyRules(journeyOf('checkout', ofProbes))).toEqual({ groups: [] })
    expect(ruleNotes(journeyOf('checkout', ofProbes), 'UTC')).toEqual([note])
  })

  test('are none for a journey that promises nothing', () => {
    expect(journeyRules(journeyOf('search'))).toEqual({ groups: [] })
    expect(ruleNotes(journeyOf('search'), 'Asia/Tokyo')).toEqual([
      'search promises nothing, so there are no rules for it',
    ])
  })

  test('say what people wrote in both languages, though the ruler reads templates', () => {
    const journey = {
      ...journeyOf('checkout', objectiveOf(999_000)),
      title: { en: 'Check {{out}}', ja: '購入' },
      runbook: 'https://wiki.example.org/checkout',
      owner: '{{ .Labels }}',
    }
    const [page] = alertsIn(journeyRules(journey))
    expect(page?.annotations).toMatchObject({
      summary: 'Check {{ "{{" }}out}}: availability burns its error budget (level 1, act now)',
      summary_ja: '購入：availability のエラーバジェットを急速に消費しています（レベル 1・今すぐ対応）',
      runbook_url: 'https://wiki.example.org/checkout',
    })
    expect(page?.labels['owner']).toBe('{{ "{{" }} .Labels }}')
  })

  test('record a window once, also when it is a budget and an alerting window', () => {
    const policy = {
      pairs: [{ level: 1, longMs: 3 * DAY, shortMs: DAY, speed: { factorMilli: 1_000 } }],
      milestones: [50],
      guard: { badEvents: 3, confidencePercent: 95 },
    } as const
    const rules = journeyRules(
      journeyOf('search', objectiveOf(990_000, { window: { kind: 'rolling', ms: 3 * DAY }, policy })),
    )
    expect(recordsIn(rules).filter(({ record }) => record.endsWith('increase3d'))).toHaveLength(3)
  })
})

describe('for every policy', () => {
  test('no two rules record the same series', () => {
    fc.assert(
      fc.property(journeys, (journey) => {
        const series = recordsIn(journeyRules(journey)).map(
          ({ record, labels }) => `${record}${JSON.stringify(labels)}`,
        )
        expect(new Set(series).size).toBe(series.length)
      }),
    )
  })

  test('whatever a rule reads was recorded before it', () => {
    fc.assert(
      fc.property(journeys, (journey) => {
        const known = new Set<string>()
        for (const rule of rulesIn(journeyRules(journey))) {
          const read = rule.expr.match(/\b(slo|journey_step_outcome):[\w:]+/g) ?? []
          expect(read.filter((name) => !known.has(name))).toEqual([])
          if ('record' in rule) known.add(rule.record)
        }
      }),
    )
  })

  test('the ruler compares as exactly as the collector', () => {
    const whole = fc.integer({ min: 1, max: 1_000_000 })
    fc.assert(
      fc.property(fc.nat(1_000_000), whole, whole, whole, (bad, valid, num, den) => {
        const limit = ratio(BigInt(num), BigInt(den))
        expect(bad / valid > Number(decimal(limit))).toBe(exceeds(bad, valid, limit))
        expect(bad / valid > Number(decimal({ num: bad, den: valid }))).toBe(false)
      }),
    )
  })
})

test('a budget in slices is left out of the rules, and that is said', () => {
  const budgeting = { method: 'ratio-timeslices', sliceMs: 60_000, onNoData: 'ignore' } as const
  const sliced = { ...objectiveOf(999_000), name: 'pay.availability', budgeting }
  const both = journeyOf('checkout', objectiveOf(999_000), sliced)
  expect(journeyRules(both)).toEqual(journeyRules(journeyOf('checkout', objectiveOf(999_000))))
  expect(ruleNotes(both, 'UTC').at(-1)).toContain('pay.availability has a budget in ratio-timeslices')
  const alone = journeyOf('checkout', sliced)
  expect(journeyRules(alone)).toEqual({ groups: [] })
  expect(ruleNotes(alone, 'UTC')).toEqual([expect.stringContaining('it is left out')])
})

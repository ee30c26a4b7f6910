import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Change, changesBefore, outlookOf, type Pace } from './explanation.ts'
import { firstStepOf } from './runbook.ts'

const HOUR = 3_600_000
const ROLLING = { kind: 'rolling', ms: 30 * 24 * HOUR } as const
/** 99.9 % of 1,200,000 events: 1,200 bad ones are allowed. */
const PACE: Pace = {
  window: ROLLING,
  targetPpm: 999_000,
  bad: 300,
  allowedMillionths: 1_200_000_000,
  long: { ms: HOUR, bad: 182, valid: 10_000 },
}

describe('when a budget will be empty at this pace', () => {
  test.each<[string, Partial<Pace>, ReturnType<typeof outlookOf>]>([
    // 900 left ÷ 182 an hour = 4.945 h.
    ['of a rolling window: what is left, at the pace of the window', {}, { kind: 'empty', inMs: 17_802_197 }],
    // An hour costs 182 and earns 10: 900 ÷ 172 = 5.23 h.
    ['of a month: its allowance grows meanwhile', { window: { kind: 'month' } }, { kind: 'empty', inMs: 18_837_209 }],
    ['of a month that ends before', { window: { kind: 'month' }, monthLeftMs: 5 * HOUR }, { kind: 'lasts' }],
    ['when it is spent', { bad: 1_200 }, { kind: 'spent' }],
    ['exactly at the sustainable speed: never', { long: { ms: HOUR, bad: 10, valid: 10_000 } }, { kind: 'never' }],
    ['one event above it', { long: { ms: HOUR, bad: 11, valid: 10_000 } }, { kind: 'empty', inMs: 294_545_454 }],
    ['without any event: never', { long: { ms: HOUR, bad: 0, valid: 0 } }, { kind: 'never' }],
    ['when nothing was allowed yet', { bad: 0, allowedMillionths: 0 }, { kind: 'spent' }],
  ])('%s', (_, changes, outlook) => {
    expect(outlookOf({ ...PACE, ...changes })).toEqual(outlook)
  })

  test('is never later with more failures, and by then at most the rest is spent, whatever the numbers', () => {
    const count = fc.integer({ min: 0, max: 2 ** 31 })
    fc.assert(
      fc.property(
        count,
        count,
        fc.integer({ min: 1, max: 999_999 }),
        fc.boolean(),
        (bad, valid, targetPpm, isMonth) => {
          const window = isMonth ? ({ kind: 'month' } as const) : ROLLING
          const at = (more: number) =>
            outlookOf({
              ...PACE,
              window,
              targetPpm,
              long: { ms: HOUR, bad: Math.min(bad, valid) + more, valid: valid + more },
            })
          const [now, then] = [at(0), at(1_000)]
          if (now.kind !== 'empty') return
          if (then.kind !== 'empty') throw new Error(`Expected it to become empty as well, got ${then.kind}`)
          expect(then.inMs).toBeLessThanOrEqual(now.inMs)
          const spent = BigInt(now.inMs) * BigInt(Math.min(bad, valid)) * 1_000_000n
          const earned = isMonth ? BigInt(now.inMs) * BigInt(valid) * BigInt(1_000_000 - targetPpm) : 0n
          expect(spent - earned <= 900_000_000n * BigInt(HOUR)).toBe(true)
        },
      ),
    )
  })
})

describe('what changed just before', () => {
  const change = (at: number): Change => ({ kind: 'deploy', at, title: String(at) })

  test('is what changed within the hour before the start, the newest first, three at most', () => {
    const [start, all] = [10 * HOUR, [1, 2, 3, 4, 5].map((n) => change(9 * HOUR + n))]
    expect(
      changesBefore([...all, change(start), change(start + 1), change(9 * HOUR - 1)], start).map(({ at }) => at),
    ).toEqual([start, 9 * HOUR + 5, 9 * HOUR + 4])
    expect(changesBefore([change(9 * HOUR)], start)).toHaveLength(1)
    expect(changesBefore([], start)).toEqual([])
  })
})

describe('the first step of a runbook', () => {
  test.each([
    [
      'a list item',
      '# Checkout\n\nWhat it is.\n\n1. **Look** at `kubectl get pods`\n2. Then',
      'Look at kubectl get pods',
    ],
    [
      'a task',
      '# x\n- [ ] call the [provider](https://p.example/oncall "x")',
      'call the provider (https://p.example/oncall)',
    ],
    ['no table of contents', '# x\n- [First](#first)\n- [Then](#then)\n\n## First\n* Roll back', 'Roll back'],
    ['the line below a heading', '---\ntitle: x\n---\n# 購入\n\n直前のリリースを戻す。\n', '直前のリリースを戻す。'],
    ['no code', '# x\n```sh\n- not this\n```\nRestart it.', 'Restart it.'],
    ['no comment, table or quotation', '# x\n<!-- - hidden -->\n> note\n| a |\nDo it', 'Do it'],
    ['an address that stands alone', '- see <https://a.example/b>', 'see https://a.example/b'],
    ['an address of another kind is only its text', '- see [it](javascript:x)', 'see it'],
    ['nothing without a heading or a list', 'Just text.', undefined],
    ['nothing of nothing', '', undefined],
    ['a heading alone', '# x', undefined],
  ])('is %s', (_, markdown, step) => {
    expect(firstStepOf(markdown)).toBe(step)
  })

  test('is one line that is not too long, whatever stands in the file', () => {
    const line = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom('- x', '```', '---', '# h', `- ${'あ'.repeat(900)}`),
    )
    fc.assert(
      fc.property(fc.array(line, { maxLength: 12 }), (lines) => {
        const step = firstStepOf(lines.join('\n'))
        if (step === undefined) return
        expect([...step].length).toBeLessThanOrEqual(300)
        expect(step).not.toMatch(/\p{Cc}/u)
        expect(step.trim()).not.toBe('')
      }),
    )
  })
})

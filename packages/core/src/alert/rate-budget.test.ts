import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { askRateBudget, type LetGo } from './rate-budget.ts'

const NOW = 1_000_000
const HOUR = 3_600_000
const notices = (...journeys: readonly string[]) => journeys.map((journey, i) => ({ id: `${i}`, journey }))
const passing = (verdicts: ReturnType<typeof askRateBudget>) =>
  [...verdicts].filter(([, { verdict }]) => verdict === 'pass').map(([id]) => id)

describe('a budget of messages', () => {
  const budget = { notifications: 2, perMs: HOUR }

  test('lets the oldest go, and says when there is room again', () => {
    const told = [{ at: NOW - 600_000, journey: 'pay' }]
    const verdicts = askRateBudget(notices('pay', 'pay', 'pay'), told, budget, false, NOW)
    expect(passing(verdicts)).toEqual(['0'])
    expect(verdicts.get('1')).toEqual({ gate: 'rate_budget', verdict: 'defer', until: NOW - 600_000 + HOUR })
  })

  test('counts a message of a chat once, whatever it tells', () => {
    const told: LetGo[] = ['pay', 'pay', 'search'].map((journey) => ({ at: NOW - 1, journey }))
    expect(passing(askRateBudget(notices('pay'), told, budget, true, NOW))).toEqual([])
    expect(passing(askRateBudget(notices('pay', 'cart', 'pay', 'login'), [], budget, true, NOW))).toEqual([
      '0',
      '1',
      '2',
    ])
    const crowd: LetGo[] = Array.from({ length: 9 }, (_, i) => ({ at: NOW - 1, journey: `j${i}` }))
    expect(passing(askRateBudget(notices('pay'), crowd, budget, true, NOW))).toEqual(['0'])
  })

  test('tells a crowd that waited in one message as soon as there is room for one', () => {
    const told = [{ at: NOW - 1, journey: 'x' }]
    const waiting = notices('a', 'b', 'c', 'd', 'e', 'f', 'g')
    expect(passing(askRateBudget(waiting, told, budget, true, NOW))).toHaveLength(7)
    expect(
      passing(askRateBudget(waiting, [...told, ...told.map((one) => ({ ...one, at: NOW - 2 }))], budget, true, NOW)),
    ).toEqual([])
  })

  test('is never overdrawn, loses nothing, and is always free again when it says so', () => {
    const arrival = fc.record({ at: fc.nat(20), journey: fc.constantFrom('a', 'b', 'c') })
    const limit = fc.record({ notifications: fc.integer({ min: 1, max: 4 }), perMs: fc.integer({ min: 1, max: 8 }) })
    fc.assert(
      fc.property(fc.array(arrival, { maxLength: 30 }), limit, (arrivals, stated) => {
        let waiting: { id: string; journey: string }[] = []
        const told: LetGo[] = []
        for (let now = 0; now < 400 && (now <= 20 || waiting.length > 0); now++) {
          waiting.push(...arrivals.flatMap(({ at, journey }, i) => (at === now ? [{ id: `${i}`, journey }] : [])))
          const verdicts = askRateBudget(waiting, told, stated, false, now)
          for (const { id, journey } of waiting) {
            const verdict = verdicts.get(id)
            if (verdict?.verdict === 'pass') told.push({ at: now, journey })
            else expect(verdict?.verdict === 'defer' && (verdict.until ?? 0)).toBeGreaterThan(now)
          }
          waiting = waiting.filter(({ id }) => verdicts.get(id)?.verdict !== 'pass')
          expect(told.filter(({ at }) => at > now - stated.perMs).length).toBeLessThanOrEqual(stated.notifications)
        }
        expect(told).toHaveLength(arrivals.length)
      }),
    )
  })
})

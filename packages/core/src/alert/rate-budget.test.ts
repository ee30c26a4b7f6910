import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { AlertFacts } from './facts.ts'
import { companionsOf } from './grouping.ts'
import { askRateBudget, isBudgeted, type LetGo } from './rate-budget.ts'

const NOW = 1_000_000
const HOUR = 3_600_000
const notices = (...journeys: readonly string[]) =>
  journeys.map((journey, i) => ({ id: `${i}`, journey, alone: false }))
const passing = (verdicts: ReturnType<typeof askRateBudget>) =>
  [...verdicts].filter(([, { verdict }]) => verdict === 'pass').map(([id]) => id)

describe('a budget of messages', () => {
  const budget = { notifications: 2, perMs: HOUR }

  test('lets the oldest go, and says when there is room again', () => {
    const told = [{ at: NOW - 600_000, journey: 'pay', alone: false }]
    const verdicts = askRateBudget(notices('pay', 'pay', 'pay'), told, budget, false, NOW)
    expect(passing(verdicts)).toEqual(['0'])
    expect(verdicts.get('1')).toEqual({ gate: 'rate_budget', verdict: 'defer', until: NOW - 600_000 + HOUR })
  })

  test('counts a message of a chat once, whatever it tells', () => {
    const told: LetGo[] = ['pay', 'pay', 'search'].map((journey) => ({ at: NOW - 1, journey, alone: false }))
    expect(passing(askRateBudget(notices('pay'), told, budget, true, NOW))).toEqual([])
    expect(passing(askRateBudget(notices('pay', 'cart', 'pay', 'login'), [], budget, true, NOW))).toEqual([
      '0',
      '1',
      '2',
    ])
    const crowd: LetGo[] = Array.from({ length: 9 }, (_, i) => ({
      ...{ at: NOW - 1, journey: `j${i}`, alone: false },
    }))
    expect(passing(askRateBudget(notices('pay'), crowd, budget, true, NOW))).toEqual(['0'])
  })

  test('tells a crowd that waited in one message as soon as there is room for one', () => {
    const told = [{ at: NOW - 1, journey: 'x', alone: false }]
    const waiting = notices('a', 'b', 'c', 'd', 'e', 'f', 'g')
    expect(passing(askRateBudget(waiting, told, budget, true, NOW))).toHaveLength(7)
    expect(
      passing(askRateBudget(waiting, [...told, ...told.map((one) => ({ ...one, at: NOW - 2 }))], budget, true, NOW)),
    ).toEqual([])
  })

  test('counts a crowd in the messages that it is sent in, and each reminder by itself', () => {
    const crowd: LetGo[] = Array.from({ length: 51 }, (_, i) => ({ at: NOW - 1, journey: `j${i}`, alone: false }))
    expect(passing(askRateBudget(notices('pay'), crowd, budget, true, NOW))).toEqual([])
    expect(passing(askRateBudget(notices('pay'), crowd.slice(1), budget, true, NOW))).toEqual(['0'])
    const waiting = notices(...Array.from({ length: 120 }, (_, i) => `j${i}`))
    expect(passing(askRateBudget(waiting, [], budget, true, NOW))).toHaveLength(100)
    const reminders = notices('pay', 'pay', 'pay').map((each) => ({ ...each, alone: true }))
    expect(passing(askRateBudget(reminders, [], budget, true, NOW))).toEqual(['0', '1'])
  })

  test('holds back no page, no end, no ticket and no practice', () => {
    const facts = fc.record({
      kind: fc.constantFrom(
        'trigger',
        'resolve',
        'withdraw',
        'reminder',
        'digest',
        'test',
        'trouble',
        'change',
        'update',
      ),
      level: fc.constantFrom(1, 2, 3),
      drill: fc.constantFrom('D-0001', undefined),
    })
    fc.assert(
      fc.property(facts, ({ kind, level, drill }) => {
        const stated = { kind, level, ...(drill !== undefined && { drill }) } as unknown as AlertFacts
        const isCounted = (kind === 'trigger' && level === 3) || (kind === 'reminder' && level > 1)
        expect(isBudgeted(stated)).toBe(isCounted && drill === undefined)
      }),
    )
  })

  test('is never overdrawn, loses nothing, and is always free again when it says so', () => {
    const arrival = fc.record({
      at: fc.nat(20),
      journey: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g'),
      lots: fc.constantFrom(1, 1, 1, 5, 49),
      alone: fc.boolean(),
    })
    const limit = fc.record({ notifications: fc.integer({ min: 1, max: 4 }), perMs: fc.integer({ min: 1, max: 8 }) })
    fc.assert(
      fc.property(
        ...[fc.array(arrival, { maxLength: 30 }), limit, fc.boolean(), fc.nat(40)],
        (arrivals, stated, together, downUntil) => {
          const all = arrivals.flatMap(({ lots, alone, ...rest }, i) =>
            Array.from({ length: alone ? 1 : lots }, (_, n) => ({ ...rest, id: `${i}-${n}`, alone })),
          )
          const chat = openChat(together)
          let waiting: typeof all = []
          const told: LetGo[] = []
          for (let now = 0; now < 2_000 && (now <= 40 || waiting.length > 0); now++) {
            waiting.push(...all.filter(({ at }) => at === now))
            const verdicts = askRateBudget(waiting, told, stated, together, now)
            for (const each of waiting) {
              const verdict = verdicts.get(each.id)
              if (verdict?.verdict === 'pass') {
                told.push({ ...each, at: now })
                chat.owe(each)
              } else expect(verdict?.verdict === 'defer' && (verdict.until ?? 0)).toBeGreaterThan(now)
            }
            waiting = waiting.filter(({ id }) => verdicts.get(id)?.verdict !== 'pass')
            if (now >= downUntil) chat.send(now)
            // What could not be sent is counted by when it was let go; no more of it is sent than was counted.
            const most = stated.notifications * (Math.floor(now / stated.perMs) + 1)
            expect(chat.sentSince(0)).toBeLessThanOrEqual(most)
            if (now >= downUntil + stated.perMs) {
              expect(chat.sentSince(now - stated.perMs + 1)).toBeLessThanOrEqual(stated.notifications)
            }
          }
          expect(told).toHaveLength(all.length)
        },
      ),
    )
  })
})

type Owed = { readonly id: string; readonly journey: string; readonly alone: boolean }

/** A receiver that is sent what it is owed as delivery sends it. */
function openChat(together: boolean) {
  let owed: { id: string; facts: AlertFacts }[] = []
  const sent: number[] = []
  return {
    owe: ({ id, journey, alone }: Owed) => {
      const facts = { kind: alone ? 'reminder' : 'trigger', level: alone ? 2 : 3, journey: { name: journey } }
      owed.push({ id, facts: facts as AlertFacts })
    },
    send: (now: number) => {
      for (let [first] = owed; first !== undefined; [first] = owed) {
        const message = new Set([first, ...(together ? companionsOf(first, owed) : [])])
        owed = owed.filter((each) => !message.has(each))
        sent.push(now)
      }
    },
    sentSince: (from: number) => sent.filter((at) => at >= from).length,
  }
}

import { isWellAgain, passes, type Seen, simpleRuleId, WEIGHTS } from '@tabiji/core/alert'
import { type Condition, isStaleRule, SUBJECTS } from '@tabiji/core/journey'
import { edgeAt, unpackEntries } from '@tabiji/core/ledger'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { openRuledShop, ruledDefinition } from '../testing/ruled-shop.ts'
import { createSimpleRules } from './simple-rules.ts'

const RULES = [
  'errors > 4 in 1m: 1',
  'errors > 20 % in 2m: 2',
  'slow > 30 % in 30s for 1m: 2',
  'excluded > 5 in 3m: 3',
  'events > 60 in 45s: 3',
  'events < 4 in 1m: 3',
  'no events for 2m: 2',
  'target absent for 2m: 1',
].join(', ')
const OF_PAY = 'errors > 2 in 1m: { level: 1, name: pay }, slow > 50 % for 1m: { level: 3, name: slow }'

const counts = fc.tuple(fc.nat(9), fc.nat(4), fc.nat(2), fc.nat(3))
/** What happens in a quarter of a minute; nothing is read in some of them, and nothing happens in others. */
const quarter = fc.oneof(
  { weight: 5, arbitrary: fc.record({ pay: counts, cart: counts }) },
  { weight: 2, arbitrary: fc.constant({}) },
  { weight: 2, arbitrary: fc.constant(undefined) },
)
/** Stretches of the same, so that what must last does. */
const traffic = fc
  .array(fc.tuple(quarter, fc.integer({ min: 1, max: 12 })), { minLength: 1, maxLength: 10 })
  .map((stretches) => stretches.flatMap(([add, times]) => Array.from({ length: times }, () => add)))

type Counting = Exclude<Condition, { readonly kind: 'absent' }>

/** The other algorithm: everything that the log holds from the window's beginning on, added up entry by entry. */
function bySum(
  shop: ReturnType<typeof openRuledShop>,
  { subject, windowMs }: Counting,
  step: string | undefined,
): Seen {
  const { ledger } = shop.judge()
  const from = edgeAt(ledger.grid, windowMs, shop.now())
  const { counted, of } = WEIGHTS[subject]
  let [count, base] = [0, 0]
  for (const { body } of shop.ledgerStore.rows(from, Number.MAX_SAFE_INTEGER)) {
    unpackEntries(body, (account, ...columns) => {
      if (step !== undefined && ledger.books.accounts[account]?.step !== step) return
      for (const column of [0, 1, 2, 3] as const) {
        count += columns[column] * counted[column]
        base += columns[column] * of[column]
      }
    })
  }
  return { count, of: base }
}

test('what a rule sees by the edges of windows is what the log holds, whatever happens', () => {
  const all = SUBJECTS.flatMap((subject) => [`${subject} > 0 in 1m: 1`, `${subject} > 1 in 4m: 1`])
  fc.assert(
    fc.property(traffic, (quarters) => {
      const shop = openRuledShop(all.join(', '), 'errors > 0 in 2m: 1')
      const { name = '', alerts = [] } = ruledDefinition(all.join(', '), 'errors > 0 in 2m: 1').journeys[0] ?? {}
      // Every rule is asked: as if an alert of each were open.
      const watched = alerts.map((alert) => simpleRuleId(name, alert))
      for (const add of quarters) {
        shop.tick(add)
        const told = (ids: readonly string[]) => [
          ...createSimpleRules(shop.judge()).verdicts(shop.now(), new Map(), ids, new Map()),
        ]
        const verdicts = told(watched)
        expect(verdicts.map(({ compiled }) => compiled.rule.id)).toEqual(watched)
        // Those that nobody watches are told of when they hold, and only then.
        expect(told([])).toEqual(verdicts.filter(({ signal }) => signal.read && signal.holds))
        for (const { compiled, seen, signal } of verdicts) {
          const { condition, step, atLeast } = compiled.alert
          // It counts nothing.
          if (isStaleRule(compiled.alert)) continue
          if (condition.kind === 'absent') throw new Error('Expected rules that count')
          const summed = bySum(shop, condition, step)
          expect(seen).toEqual(summed)
          const holds = passes(condition, summed, atLeast)
          // Nothing is waited for here, so that only what holds is believed.
          expect(signal).toMatchObject(
            holds ? { read: true, holds, calm: isWellAgain(condition, summed) } : { read: false },
          )
        }
      }
      shop.close()
    }),
    { numRuns: 10 },
  )
}, 120_000)

test('a restart at any evaluation changes no alert, nor when it rings and ends', () => {
  const restarts = fc.array(fc.boolean(), { minLength: 1, maxLength: 40 })
  fc.assert(
    fc.property(traffic, restarts, (quarters, pattern) => {
      const [steady, restarted] = [openRuledShop(RULES, OF_PAY), openRuledShop(RULES, OF_PAY)]
      quarters.forEach((add, i) => {
        if (pattern[i % pattern.length] === true) restarted.restart()
        expect(restarted.tick(add)).toEqual(steady.tick(add))
      })
      const told = ({ id, rule, episode }: ReturnType<typeof steady.episodes>[number]) => ({ id, rule, episode })
      expect(restarted.episodes().map(told)).toEqual(steady.episodes().map(told))
      expect(restarted.alerts.heldConditions()).toEqual(steady.alerts.heldConditions())
      steady.close()
      restarted.close()
    }),
    { numRuns: 10 },
  )
}, 120_000)

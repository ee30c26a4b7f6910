import { readJourneys } from '@tabiji/core/journey/document'
import { createEvaluation } from '../alert/evaluate.ts'
import { createJudge } from '../budget/budgets.ts'
import { openLedger } from '../ledger/ledger.ts'
import { createShop, definitionOf, MINUTE, NOON, openBooks } from './books.ts'
import { tellingTo } from './office.ts'

/** As often as the shop is read and judged. */
export const TICK = 15_000

const PATIENCE = new Map([['shop', 60_000]])
const GRID = [{ fromAgeSeconds: 0, width: 15 }] as const

/** The file of `definitionOf`, with simple rules as a journeys file states them: of the journey, and of the step `pay`. */
export function ruledDefinition(rules: string, ofPay = '') {
  const text = `timeZone: Asia/Tokyo
classes: { read: 300ms, write: 1s, heavy: 20s }
journeys:
  checkout:
    title: { en: Check out, ja: 購入 }
    owner: shop-team
    runbook: https://wiki.example.org/checkout
    alerts: {${rules}}
    objectives: {}
    steps:
      cart: { http: POST /cart, within: write }
      pay: { http: POST /orders, within: write${ofPay === '' ? '' : `, alerts: {${ofPay}}`} }
`
  const read = readJourneys(text, 'journeys.yaml')
  if (!read.ok) throw new Error(JSON.stringify(read.problems))
  return read.definition
}

/**
 * A shop that is read and judged by simple rules, on a real store. The clock moves only by what is called.
 *
 * @param startedAt when the shop began to count, milliseconds
 */
export function openRuledShop(rules: string, ofPay?: string, startedAt = NOON) {
  const file = ruledDefinition(rules, ofPay)
  const books = openBooks(definitionOf())
  let ids = 0
  const telling = {
    patience: PATIENCE,
    ...tellingTo({ 1: ['pager'], 2: ['chat'], 3: ['chat'] }),
    letterhead: () => ({ instance: 'test', timeZone: 'Asia/Tokyo', sample: false }),
    newId: () => `n-${++ids}`,
  } as const
  const shop = createShop(startedAt)
  const state = {
    now: NOON,
    ledger: books.ledger,
    judge: createJudge(file, books.ledger, []),
    evaluation: createEvaluation(books.alerts, telling),
  }
  const evaluate = () =>
    state.evaluation.tick(state.judge, state.now).map(({ transition, episode }) => `${episode} ${transition}`)
  /** A quarter of a minute passes. @param add what the shop counts in it; nothing at all when it cannot be read */
  const tick = (add?: Parameters<typeof shop>[1]): string[] => {
    state.now += TICK
    if (add !== undefined) state.ledger.book([shop(state.now, add)], state.now)
    return evaluate()
  }
  return {
    ...books,
    tick,
    evaluate,
    now: () => state.now,
    judge: () => state.judge,
    /** Minutes of the same in every quarter. */
    run: (minutes: number, add?: Parameters<typeof shop>[1]): string[] =>
      Array.from({ length: (minutes * MINUTE) / TICK }, () => tick(add)).flat(),
    /** Another file, with the evaluation that is at work. */
    reload: (other: string) => {
      state.judge = createJudge(ruledDefinition(other), state.judge.ledger, [])
    },
    /** The process ends and another one takes over what is on disk. */
    restart: () => {
      state.ledger = openLedger(books.ledgerStore, { grid: GRID, clockSkewMs: 5_000 })
      state.judge = createJudge(state.judge.definition, state.ledger, [])
      state.evaluation = createEvaluation(books.alerts, telling)
    },
    episodes: () => books.alerts.listEpisodes({ state: 'all', limit: 1_000 }),
  }
}

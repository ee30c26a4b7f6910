import { exceeds } from '../budget/index.ts'
import {
  type Condition,
  type Definition,
  isStaleRule,
  type Journey,
  type Limit,
  type SimpleAlert,
  type Subject,
} from '../journey/index.ts'
import { type Books, COLUMNS } from '../ledger/index.ts'
import { MINUTE } from '../time/index.ts'
import type { Rule } from './rule.ts'

/** Which columns of a count vector (order of `OUTCOMES`) are counted, and what a share of them is a share of. */
type Weights = { readonly counted: Columns; readonly of: Columns }
type Columns = readonly [good: 0 | 1, slow: 0 | 1, error: 0 | 1, excluded: 0 | 1]

const ALL: Columns = [1, 1, 1, 1]

/** Errors and slow ones are shares of what `availability` and `latency` call valid; excluded ones of everything. */
export const WEIGHTS: Readonly<Record<Subject, Weights>> = {
  errors: { counted: [0, 0, 1, 0], of: [1, 1, 1, 0] },
  slow: { counted: [0, 1, 0, 0], of: [1, 1, 0, 0] },
  excluded: { counted: [0, 0, 0, 1], of: ALL },
  events: { counted: ALL, of: ALL },
}

/** A simple rule, ready to be judged at every tick. */
export type CompiledRule = {
  readonly rule: Rule
  readonly journey: Journey
  readonly alert: SimpleAlert
  /** Position of its window in {@link RuleBook.windows}; -1 when it counts nothing. */
  readonly window: number
  /** Numbers of the accounts that feed it; `refreshRules` keeps it up to date. */
  accounts: readonly number[]
}

/** All simple rules of a definition and the windows that they need, each once. */
export type RuleBook = {
  readonly rules: readonly CompiledRule[]
  /** Lengths in milliseconds, ascending. */
  readonly windows: readonly number[]
  /** How many accounts the books had when the accounts were last looked up. */
  knownAccounts: number
}

/** Events that are counted, and those that they are a share of. Whole numbers. */
export type Seen = { readonly count: number; readonly of: number }

/** How long it must be calm at most before a simple rule resolves. */
const LONGEST_KEEP = 5 * MINUTE

/** `checkout/alerts/errors-over-10-in-5m`, or `checkout/pay.alerts/…` for a step: unlike any id of an objective's rule. */
export function simpleRuleId(journey: string, { step, name }: Pick<SimpleAlert, 'step' | 'name'>): string {
  return `${journey}/${step === undefined ? '' : `${step}.`}alerts/${name}`
}

/** The shorter of five minutes and the stretch that the condition is about, milliseconds. */
export function simpleKeepOf(condition: Condition): number {
  return Math.min(LONGEST_KEEP, condition.kind === 'absent' ? condition.forMs : condition.windowMs)
}

export function compileRules({ journeys }: Definition): RuleBook {
  const all = journeys.flatMap((journey) => (journey.alerts ?? []).map((alert) => ({ journey, alert })))
  const lengths = all.flatMap(({ alert: { condition } }) => (condition.kind === 'absent' ? [] : [condition.windowMs]))
  const windows = [...new Set(lengths)].sort((a, b) => a - b)
  const rules = all.map(({ journey, alert }): CompiledRule => {
    const { condition, level } = alert
    const window = condition.kind === 'absent' ? -1 : windows.indexOf(condition.windowMs)
    const id = simpleRuleId(journey.name, alert)
    return {
      rule: { id, level, kind: 'simple', keepMs: simpleKeepOf(condition) },
      journey,
      alert,
      window,
      accounts: [],
    }
  })
  return { rules, windows, knownAccounts: -1 }
}

/** Looks up which accounts feed which rule, when the books have new ones: own ones, of steps that the file knows. */
export function refreshRules(book: RuleBook, { accounts }: Pick<Books, 'accounts'>): void {
  if (book.knownAccounts === accounts.length) return
  book.knownAccounts = accounts.length
  const ofJourney = new Map<string, number[]>()
  accounts.forEach(({ role, journey }, number) => {
    if (role !== 'own') return
    const numbers = ofJourney.get(journey)
    if (numbers === undefined) ofJourney.set(journey, [number])
    else numbers.push(number)
  })
  for (const compiled of book.rules) {
    const { journey, alert } = compiled
    const steps = watchedSteps(journey, alert)
    const numbers = ofJourney.get(journey.name) ?? []
    compiled.accounts = numbers.filter((number) => steps.includes(accounts[number]?.step ?? ''))
  }
}

/** The steps that a rule is about: its own, or all but those that say themselves after how long they are absent. */
export function watchedSteps({ steps, alerts = [] }: Journey, alert: SimpleAlert): readonly string[] {
  const names = steps.map(({ name }) => name)
  if (alert.step !== undefined) return names.filter((name) => name === alert.step)
  if (!isStaleRule(alert)) return names
  const told = alerts.flatMap(({ step, condition }) =>
    condition.kind === 'absent' && step !== undefined ? [step] : [],
  )
  return names.filter((name) => !told.includes(name))
}

/** What a subject's events come to between two cumulative points, over the accounts. */
export function seenBetween(subject: Subject, accounts: readonly number[], from: Float64Array, to: Float64Array): Seen {
  const { counted, of: base } = WEIGHTS[subject]
  let count = 0
  let of = 0
  for (const account of accounts) {
    for (let column = 0; column < counted.length; column++) {
      const at = account * COLUMNS + column
      const events = (to[at] ?? 0) - (from[at] ?? 0)
      count += events * (counted[column] as number)
      of += events * (base[column] as number)
    }
  }
  return { count, of }
}

type Counting = Exclude<Condition, { readonly kind: 'absent' }>

/** Whether the counts pass the limit: strictly, and exactly. @param atLeast of how many events a share must be */
export function passes({ kind, limit }: Counting, { count, of }: Seen, atLeast = 0): boolean {
  if ('ppm' in limit) return of >= atLeast && exceeds(count, of, fractionOf(limit))
  return kind === 'above' ? count > limit.count : count < limit.count
}

/**
 * Whether the counts are well on the good side again, a stricter thing than not to pass the limit: at most half of it, or, where
 * there may be too few, the limit and half of it again (rounded down, so that one event ends "no events").
 */
export function isWellAgain({ kind, limit }: Counting, { count, of }: Seen): boolean {
  if ('ppm' in limit) return !exceeds(count * 2, of, fractionOf(limit))
  return kind === 'above' ? count * 2 <= limit.count : count >= limit.count + Math.floor(limit.count / 2)
}

function fractionOf({ ppm }: Extract<Limit, { readonly ppm: number }>) {
  return { num: ppm, den: 1_000_000 }
}

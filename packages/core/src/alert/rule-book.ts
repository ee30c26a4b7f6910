import type { Definition, Journey, SimpleAlert } from '../journey/index.ts'
import type { Books } from '../ledger/index.ts'
import type { Rule } from './rule.ts'
import { countBetween, passes, simpleKeepOf, simpleRuleId, WEIGHTS, watchedSteps } from './simple.ts'

/**
 * All simple rules of a definition, laid out for one pass at every tick: in columns instead of objects, because every journey
 * has two of them that nobody wrote, and nearly all have nothing to say. Rules are told by their numbers.
 */
export type RuleBook = {
  /** By rule, as are `alerts`. */
  readonly journeys: readonly Journey[]
  readonly alerts: readonly SimpleAlert[]
  /** Lengths in milliseconds of the windows that rules need, ascending, each once. */
  readonly windows: readonly number[]
  /** Numbers of the accounts that feed the rules; those of rule i stand from `from[i]` on. `refreshRules` keeps them up to date. */
  accounts: Int32Array
  readonly from: Int32Array
  /** How many accounts the books had when the accounts were last looked up. */
  knownAccounts: number
  /** The first rule of each journey, once a rule was asked for by its id. */
  firsts?: ReadonlyMap<string, number>
}

/** A simple rule as an object, for those that have something to say. */
export type CompiledRule = {
  readonly rule: Rule
  readonly journey: Journey
  readonly alert: SimpleAlert
  /** Position of its window in {@link RuleBook.windows}; -1 when it counts nothing. */
  readonly window: number
  /** Numbers of the accounts that feed it. */
  readonly accounts: readonly number[]
}

export function compileRules({ journeys }: Definition): RuleBook {
  const alerts = journeys.flatMap((journey) => journey.alerts ?? [])
  const lengths = alerts.flatMap(({ condition }) => (condition.kind === 'absent' ? [] : [condition.windowMs]))
  return {
    journeys: journeys.flatMap((journey) => (journey.alerts ?? []).map(() => journey)),
    alerts,
    windows: [...new Set(lengths)].sort((a, b) => a - b),
    accounts: new Int32Array(0),
    from: new Int32Array(alerts.length + 1),
    knownAccounts: -1,
  }
}

/** @throws RangeError when there is no rule of this number */
export function ruleAt(book: RuleBook, number: number): CompiledRule {
  const { journeys, alerts, windows, accounts, from } = book
  const [journey, alert] = [journeys[number], alerts[number]]
  if (journey === undefined || alert === undefined) throw new RangeError(`Expected one of ${alerts.length} rules`)
  const { condition, level } = alert
  return {
    rule: { id: simpleRuleId(journey.name, alert), level, kind: 'simple', keepMs: simpleKeepOf(condition) },
    journey,
    alert,
    window: condition.kind === 'absent' ? -1 : windows.indexOf(condition.windowMs),
    accounts: [...accounts.subarray(from[number], from[number + 1])],
  }
}

/** The number of the rule with an id, when the file has it. */
export function ruleNumber(book: RuleBook, id: string): number | undefined {
  const { journeys, alerts } = book
  const name = id.slice(0, id.indexOf('/'))
  // From the last to the first, so that the first of a journey is what stays.
  book.firsts ??= new Map(journeys.map(({ name }, number) => [name, number] as const).reverse())
  for (let number = book.firsts.get(name) ?? alerts.length; journeys[number]?.name === name; number++) {
    if (simpleRuleId(name, alerts[number] as SimpleAlert) === id) return number
  }
  return undefined
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
  const all: number[] = []
  book.alerts.forEach((alert, number) => {
    const journey = book.journeys[number] as Journey
    const steps = watchedSteps(journey, alert)
    for (const own of ofJourney.get(journey.name) ?? []) if (steps.includes(accounts[own]?.step ?? '')) all.push(own)
    book.from[number + 1] = all.length
  })
  book.accounts = Int32Array.from(all)
}

/** The cumulative points that a pass over rules compares, and until when accounts were read (seconds, by account). */
export type RulePoints = {
  readonly total: Float64Array
  /** In the order of {@link RuleBook.windows}. */
  readonly windows: readonly Float64Array[]
  readonly coveredUntil: Float64Array
  /** Milliseconds. */
  readonly now: number
}

/**
 * Whether a rule may have something to say: its limit is passed, or an account was not read for long. Of all others no condition
 * holds. Makes nothing, for it is asked of every rule at every tick.
 */
export function mayHold(book: RuleBook, number: number, points: RulePoints): boolean {
  const { condition, atLeast } = book.alerts[number] as SimpleAlert
  if (condition.kind === 'absent') return isLongUnread(book, number, points, condition.forMs)
  const from = points.windows[book.windows.indexOf(condition.windowMs)] as Float64Array
  const { counted, of } = WEIGHTS[condition.subject]
  const [begin, end] = [book.from[number] as number, book.from[number + 1] as number]
  const count = countBetween(counted, book.accounts, begin, end, from, points.total)
  if (count === 0 && condition.kind === 'above') return false
  return passes(condition, { count, of: countBetween(of, book.accounts, begin, end, from, points.total) }, atLeast)
}

function isLongUnread({ accounts, from }: RuleBook, i: number, { coveredUntil, now }: RulePoints, forMs: number) {
  for (let k = from[i] as number; k < (from[i + 1] as number); k++) {
    const end = coveredUntil[accounts[k] as number] ?? 0
    if (end > 0 && now - end * 1000 > forMs) return true
  }
  return false
}

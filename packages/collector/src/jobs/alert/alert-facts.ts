import { createHash } from 'node:crypto'
import type { AlertFacts, Cause, NoticeKind, Rule } from '@tabiji/core/alert'
import {
  type CompiledObjective,
  factorOf,
  policyOf,
  readPairs,
  type Spending,
  tallyBetween,
  workOn,
  worstWorks,
} from '@tabiji/core/budget'
import type { LedgerView } from '../ledger/ledger.ts'
import { type Background, background, explanation } from './explanation.ts'
import { type ForeignEvidence, foreignFacts } from './foreign-alerts.ts'
import { type SimpleEvidence, simpleFacts } from './simple-facts.ts'

/** What is the same in every message of this collector. */
export type Letterhead = {
  /** Tells this store's episodes from those of another collector at the same pager. */
  readonly instance: string
  readonly timeZone: string
  readonly publicUrl?: string
  /** What is known besides the books. */
  readonly background?: Background
  /** Whether the store holds made-up data. */
  readonly sample: boolean
  /** The drill that everything is told for. */
  readonly drill?: string
}

export type Occasion = {
  readonly kind: NoticeKind
  readonly episode: string
  readonly startedAt: number
  readonly at: number
} & Pick<AlertFacts, 'flapping' | 'unreadSince' | 'takenBy'>

/** The state of an objective's books at the moment of a transition. */
export type Evidence = {
  readonly compiled: CompiledObjective
  readonly ledger: LedgerView
  readonly windows: readonly Float64Array[]
  readonly spending: Spending
}

/** Gathers what a message about a transition may say. */
export function alertFacts(
  rule: Rule,
  occasion: Occasion,
  evidence: Evidence | SimpleEvidence | ForeignEvidence,
  letterhead: Letterhead,
): AlertFacts {
  const { journey } =
    'verdict' in evidence ? evidence.verdict.compiled : 'claim' in evidence ? evidence : evidence.compiled
  const { instance, publicUrl, background: known, ...common } = letterhead
  const told = toldBy(rule, evidence)
  const written: AlertFacts = {
    ...occasion,
    ...common,
    dedupKey: createHash('sha256').update(`${instance}\n${rule.id}\n${occasion.episode}`).digest('hex'),
    rule: rule.id,
    level: rule.level,
    journey: {
      name: journey.name,
      title: journey.title,
      tier: journey.tier,
      ...(journey.owner !== undefined && { owner: journey.owner }),
    },
    ...told,
    ...(publicUrl !== undefined && { link: `${publicUrl}/api/v1/alerts/${occasion.episode}` }),
  }
  const isBeginning = occasion.kind === 'trigger'
  const explained = { ...written, ...(isBeginning && 'compiled' in evidence && explanation(written, evidence)) }
  // What users met decides which page is the closest.
  const facts: AlertFacts = { ...explained, ...known?.runbook(explained, journey.runbook) }
  return { ...facts, ...(isBeginning && known !== undefined && background(facts, known)) }
}

function toldBy(rule: Rule, evidence: Evidence | SimpleEvidence | ForeignEvidence) {
  if ('verdict' in evidence) return simpleFacts(evidence)
  return 'claim' in evidence ? foreignFacts(evidence) : objectiveFacts(rule, evidence)
}

function objectiveFacts(rule: Rule, evidence: Evidence) {
  const { journey, objective } = evidence.compiled
  const worst = worstStep(rule, evidence)
  const dependencies = worstDependencies(rule, evidence)
  return {
    objective: {
      name: objective.name,
      indicator: objective.indicator,
      targetPpm: objective.targetPpm,
      window: objective.window,
      ...(objective.estimate !== undefined && { estimate: objective.estimate }),
      ...(objective.step !== undefined && { step: objective.step }),
      ...(objective.budgeting !== undefined && { budgeting: objective.budgeting }),
    },
    cause: causeOf(rule, evidence),
    budget: { bad: evidence.spending.bad, valid: evidence.spending.valid, leftPpm: evidence.spending.leftPpm ?? 0 },
    ...(evidence.compiled.hurts !== undefined && { hurts: evidence.compiled.hurts }),
    ...(worst !== undefined && { worstStep: worst }),
    ...(dependencies.length > 0 && { worstDependencies: dependencies }),
    ...(journey.runbook !== undefined && { runbook: journey.runbook }),
  }
}

/** The pair that holds, or, when none does any more, the one of the level that was nearest to it. */
function causeOf(rule: Rule, { compiled, ledger, windows }: Evidence): Cause {
  if (rule.percent !== undefined) return { kind: 'milestone', percent: rule.percent }
  const readings = readPairs(compiled, ledger.books.total.rows, windows).filter(({ pair }) => pair.level === rule.level)
  const [first] = readings
  const told = readings.find(({ holds }) => holds) ?? first
  if (told === undefined) throw new Error(`Expected ${rule.id} to have a pair of windows`)
  const factor = factorOf(told.pair, compiled.objective.window)
  return {
    kind: 'burn',
    factorMilli: Math.floor((factor.num * 1000) / factor.den),
    long: { ms: told.pair.longMs, ...told.long },
    short: { ms: told.pair.shortMs, ...told.short },
    guard: policyOf(compiled.objective).guard,
  }
}

/** The step with the most bad events in the level's longest window; nothing when there is but one, or none was bad. */
function worstStep(rule: Rule, { compiled, ledger, windows }: Evidence): AlertFacts['worstStep'] {
  const from = longestWindow(rule, compiled, windows)
  if (from === undefined || compiled.journey.steps.length < 2 || compiled.objective.step !== undefined) return undefined
  const steps = compiled.journey.steps.map(({ name }) => {
    const accounts = compiled.accounts.filter((number) => ledger.books.accounts[number]?.step === name)
    return { name, bad: tallyBetween({ ...compiled, accounts }, from, ledger.books.total.rows).bad }
  })
  const ofBad = steps.reduce((sum, { bad }) => sum + bad, 0)
  const worst = steps.reduce((a, b) => (b.bad > a.bad ? b : a))
  return worst.bad === 0 ? undefined : { ...worst, ofBad }
}

const MOST_DEPENDENCIES = 3

/** What other services did for the journey, by the objective's own measure of bad. */
function worstDependencies(
  rule: Rule,
  { compiled, ledger, windows }: Evidence,
): NonNullable<AlertFacts['worstDependencies']> {
  const from = longestWindow(rule, compiled, windows)
  if (from === undefined) return []
  const { accounts, total } = ledger.books
  const { journey, objective } = compiled
  const works = workOn(journey.name, 'dependency', accounts, { from, to: total.rows }, objective.indicator)
  return worstWorks(works)
    .slice(0, MOST_DEPENDENCIES)
    .map(({ service, step, bad, valid }) => ({ service, step, bad, valid }))
}

function longestWindow(
  rule: Rule,
  compiled: CompiledObjective,
  windows: readonly Float64Array[],
): Float64Array | undefined {
  const longest = compiled.pairs.filter(({ level }) => level === rule.level).map(({ long }) => long)
  return windows[Math.max(...longest, 0)]
}

import { type AlertFacts, type Change, changesBefore, type Felt, JUST_BEFORE_MS, outlookOf } from '@tabiji/core/alert'
import {
  type CompiledObjective,
  factorOf,
  PPM,
  policyOf,
  readPairs,
  type Spending,
  wilsonLowerBound,
} from '@tabiji/core/budget'
import { COLUMNS } from '@tabiji/core/ledger'
import { monthOf, monthRange } from '@tabiji/core/time'
import type { LedgerView } from '../ledger/ledger.ts'

/** What may explain an alert besides the books. */
export type Background = {
  /** Changes in [from, to], milliseconds, that may touch a journey or an objective of it. */
  changes(journey: string, objective: string | undefined, from: number, to: number): readonly Change[]
  /** The runbook that an alert brings along. @param ofJourney that of its journey, where the journeys file names one */
  runbook(facts: AlertFacts, ofJourney: string | undefined): Pick<AlertFacts, 'runbook' | 'runbookTitle'>
  /** The first step of a runbook, where it can be read. */
  firstStep(address: string): string | undefined
}

type Evidence = {
  readonly compiled: CompiledObjective
  readonly ledger: LedgerView
  readonly windows: readonly Float64Array[]
  readonly spending: Spending
}

type Explained = Pick<AlertFacts, 'outlook' | 'felt' | 'sureness'>

/** What the books say of how bad it is: who felt it, when the budget will be empty, and how sure that is. */
export function explanation({ at, cause, level, timeZone }: AlertFacts, evidence: Evidence): Explained {
  const { compiled, ledger, windows, spending } = evidence
  const { objective } = compiled
  const readings = readPairs(compiled, ledger.books.total.rows, windows)
  // Of a burn the pair that is told, so that all figures are of one window; of a milestone the longest that there is.
  const place =
    cause.kind === 'burn'
      ? readings.findIndex(({ pair }) => pair.level === level && pair.longMs === cause.long.ms)
      : readings.reduce((best, { pair }, i) => (pair.longMs > (readings[best]?.pair.longMs ?? 0) ? i : best), -1)
  const [told, compiledPair] = [readings[place], compiled.pairs[place]]
  const from = compiledPair === undefined ? undefined : windows[compiledPair.long]
  if (told === undefined || from === undefined) return {}
  const outlook = outlookOf({
    window: objective.window,
    targetPpm: objective.targetPpm,
    bad: spending.bad,
    allowedMillionths: spending.allowedMillionths,
    long: { ms: told.pair.longMs, ...told.long },
    ...(objective.window.kind === 'month' && { monthLeftMs: monthRange(monthOf(at, timeZone), timeZone).to - at }),
  })
  const felt = feltBetween(compiled, ledger, from)
  return {
    outlook,
    ...(felt.length > 0 && { felt }),
    ...(cause.kind === 'burn' && objective.budgeting === undefined && { sureness: surenessOf(compiled, told) }),
  }
}

function surenessOf({ objective }: CompiledObjective, { pair, long }: ReturnType<typeof readPairs>[number]) {
  const { confidencePercent } = policyOf(objective).guard
  const factor = factorOf(pair, objective.window)
  return {
    atLeastPpm: Math.floor(wilsonLowerBound(long, confidencePercent) * PPM),
    confidencePercent,
    ringsAbovePpm: Math.floor(((PPM - objective.targetPpm) * factor.num) / factor.den),
  }
}

const MOST_STEPS = 3

/** What users met by step, by outcome, whatever the objective makes of it. Steps that nobody had trouble with are left out. */
function feltBetween({ accounts }: CompiledObjective, { books }: LedgerView, from: Float64Array): readonly Felt[] {
  const steps = new Map<string, Felt>()
  for (const number of accounts) {
    const step = books.accounts[number]?.step
    if (step === undefined) continue
    const count = (column: number) =>
      (books.total.rows[number * COLUMNS + column] ?? 0) - (from[number * COLUMNS + column] ?? 0)
    const [good, slow, failed] = [count(0), count(1), count(2)]
    const before = steps.get(step) ?? { step, failed: 0, slow: 0, valid: 0 }
    steps.set(step, {
      step,
      failed: before.failed + failed,
      slow: before.slow + slow,
      valid: before.valid + good + slow + failed,
    })
  }
  return [...steps.values()]
    .filter(({ failed, slow }) => failed + slow > 0)
    .sort((a, b) => b.failed + b.slow - a.failed - a.slow)
    .slice(0, MOST_STEPS)
}

/** What may have led to it, and what to do first. */
export function background(
  { journey, objective, startedAt, runbook }: AlertFacts,
  known: Background,
): Pick<AlertFacts, 'changes' | 'firstStep'> {
  const id = objective === undefined ? undefined : `${journey.name}/${objective.name}`
  const changes = changesBefore(known.changes(journey.name, id, startedAt - JUST_BEFORE_MS, startedAt), startedAt)
  const firstStep = runbook === undefined ? undefined : known.firstStep(runbook)
  return { ...(changes.length > 0 && { changes }), ...(firstStep !== undefined && { firstStep }) }
}

import type { AlertFacts } from '../alert/index.ts'
import type { Situation } from './choice.ts'
import type { Symptom } from './runbook.ts'

type Told = Pick<AlertFacts, 'journey' | 'objective' | 'cause' | 'worstStep' | 'worstDependencies' | 'felt'>
type Felt = NonNullable<AlertFacts['felt']>[number]
type Indicator = NonNullable<AlertFacts['objective']>['indicator']

/**
 * What an alert is about: its journey, the step that it is about or, of an alert of the whole journey, the one that hurts users
 * most, and what users meet there. A failing dependency tells most.
 */
export function situationOf(facts: Told): Situation {
  const { journey, objective, cause, worstStep, worstDependencies = [], felt = [] } = facts
  const named = objective?.step ?? (cause.kind === 'simple' ? cause.step : undefined)
  const hurt = named === undefined ? (worstStep ?? mostFelt(felt, objective?.indicator)) : undefined
  const step = named ?? hurt?.name
  const dependencies = worstDependencies
    .filter(({ bad }) => bad > 0)
    .map(({ service }): Symptom => `dependency:${service}`)
  const there = felt.filter((each) => step === undefined || each.step === step)
  const met = objective === undefined ? simpleSymptoms(cause) : objectiveSymptoms(objective.indicator, there)
  const symptoms = [...new Set([...dependencies, ...met])]
  return {
    journey: journey.name,
    ...(step !== undefined && { step }),
    ...(hurt !== undefined && { hurt: { bad: hurt.bad, ofBad: hurt.ofBad } }),
    symptoms,
  }
}

/** The step that users felt most, by what the objective counts as bad; the first of several. */
function mostFelt(felt: readonly Felt[], indicator: Indicator | undefined): Told['worstStep'] {
  const steps = felt.map((each) => ({ name: each.step, bad: badOf(each, indicator) }))
  const ofBad = steps.reduce((sum, { bad }) => sum + bad, 0)
  const worst = steps.reduce<(typeof steps)[number] | undefined>(
    (a, b) => (a === undefined || b.bad > a.bad ? b : a),
    undefined,
  )
  return worst === undefined || worst.bad === 0 ? undefined : { ...worst, ofBad }
}

function badOf({ failed, slow }: Felt, indicator: Indicator | undefined): number {
  if (indicator === 'availability') return failed
  return indicator === 'latency' ? slow : failed + slow
}

function objectiveSymptoms(indicator: Indicator, felt: readonly Felt[]): readonly Symptom[] {
  if (indicator === 'availability') return ['error']
  if (indicator === 'latency') return ['slow']
  const sum = (of: 'failed' | 'slow') => felt.reduce((total, each) => total + each[of], 0)
  return sum('slow') > sum('failed') ? ['slow', 'error'] : ['error', 'slow']
}

function simpleSymptoms(cause: AlertFacts['cause']): readonly Symptom[] {
  if (cause.kind !== 'simple') return []
  const { condition } = cause
  if (condition.kind === 'absent') return ['no-data']
  switch (condition.subject) {
    case 'errors':
      return condition.kind === 'above' ? ['error'] : []
    case 'slow':
      return condition.kind === 'above' ? ['slow'] : []
    case 'excluded':
      return condition.kind === 'above' ? ['excluded'] : []
    case 'events':
      return condition.kind === 'below' ? ['no-data'] : []
  }
}

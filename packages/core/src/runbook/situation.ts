import type { AlertFacts } from '../alert/index.ts'
import type { Situation } from './choice.ts'
import type { Symptom } from './runbook.ts'

type Told = Pick<AlertFacts, 'journey' | 'objective' | 'cause' | 'worstStep' | 'worstDependencies' | 'felt'>

/** What an alert is about: its journey, the step where it is worst, and what users meet. A failing dependency tells most. */
export function situationOf({ journey, objective, cause, worstStep, worstDependencies = [], felt }: Told): Situation {
  const step = objective?.step ?? (cause.kind === 'simple' ? cause.step : undefined) ?? worstStep?.name
  const dependencies = worstDependencies
    .filter(({ bad }) => bad > 0)
    .map(({ service }): Symptom => `dependency:${service}`)
  const met = objective === undefined ? simpleSymptoms(cause) : objectiveSymptoms(objective.indicator, felt)
  const symptoms = [...new Set([...dependencies, ...met])]
  return { journey: journey.name, ...(step !== undefined && { step }), symptoms }
}

function objectiveSymptoms(
  indicator: NonNullable<AlertFacts['objective']>['indicator'],
  felt: AlertFacts['felt'] = [],
): readonly Symptom[] {
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

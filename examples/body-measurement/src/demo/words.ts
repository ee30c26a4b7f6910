import type { Received } from './receiver.ts'

/** An alert as the demo prints it: level, journey, how fast, what is left, and what to do. */
export function alertLines({ type, data }: Received): readonly string[] {
  const { episode, level, journey, objective, cause, budget, worstStep, runbook, sample } = data
  const name = `${journey.title.en} (${journey.name}), ${objective.name}`
  if (type !== 'alert.triggered') return [`✔ LEVEL ${level} resolved: ${name} · ${episode}`]
  const worst =
    worstStep === undefined ? [] : [`   worst step: ${worstStep.name}, ${worstStep.bad} of ${worstStep.ofBad}`]
  return [
    `▲ LEVEL ${level}: ${name} · ${episode}`,
    `   ${causeText(cause, objective.targetPpm)}`,
    `   budget left: ${percent(budget.leftPpm, 1_000_000)} of 30 days${sample ? ' (with SAMPLE history)' : ''}`,
    ...worst,
    ...(runbook === undefined ? [] : [`   runbook: ${runbook}`]),
  ]
}

function causeText(cause: Received['data']['cause'], targetPpm: number): string {
  if (cause.kind === 'milestone') return `more than ${cause.percent} % of the budget is spent`
  const { long, short, factorMilli } = cause
  const window = ({ ms, bad, valid }: typeof long) =>
    `${bad} of ${valid} bad in ${ms / 1000} s, ${burn(bad, valid, targetPpm)}×`
  return `burn rate: ${window(long)}; ${window(short)} (rings above ${factorMilli / 1000}×)`
}

/** bad ÷ valid ÷ (1 − target), with one decimal. */
function burn(bad: number, valid: number, targetPpm: number): string {
  return valid === 0 ? '0' : ((bad * 1_000_000) / (valid * (1_000_000 - targetPpm))).toFixed(1)
}

function percent(part: number, whole: number): string {
  return `${((part * 100) / whole).toFixed(1)} %`
}

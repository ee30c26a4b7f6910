import type { RuleAdvice } from '@tabiji/core/alert'
import { adviceSentences, type ObjectiveAdvice, type Ring } from '@tabiji/core/budget'
import { isStaleRule, type Objective, type Window, windowText } from '@tabiji/core/journey'
import { renderProblems } from '@tabiji/core/problem'
import { formatDuration } from '@tabiji/core/time'
import stringWidth from 'string-width'
import type { Findings } from '../terminal/findings.ts'

/** The answer of `tabiji check` for people: what is wrong, then what rings when, by journey. */
export function checkText({ files, problems, advice, rules, measured, sources }: Findings): string {
  const names = files.map(({ file }) => file).join(', ')
  const told = problems.length > 0 ? renderProblems(problems, sources, stringWidth) : `No problems in ${names}.`
  const journeys = [...new Set([...advice, ...rules].map(({ journey }) => journey))]
  const rings = journeys.map((name) =>
    journeyText(
      name,
      advice.filter(({ journey }) => journey === name),
      measured,
      rules.filter(({ journey }) => journey === name),
    ),
  )
  return `${[told, ...rings].join('\n\n')}\n`
}

function journeyText(
  name: string,
  advice: readonly ObjectiveAdvice[],
  measured: Findings['measured'],
  rules: readonly RuleAdvice[],
): string {
  const lines = advice.flatMap((one) => [
    `  ${one.objective.name} ${one.objective.targetPpm / 10_000} % ${windowWords(one.objective.window)}${budgetingText(one.objective)}`,
    ...measured
      .filter(({ journey, objective }) => journey === name && objective === one.objective.name)
      .map(({ how }) => `    ${how}`),
    ...adviceSentences(one).map((sentence) => `    ${sentence}`),
  ])
  const simple = rules.map(({ alert, condition, sentence }) => {
    const { step, path } = alert
    return `    ${step === undefined ? '' : `${step}: `}${condition}${path === undefined ? (isStaleRule(alert) ? ' (staleAfter)' : ' (every journey has it)') : ''}: ${sentence}`
  })
  return [name, ...lines, ...(simple.length === 0 ? [] : ['  simple rules']), ...simple].join('\n')
}

function windowWords(window: Window): string {
  if (window.kind === 'rolling') return `over ${formatDuration(window.ms)}`
  return window.kind === 'month' ? 'by calendar month' : `by calendar, ${windowText(window)}`
}

function budgetingText({ budgeting }: Objective): string {
  if (budgeting === undefined) return ''
  const slice = formatDuration(budgeting.sliceMs)
  const how =
    budgeting.method === 'timeslices'
      ? `a slice of ${slice} is good from ${budgeting.sliceTargetPpm / 10_000} % on`
      : `the mean of the ratios of all slices of ${slice}`
  return `, in slices: ${how}; without data: ${budgeting.onNoData}`
}

/** The same as one JSON document. */
export function checkJson({ files, problems, advice, rules, measured }: Findings, ok: boolean): string {
  const objectives = advice.map(objectiveJson)
  const told = measured.length > 0 ? { measured } : {}
  return `${JSON.stringify({ ok, files, problems, objectives, rules: rules.map(ruleJson), ...told }, null, 2)}\n`
}

function objectiveJson(advice: ObjectiveAdvice) {
  const { journey, objective, rings } = advice
  const { name, targetPpm, window, budgeting } = objective
  return {
    journey,
    objective: name,
    targetPpm,
    window,
    ...(budgeting !== undefined && { budgeting }),
    rings: rings.map(ringJson),
    sentences: adviceSentences(advice),
  }
}

function ruleJson({ journey, rule, alert, condition, sentence }: RuleAdvice) {
  const { step, level, atLeast, path } = alert
  return { journey, rule, step, level, condition, atLeast, isDefault: path === undefined, sentence }
}

function ringJson({ pair, factor, threshold, spentPpm, possible }: Ring) {
  const { level, longMs, shortMs } = pair
  return { level, longMs, shortMs, factor, threshold, spentPpm, possible }
}

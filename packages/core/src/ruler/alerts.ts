import { type Rule, rulesOf } from '../alert/index.ts'
import { factorOf, periodOf, policyOf, type Ratio, thresholdOf } from '../budget/index.ts'
import type { Journey, Objective, Pair, Title } from '../journey/index.ts'
import { formatDuration } from '../time/index.ts'
import { pairExpr, pick } from './expression.ts'
import { ALERT, badName, labelsOf, SEVERITY, SLOTH, slothId } from './names.ts'
import type { AlertingRule, Labels } from './rule-file.ts'
import { EN, JA } from './words.ts'

/** A pair with the share of bad events that both of its windows must exceed. */
export type Limit = { readonly pair: Pair; readonly threshold: Ratio }

/** The pairs that can ring at all: not even a total outage exceeds a threshold of 1. */
export function limitsOf(objective: Objective): readonly Limit[] {
  return policyOf(objective)
    .pairs.map((pair) => ({ pair, threshold: thresholdOf(factorOf(pair, objective.window), objective.targetPpm) }))
    .filter(({ threshold }) => threshold.num < threshold.den)
}

/** One alert per level that has a pair which can ring. */
export function burnAlerts(journey: Journey, objective: Objective): readonly AlertingRule[] {
  const limits = limitsOf(objective)
  const { guard } = policyOf(objective)
  const id = slothId(journey, objective)
  return rulesOf(journey.name, objective).flatMap((rule) => {
    const pairs = rule.kind === 'burn' ? limits.filter(({ pair }) => pair.level === rule.level) : []
    if (pairs.length === 0) return []
    const exprs = pairs.map(({ pair, threshold }) => pairExpr(id, pair.longMs, pair.shortMs, threshold, guard))
    const target = String(objective.targetPpm / 10_000)
    return [
      {
        alert: ALERT.burn,
        expr: exprs.join('\nor\n'),
        keep_firing_for: formatDuration(rule.keepMs),
        labels: alertLabels(journey, objective, rule),
        annotations: annotations(journey, (words, title) => [
          words.burning(title, objective.name, rule.level),
          words.share(objective.indicator, VALUE, target),
        ]),
      },
    ]
  })
}

/** One alert per milestone of a rolling budget. */
export function milestoneAlerts(journey: Journey, objective: Objective): readonly AlertingRule[] {
  const { badEvents } = policyOf(objective).guard
  const id = slothId(journey, objective)
  const periodMs = periodOf(objective.window)
  return rulesOf(journey.name, objective).flatMap((rule) => {
    const { percent } = rule
    if (percent === undefined) return []
    const enough = `${pick(badName(periodMs), id)} >= ${badEvents}`
    return [
      {
        alert: ALERT.spent,
        expr: `${pick(SLOTH.periodBurn, id)} > ${percent / 100}\nand\n${enough}`,
        keep_firing_for: formatDuration(rule.keepMs),
        labels: { ...alertLabels(journey, objective, rule), percent: String(percent) },
        annotations: annotations(journey, (words, title) => [
          words.spent(title, objective.name, percent),
          words.spentShare(VALUE, formatDuration(periodMs)),
        ]),
      },
    ]
  })
}

/** Where the ruler writes the share that made the alert ring. */
const VALUE = '{{ $value | humanizePercentage }}'

function alertLabels(journey: Journey, objective: Objective, { id, level }: Rule): Labels {
  return {
    ...labelsOf(journey, objective),
    level: String(level),
    severity: SEVERITY[level],
    // Sloth knows two severities; its dashboards list alerts by them.
    ...(level !== 3 && { sloth_severity: SEVERITY[level] }),
    rule: id,
    tier: String(journey.tier),
    ...(journey.owner !== undefined && { owner: literal(journey.owner) }),
  }
}

export function annotations(
  { title, runbook }: Pick<Journey, 'title' | 'runbook'>,
  say: (words: typeof EN, title: string) => readonly [summary: string, description: string],
): Labels {
  const { en, ja }: Title = title
  const [summary, description] = say(EN, literal(en))
  const [summaryJa, descriptionJa] = say(JA, literal(ja))
  return {
    summary,
    summary_ja: summaryJa,
    description,
    description_ja: descriptionJa,
    ...(runbook !== undefined && { runbook_url: literal(runbook) }),
  }
}

/** The ruler reads labels and annotations as templates; what people wrote must come out as they wrote it. */
export function literal(text: string): string {
  return text.replaceAll('{{', '{{ "{{" }}')
}

import { simpleKeepOf, simpleRuleId, WEIGHTS, watchedSteps } from '../alert/index.ts'
import {
  type Condition,
  formatCondition,
  type Journey,
  LABEL,
  METRIC,
  OUTCOMES,
  type SimpleAlert,
} from '../journey/index.ts'
import { formatDuration } from '../time/index.ts'
import { annotations, literal } from './alerts.ts'
import { ALERT, countsName, SEVERITY } from './names.ts'
import type { AlertingRule, Labels } from './rule-file.ts'

/** The simple rules of a journey that can ring at all. */
export function ruledAlerts({ alerts = [] }: Journey): readonly SimpleAlert[] {
  return alerts.filter(({ condition }) => canRing(condition))
}

function canRing(condition: Condition): boolean {
  if (condition.kind === 'absent') return true
  const { kind, limit } = condition
  return 'ppm' in limit ? limit.ppm < 1_000_000 : kind === 'above' || limit.count > 0
}

/** The windows whose counts these rules read, milliseconds. */
export function simpleWindows(journey: Journey): readonly number[] {
  return ruledAlerts(journey).flatMap(({ condition }) => (condition.kind === 'absent' ? [] : [condition.windowMs]))
}

/** One alert per simple rule. */
export function simpleAlerts(journey: Journey): readonly AlertingRule[] {
  return ruledAlerts(journey).map((alert) => {
    const { condition, runbook = journey.runbook } = alert
    const said = formatCondition(condition, formatDuration)
    return {
      alert: ALERT.simple,
      expr: exprOf(journey, alert),
      ...(condition.forMs !== undefined && { for: formatDuration(condition.forMs) }),
      keep_firing_for: formatDuration(simpleKeepOf(condition)),
      labels: labelsOf(journey, alert),
      annotations: annotations({ ...journey, ...(runbook !== undefined && { runbook }) }, (words, title) => [
        words.simple(title, alert.step, said, alert.level),
        alert.note === undefined ? words.simpleRule(said) : literal(alert.note),
      ]),
    }
  })
}

function labelsOf(journey: Journey, alert: SimpleAlert): Labels {
  const { level, step } = alert
  return {
    [LABEL.journey]: journey.name,
    ...(step !== undefined && { [LABEL.step]: step }),
    level: String(level),
    severity: SEVERITY[level],
    rule: simpleRuleId(journey.name, alert),
    tier: String(journey.tier),
    ...(journey.owner !== undefined && { owner: literal(journey.owner) }),
  }
}

function exprOf(journey: Journey, alert: SimpleAlert): string {
  const { condition, step, atLeast = 0 } = alert
  const steps = step === undefined ? '' : `,${LABEL.step}="${step}"`
  const which = `${LABEL.journey}="${journey.name}"${steps}`
  const known = watchedSteps(journey, alert).join('|')
  const living = `${METRIC.events}{${LABEL.journey}="${journey.name}",${LABEL.step}=~"${known}"}`
  if (condition.kind === 'absent') return `absent(${living})`
  const { kind, subject, limit, windowMs } = condition
  const sum = (weights: readonly (0 | 1)[]) => {
    const outcomes = OUTCOMES.filter((_, i) => weights[i] === 1).join('|')
    return `sum(${countsName(windowMs)}{${which},${LABEL.outcome}=~"${outcomes}"})`
  }
  const { counted, of } = WEIGHTS[subject]
  if ('ppm' in limit) {
    const share = `${sum(counted)} / (${sum(of)} > 0) > ${limit.ppm / 1_000_000}`
    return atLeast === 0 ? share : `${share}\nand\n${sum(of)} >= ${atLeast}`
  }
  if (kind === 'above') return `${sum(counted)} > ${limit.count}`
  // What cannot be scraped has no sample now, so that silence does not look like a quiet day.
  return `${sum(counted)} < ${limit.count}\nand\ncount(${living}) > 0`
}

/** What a ruler makes of simple rules otherwise than the collector, as English sentences without a full stop. */
export function simpleNotes(journey: Journey): readonly string[] {
  const { alerts = [] } = journey
  if (alerts.length === 0) return []
  const ruled = ruledAlerts(journey)
  const has = (kind: Condition['kind']) => ruled.some(({ condition }) => condition.kind === kind)
  const impossible = alerts.filter((alert) => !ruled.includes(alert))
  return [
    'a simple rule ends its calm time after its condition; that it is well on the good side again is not asked',
    ...(has('below')
      ? [
          'a rule on too few events asks only whether some target can be scraped now, not whether all of the window was read',
        ]
      : []),
    ...(has('absent')
      ? [
          '`target absent` rings when no service at all feeds the journey or step; that one of several is missing shows in up == 0',
        ]
      : []),
    ...impossible.map(({ condition }) => {
      return `${journey.name}: the rule ${formatCondition(condition, formatDuration)} can never ring and is left out`
    }),
  ]
}

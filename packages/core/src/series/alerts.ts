import { ALERT, SEVERITY, slothId } from '../ruler/index.ts'
import type { Family } from './family.ts'
import { SERIES } from './names.ts'
import type { OpenAlert } from './standing.ts'

/** What is open now, as Prometheus tells it of its own rules. */
export const ALERT_FAMILY: Family = {
  name: SERIES.alerts,
  help: 'An open alert, with the labels of ALERTS in Prometheus; always 1.',
  type: 'gauge',
  samples: ({ alerts }) => alerts.map((alert) => ({ labels: labelsOf(alert), value: 1 })),
}

const NAMES: Readonly<Record<OpenAlert['cause']['kind'], string>> = {
  burn: ALERT.burn,
  milestone: ALERT.spent,
  simple: ALERT.simple,
  foreign: ALERT.foreign,
}

/** As the rules of `ruler/alerts.ts` label them, so that one dashboard serves both. */
function labelsOf({ id, rule, level, journey, objective, cause }: OpenAlert) {
  return {
    alertname: NAMES[cause.kind],
    alertstate: 'firing',
    journey,
    ...(objective !== undefined && { objective }),
    level: String(level),
    severity: SEVERITY[level],
    ...(level !== 3 && { sloth_severity: SEVERITY[level] }),
    rule,
    episode: id,
    ...(objective !== undefined && {
      sloth_id: slothId({ name: journey }, { name: objective }),
      sloth_service: journey,
      sloth_slo: objective,
    }),
  }
}

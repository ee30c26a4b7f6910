import {
  type AlertDocument,
  type AlertsDocument,
  type Budgeting,
  type Definition,
  type Journey,
  type JourneyDocument,
  type JourneysDocument,
  type ObjectiveDocument,
  type Pair,
  type PairDocument,
  type Policy,
  type PolicyDocument,
  type SimpleAlert,
  type Step,
  type StepDocument,
  stalePartOf,
} from '../journey/index.ts'
import { formatDuration } from '../time/index.ts'

/** What a journeys file says of the whole file. */
export type FilePart = Pick<JourneysDocument, 'timeZone' | 'classes'>

export function filePartOf({ timeZone, classes }: Definition): FilePart {
  const stated = Object.entries(classes).map(([name, ms]) => [name, formatDuration(ms)])
  return { timeZone, ...(stated.length > 0 && { classes: Object.fromEntries(stated) as Record<string, string> }) }
}

/** A journey as its file would state it, without objectives. */
export function journeyPartOf(journey: Journey): Omit<JourneyDocument, 'objectives'> {
  const { title, owner, runbook, tier, steps, alerts = [], composites = [] } = journey
  const own = alertsPartOf(alerts.filter(({ step }) => step === undefined))
  const stated = hasDefault(alerts) ? own : { ...own, excluded: false }
  return {
    title,
    ...(owner !== undefined && { owner }),
    ...(runbook !== undefined && { runbook }),
    tier,
    ...(composites.length > 0 && {
      composites: Object.fromEntries(composites.map(({ name, members }) => [name, members])),
    }),
    ...(Object.keys(stated).length > 0 && { alerts: stated }),
    ...stalePartOf(alerts),
    steps: Object.fromEntries(
      steps.map((step) => {
        const ofStep = alertsPartOf(alerts.filter((alert) => alert.step === step.name))
        return [step.name, { ...stepPartOf(step), ...(Object.keys(ofStep).length > 0 && { alerts: ofStep }) }]
      }),
    ),
  }
}

/** Whether the rule on the share of excluded events needs no word: it is there, or a rule of the journey's own stands for it. */
function hasDefault(alerts: readonly SimpleAlert[]): boolean {
  return alerts.some(
    ({ step, condition }) =>
      step === undefined && condition.kind === 'above' && condition.subject === 'excluded' && 'ppm' in condition.limit,
  )
}

/** Rules under the conditions as they were written, without those that nobody wrote. */
function alertsPartOf(alerts: readonly SimpleAlert[]): AlertsDocument {
  const stated = alerts.flatMap(({ name, level, note, runbook, atLeast, path }) => {
    const part: AlertDocument = {
      level,
      name,
      ...(atLeast !== undefined && { atLeast }),
      ...(note !== undefined && { note }),
      ...(runbook !== undefined && { runbook }),
    }
    return path === undefined ? [] : [[path.at(-1), part] as const]
  })
  return Object.fromEntries(stated) as AlertsDocument
}

function stepPartOf({ kind, routes, withinMs, clock, statuses }: Step): StepDocument {
  const within = formatDuration(withinMs)
  if (kind === 'job') return { job: true, within }
  const { good, bad, excluded } = statuses
  return {
    http: routes.map(({ method, path }) => `${method} ${path}`),
    within,
    ...(clock !== 'request' && { from: clock }),
    ...(good.length > 0 && { good }),
    ...(bad.length > 0 && { bad }),
    ...(excluded.length > 0 && { excluded }),
  }
}

/** What OpenSLO cannot always say of slices. */
export function slicePartOf({ sliceMs, onNoData }: Budgeting): Pick<ObjectiveDocument, 'slice' | 'onNoData'> {
  return { slice: formatDuration(sliceMs), onNoData }
}

export function policyPartOf({ pairs, milestones, guard, keepMs }: Policy): PolicyDocument {
  return {
    pairs: pairs.map(pairPartOf),
    milestones,
    guard: { badEvents: guard.badEvents, confidence: guard.confidencePercent },
    ...(keepMs !== undefined && { keep: formatDuration(keepMs) }),
  }
}

function pairPartOf({ level, longMs, shortMs, speed }: Pair): PairDocument {
  const windows = { level, long: formatDuration(longMs), short: formatDuration(shortMs) }
  if ('factorMilli' in speed) return { ...windows, factor: speed.factorMilli / 1_000 }
  return { ...windows, spends: `${speed.spendsPpm / 10_000}%` }
}

import { PPM, periodOf, policyOf } from '../budget/index.ts'
import { type Journey, LABEL, type Objective } from '../journey/index.ts'
import { DAY, formatDuration } from '../time/index.ts'
import { countsExpr, decimal, lowerBoundExpr, pick, ratioExpr, tallyExpr } from './expression.ts'
import { badName, countsName, labelsOf, lowerBoundName, ratioName, SLOTH, slothId, validName } from './names.ts'
import type { RecordingRule } from './rule-file.ts'

/** Counts of a journey's steps, one rule for each window however many objectives there are. */
export function countRecordings(journey: Journey, windows: readonly number[]): readonly RecordingRule[] {
  const steps = journey.steps.map(({ name }) => name)
  return windows.map((windowMs) => ({
    record: countsName(windowMs),
    expr: countsExpr(journey.name, steps, windowMs),
    // Stated although the expression gives it: rules of other journeys have the same name.
    labels: { [LABEL.journey]: journey.name },
  }))
}

/** Bad and valid events of an objective and their ratio, for each window. */
export function windowRecordings(
  journey: Journey,
  objective: Objective,
  windows: readonly number[],
): readonly RecordingRule[] {
  const labels = labelsOf(journey, objective)
  const { indicator, step } = objective
  return windows.flatMap((windowMs) => {
    const tally = (part: 'bad' | 'valid') => tallyExpr(part, indicator, journey.name, step, windowMs)
    const ratioLabels = { ...labels, sloth_window: formatDuration(windowMs) }
    return [
      { record: badName(windowMs), expr: tally('bad'), labels },
      { record: validName(windowMs), expr: tally('valid'), labels },
      { record: ratioName(windowMs), expr: ratioExpr(slothId(journey, objective), windowMs), labels: ratioLabels },
    ]
  })
}

/** What the long windows prove. */
export function proofRecordings(
  journey: Journey,
  objective: Objective,
  longs: readonly number[],
): readonly RecordingRule[] {
  const labels = labelsOf(journey, objective)
  const { guard } = policyOf(objective)
  const id = slothId(journey, objective)
  return longs.map((windowMs) => ({
    record: lowerBoundName(windowMs),
    expr: lowerBoundExpr(id, windowMs, guard),
    labels,
  }))
}

/** What was promised, and how fast the budget burns now. @param shortest of the objective's windows; milliseconds */
export function promiseRecordings(
  journey: Journey,
  objective: Objective,
  shortest: number | undefined,
): readonly RecordingRule[] {
  const labels = labelsOf(journey, objective)
  const { targetPpm } = objective
  const id = slothId(journey, objective)
  const info = { ...labels, sloth_mode: 'tabiji', sloth_objective: String(targetPpm / 10_000) }
  const burn = shortest === undefined ? [] : [`${pick(ratioName(shortest), id)} / ${budgetOf(objective)}`]
  return [
    { record: SLOTH.objective, expr: `vector(${decimal({ num: targetPpm, den: PPM })})`, labels },
    { record: SLOTH.budget, expr: `vector(${budgetOf(objective)})`, labels },
    ...burn.map((burnExpr) => ({ record: SLOTH.currentBurn, expr: withoutWindow(burnExpr), labels })),
    { record: SLOTH.info, expr: 'vector(1)', labels: info },
  ]
}

/** How much of a rolling budget is gone. */
export function periodRecordings(journey: Journey, objective: Objective): readonly RecordingRule[] {
  const labels = labelsOf(journey, objective)
  const id = slothId(journey, objective)
  const periodMs = periodOf(objective.window)
  return [
    { record: SLOTH.days, expr: `vector(${decimal({ num: periodMs, den: DAY })})`, labels },
    {
      record: SLOTH.periodBurn,
      expr: withoutWindow(`${pick(ratioName(periodMs), id)} / ${budgetOf(objective)}`),
      labels,
    },
    { record: SLOTH.left, expr: `1 - ${pick(SLOTH.periodBurn, id)}`, labels },
  ]
}

const withoutWindow = (expr: string): string => `max without (sloth_window) (${expr})`

/** The share of events that may be bad. */
function budgetOf({ targetPpm }: Objective): string {
  return decimal({ num: PPM - targetPpm, den: PPM })
}

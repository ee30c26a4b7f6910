import { CARRIED_REASONS, LABEL, METRIC, OUTCOMES, type Outcome } from '@tabiji/core/journey'
import type { Speaker, StepReading } from '@tabiji/core/ledger'
import { labelValue, type Series } from './exposition.ts'
import { parseInstant } from './instant.ts'
import { isName, LONGEST_NAME } from './name.ts'

/** Which of a step's counters is which series: an index per outcome, in their order; −1 for one that is not told. */
type StepPlan = Omit<StepReading, 'counts'> & { readonly counters: Counters }
type Counters = [good: number, slow: number, error: number, excluded: number]

/** What the series of a layout mean; only their numbers are still to be read. */
export type Plan = {
  readonly speaker: Speaker
  readonly fingerprint: string | undefined
  /** The series that says who speaks. Its value is always 1. */
  readonly definition: number | undefined
  readonly steps: readonly StepPlan[]
  /** Counters of what the process could not book; a warning while they are above zero. */
  readonly dropped: readonly { readonly index: number; readonly warning: string }[]
  readonly warnings: readonly string[]
}

type Draft = {
  readonly definitions: number[]
  readonly steps: Map<string, StepPlan>
  readonly dropped: { index: number; warning: string }[]
  readonly warnings: string[]
}

/**
 * Works out what the series of a body mean. A series that cannot be booked (no name, a strange one, an unknown outcome)
 * is left out with a warning, so that one wrong label does not blind everything else. What would make a count wrong
 * (the same counter twice, several processes in one body, a gauge) refuses the body.
 *
 * @returns the plan, or why there is none
 */
export function planReading(series: readonly Series[], service: string, address: string): Plan | string {
  const draft: Draft = { definitions: [], steps: new Map(), dropped: [], warnings: [] }
  for (const [index, one] of series.entries()) {
    const problem = planSeries(draft, one, index)
    if (problem !== undefined) return problem
  }
  const { definitions, steps, dropped, warnings } = draft
  if (definitions.length > 1) return severalDefinitions(definitions.map((index) => series[index]))
  const [definition] = definitions
  const labels = definition === undefined ? [] : (series[definition]?.labels ?? [])
  const speaker = speakerOf(labels, service, address, warnings)
  if (typeof speaker === 'string') return speaker
  if (![...steps.values()].some(({ role }) => role === 'own'))
    warnings.push(`Expected the series ${METRIC.events}, got none: nothing is measured here`)
  const fingerprint = fingerprintOf(labels, warnings)
  return { speaker, fingerprint, definition, steps: [...steps.values()], dropped, warnings: shortened(warnings) }
}

function planSeries(draft: Draft, series: Series, index: number): string | undefined {
  const { name, labels, line } = series
  if (name === METRIC.definition) draft.definitions.push(index)
  else if (name === METRIC.dropped) {
    const warning = dropWarning(labelValue(labels, LABEL.reason))
    if (warning !== undefined) draft.dropped.push({ index, warning })
  } else if (name === METRIC.events || name === METRIC.dependencies) return planCounter(draft, series, index)
  else {
    const hint = 'in OpenMetrics mode prom-client appends _total to the name of a counter by itself'
    const expected = name.replace(/_total$/, '')
    draft.warnings.push(`${placeOf(line)}Expected ${expected}, got ${name}, which is left out; ${hint}`)
  }
  return undefined
}

/**
 * A journey that a stranger claimed and that was not taken is nothing to warn of: anybody could fill the log with it.
 * Otherwise a service is told a journey that it should know, and does not.
 */
function dropWarning(reason: string | undefined): string | undefined {
  if (reason === 'untrusted') return undefined
  const isCarried = CARRIED_REASONS.some((known) => known === reason)
  return isCarried
    ? `Some requests came with a journey that the process did not take, reason ${quoted(reason)}`
    : `Some events could not be counted by the process itself, reason ${quoted(reason)}`
}

const COUNTING_TYPES: readonly (string | undefined)[] = ['counter', 'unknown', 'untyped', undefined]

function planCounter(draft: Draft, { name, labels, line, type }: Series, index: number): string | undefined {
  if (!COUNTING_TYPES.includes(type)) return `${placeOf(line)}Expected ${name} to be a counter, got a ${type}`
  const role = name === METRIC.events ? 'own' : 'dependency'
  const stepLabel = role === 'own' ? LABEL.step : LABEL.serviceStep
  const journey = labelValue(labels, LABEL.journey)
  const step = labelValue(labels, stepLabel)
  const outcome = labelValue(labels, LABEL.outcome)
  const leaveOut = (what: string, got: string | undefined) => {
    draft.warnings.push(`${placeOf(line)}Expected ${what}, got ${quoted(got)}; the series is left out`)
    return undefined
  }
  if (journey === undefined || !isName(journey)) return leaveOut(nameRule(LABEL.journey), journey)
  if (step === undefined || !isName(step)) return leaveOut(nameRule(stepLabel), step)
  const column = OUTCOMES.indexOf(outcome as Outcome)
  if (column === -1) return leaveOut(`the label ${LABEL.outcome} to be one of ${OUTCOMES.join(', ')}`, outcome)
  const key = `${role}\u0000${journey}\u0000${step}`
  const plan = draft.steps.get(key) ?? { journey, step, role, counters: [-1, -1, -1, -1] }
  draft.steps.set(key, plan)
  if (plan.counters[column] !== -1) {
    const hint = 'sum the counters of several workers before they are exposed'
    return `${placeOf(line)}Expected one counter of ${outcome} for ${journey}/${step}, got a second one; ${hint}`
  }
  plan.counters[column] = index
  return undefined
}

/** The beginning of a message about a series: where it stands. */
export function placeOf(line: number | undefined): string {
  return line === undefined ? '' : `Line ${line}: `
}

/** A process without an id is known by its address; an id that is no name is refused, since guessing mixes up books. */
function speakerOf(labels: readonly string[], service: string, address: string, warnings: string[]): Speaker | string {
  const id = labelValue(labels, LABEL.processId) || undefined
  if (id !== undefined && !isName(id)) return `Expected ${nameRule(LABEL.processId)}, got ${quoted(id)}`
  const started = labelValue(labels, LABEL.startedAt) || undefined
  const startedAt = started === undefined ? undefined : parseInstant(started)
  if (started !== undefined && startedAt === undefined) {
    warnings.push(`Expected ${LABEL.startedAt} to be an ISO 8601 time, got ${quoted(started)}; it is left out`)
  }
  return {
    id: id ?? address,
    identified: id !== undefined,
    service,
    ...(startedAt === undefined ? {} : { startedAt }),
  }
}

function fingerprintOf(labels: readonly string[], warnings: string[]): string | undefined {
  const fingerprint = labelValue(labels, LABEL.fingerprint) || undefined
  if (fingerprint === undefined || isName(fingerprint)) return fingerprint
  warnings.push(`Expected ${nameRule(LABEL.fingerprint)}, got ${quoted(fingerprint)}; it is left out`)
  return undefined
}

function severalDefinitions(definitions: readonly (Series | undefined)[]): string {
  const ids = new Set(definitions.map((one) => labelValue(one?.labels ?? [], LABEL.processId)))
  if (ids.size === 1) return `Expected one ${METRIC.definition}, got ${definitions.length}`
  const hint = 'give each process its own port, or let one of a cluster speak for all under one id'
  return `Expected one process in a body, got ${ids.size} in ${METRIC.definition}: their counters cannot be told apart; ${hint}`
}

function nameRule(label: string): string {
  return `the label ${label} to have 1 to ${LONGEST_NAME} characters without blanks and control characters`
}

function quoted(value: string | undefined): string {
  return value === undefined ? 'nothing' : JSON.stringify(value.length > 40 ? `${value.slice(0, 40)}…` : value)
}

const MOST_WARNINGS = 20

/** A body with a thousand strange series needs no thousand lines to be understood. */
function shortened(warnings: readonly string[]): readonly string[] {
  if (warnings.length <= MOST_WARNINGS) return warnings
  return [...warnings.slice(0, MOST_WARNINGS), `… and ${warnings.length - MOST_WARNINGS} more warnings`]
}

import { entriesOf, hintFor, type Path, type Problem, problem, readSilently, show } from '../problem/index.ts'
import { formatDuration, MINUTE } from '../time/index.ts'
import { type Condition, formatCondition } from './condition.ts'
import type { SimpleAlert } from './definition.ts'
import { type Fault, parseCondition } from './parse-condition.ts'
import { alertReader } from './readers.ts'
import { isOwnAbsence } from './stale.ts'

/** The key that switches the rule off which every journey has. */
const DEFAULT_KEY = 'excluded'

/**
 * What every journey has unless it is switched off or has a rule of its own on the share of excluded events: a release that
 * answers 400 to everybody harms no indicator. Why these numbers: docs/adr/0035.
 */
export const EXCLUDED_SHARE: SimpleAlert = {
  name: 'excluded-share',
  level: 3,
  condition: { kind: 'above', subject: 'excluded', limit: { ppm: 500_000 }, windowMs: 15 * MINUTE },
  atLeast: 20,
}

/**
 * The simple rules of a journey, those of its steps after its own; what is wrong with them goes to `problems`.
 *
 * @param stale what the journey has when it has no rule of its own on targets that are absent
 */
export function resolveAlerts(
  journey: unknown,
  path: readonly string[],
  stale: readonly SimpleAlert[],
  problems: Problem[],
): readonly SimpleAlert[] {
  const raw = entriesOf(journey)
  const own = readAlerts(raw.get('alerts'), [...path, 'alerts'], undefined, problems)
  const ofSteps = [...entriesOf(raw.get('steps'))].flatMap(([step, value]) =>
    readAlerts(entriesOf(value).get('alerts'), [...path, 'steps', step, 'alerts'], step, problems),
  )
  const isOff = entriesOf(raw.get('alerts')).get(DEFAULT_KEY) === false
  const defaults = [
    ...(isOff || own.some(({ condition }) => isExcludedShare(condition)) ? [] : [EXCLUDED_SHARE]),
    ...(own.some(isOwnAbsence) || isEachTold(raw.get('steps'), ofSteps) ? [] : stale),
  ]
  for (const { name } of defaults) {
    const twin = own.find((each) => each.name === name)
    if (twin?.path !== undefined) problems.push(reserved(name, twin.path))
  }
  return [...own, ...defaults, ...ofSteps]
}

/** Whether each step says itself after how long it is absent. */
function isEachTold(steps: unknown, rules: readonly SimpleAlert[]): boolean {
  const told = rules.flatMap(({ step, condition }) => (condition.kind === 'absent' ? [step] : []))
  return [...entriesOf(steps).keys()].every((step) => told.includes(step))
}

function isExcludedShare(condition: Condition): boolean {
  return condition.kind === 'above' && condition.subject === 'excluded' && 'ppm' in condition.limit
}

function readAlerts(
  alerts: unknown,
  path: readonly string[],
  step: string | undefined,
  problems: Problem[],
): readonly SimpleAlert[] {
  const names = new Map<string, string>()
  return [...entriesOf(alerts)].flatMap(([text, value]) => {
    const at = [...path, text]
    if (value === false && text === DEFAULT_KEY && step === undefined) return []
    if (value === false) {
      const hint = `write \`${DEFAULT_KEY}: false\` beneath a journey's \`alerts\`; a rule that is not wanted is taken out`
      problems.push(
        problem('JOURNEYS_ALERT_OFF', at, 'Only the rule that every journey has can be switched off', { hint }),
      )
      return []
    }
    const condition = parseCondition(text)
    if ('what' in condition) problems.push(notUnderstood(text, condition, at))
    const part = readSilently(alertReader, value)
    if ('what' in condition || part === undefined) return []
    const { name = nameOf(condition), level, note, runbook, atLeast } = part
    problems.push(...nameProblems(name, text, names, at), ...leastProblems(condition, atLeast, at))
    names.set(name, text)
    return [
      {
        name,
        ...(step !== undefined && { step }),
        level,
        condition,
        ...(atLeast !== undefined && { atLeast }),
        ...(note !== undefined && { note }),
        ...(runbook !== undefined && { runbook }),
        path: at,
      },
    ]
  })
}

/** `errors-over-10-in-5m`: what the rule is called in an id when nobody named it. */
function nameOf(condition: Condition): string {
  return formatCondition(condition, formatDuration)
    .replace('>', 'over')
    .replace('<', 'under')
    .replace('%', 'percent')
    .replaceAll(/[ .]/g, '-')
}

function notUnderstood(text: string, { at, what, got, known }: Fault, path: Path): Problem {
  const message = `Expected ${what} at character ${at + 1} of the condition ${show(text)}, got ${got === '' ? 'its end' : show(got)}`
  const hint = got === '' ? undefined : hintFor(got, known, 0)
  const example = 'such as `errors > 10 in 5m`, `slow > 5 % for 10m`, `no events for 15m` or `target absent for 5m`'
  return problem('JOURNEYS_ALERT_CONDITION', path, message, { part: 'key', offset: at, hint: hint ?? example })
}

function nameProblems(name: string, text: string, names: ReadonlyMap<string, string>, path: Path): readonly Problem[] {
  const other = names.get(name)
  if (other === undefined) return []
  const message = `Expected another name than \`${name}\`: ${show(other)} has it, and alerts are kept by it`
  const hint = `take one of them out, or give ${show(text)} a \`name\` of its own`
  return [problem('JOURNEYS_ALERT_TWICE', path, message, { part: 'key', hint })]
}

function reserved(name: string, path: Path): Problem {
  const message = `Expected another name than \`${name}\`: the rule that every journey has is kept by it`
  return problem('JOURNEYS_ALERT_TWICE', path, message, { part: 'key', hint: 'give it a `name` of its own' })
}

function leastProblems(condition: Condition, atLeast: number | undefined, path: Path): readonly Problem[] {
  const isShare = condition.kind !== 'absent' && 'ppm' in condition.limit
  if (atLeast === undefined || isShare) return []
  const message = 'Expected `atLeast` beside a share only: it says of how many events a percentage must be'
  return [problem('JOURNEYS_ALERT_LEAST', [...path, 'atLeast'], message, { part: 'key', hint: 'take it out' })]
}

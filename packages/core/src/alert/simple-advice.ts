import { spaced } from '../budget/index.ts'
import { type Condition, type Definition, formatCondition, type Journey, type SimpleAlert } from '../journey/index.ts'
import { type Problem, problem } from '../problem/index.ts'
import { formatDuration } from '../time/index.ts'
import { simpleRuleId } from './simple.ts'

/** When one simple rule rings, as an English sentence without a full stop. */
export type RuleAdvice = {
  readonly journey: string
  readonly rule: string
  readonly alert: SimpleAlert
  /** The condition in its one notation. */
  readonly condition: string
  readonly sentence: string
}

/**
 * Says what the simple rules of a definition mean before somebody relies on them, and warns of those that can never ring or
 * that say the same twice. The paths of the problems lead to their conditions.
 */
export function adviseOnRules({ journeys }: Definition): {
  readonly rules: readonly RuleAdvice[]
  readonly problems: readonly Problem[]
} {
  const rules = journeys.flatMap((journey) => (journey.alerts ?? []).map((alert) => adviceOn(journey.name, alert)))
  return { rules, problems: journeys.flatMap(problemsOf) }
}

function adviceOn(journey: string, alert: SimpleAlert): RuleAdvice {
  const { condition } = alert
  return {
    journey,
    rule: simpleRuleId(journey, alert),
    alert,
    condition: formatCondition(condition, formatDuration),
    sentence: `level ${alert.level} ${neverRings(condition) === undefined ? whenOf(alert) : 'never rings'}`,
  }
}

const COUNTED = { errors: 'failed event', slow: 'slow event', excluded: 'excluded event', events: 'event' } as const
const SHARED = {
  errors: 'events failed',
  slow: 'events were slow',
  excluded: 'events were excluded',
  events: 'events came',
} as const

function whenOf({ condition, atLeast }: SimpleAlert): string {
  if (condition.kind === 'absent') {
    return `rings when nothing could be read of a service that feeds it for more than ${spaced(condition.forMs)}`
  }
  const { kind, subject, limit, windowMs, forMs } = condition
  const within = `within ${spaced(windowMs)}`
  const lasting = forMs === undefined ? '' : `, at every evaluation for ${spaced(forMs)}`
  if ('ppm' in limit) {
    const least = atLeast === undefined ? '' : `at least ${atLeast} `
    return `rings when more than ${limit.ppm / 10_000} % of ${least}${SHARED[subject]} ${within}${lasting}`
  }
  if (kind === 'above' && forMs === undefined)
    return `rings at the ${ordinal(limit.count + 1)} ${COUNTED[subject]} ${within}`
  if (kind === 'above') return `rings with more than ${plural(limit.count, COUNTED[subject])} ${within}${lasting}`
  const few = limit.count === 1 ? 'no event' : `fewer than ${limit.count} events`
  return `rings when ${few} came ${within} and all of it was read${lasting}`
}

function ordinal(n: number): string {
  const ending = n % 100 >= 11 && n % 100 <= 13 ? 'th' : ['th', 'st', 'nd', 'rd'][n % 10]
  return `${n}${ending ?? 'th'}`
}

function plural(n: number, noun: string): string {
  return `${n} ${noun}${n === 1 ? '' : 's'}`
}

/** Why a condition can never hold; nothing when it can. */
function neverRings(condition: Condition): string | undefined {
  if (condition.kind === 'absent') return undefined
  const { kind, limit } = condition
  if ('ppm' in limit) return limit.ppm >= 1_000_000 ? 'a share is never more than 100 %' : undefined
  return kind === 'below' && limit.count === 0 ? 'there are never fewer than 0 events' : undefined
}

function problemsOf(journey: Journey): readonly Problem[] {
  const seen = new Map<string, SimpleAlert>()
  const promised = new Set(journey.objectives.map(({ step }) => step))
  return (journey.alerts ?? []).flatMap((alert) => {
    const { path } = alert
    if (path === undefined) return []
    const problems: Problem[] = []
    const warn = (code: string, message: string, hint: string) =>
      problems.push(problem(code, path, message, { severity: 'warning', part: 'key', hint }))
    const never = neverRings(alert.condition)
    if (never !== undefined)
      warn('ALERT_NEVER_RINGS', `This rule can never ring: ${never}`, 'use another number, or take the rule out')
    const key = `${alert.step ?? ''} ${alert.level} ${formatCondition(alert.condition, formatDuration)} ${alert.atLeast ?? 0}`
    const twin = seen.get(key)
    if (twin !== undefined) {
      warn('ALERT_TWICE', `This rule rings whenever ${twin.name} does, at the same level`, 'take one of them out')
    }
    seen.set(key, alert)
    if (alert.step !== undefined && !promised.has(undefined) && !promised.has(alert.step)) {
      const hint = `such as \`${alert.step}.availability: 99.5\` beneath \`objectives\``
      warn(
        'ALERT_NO_OBJECTIVE',
        `The step ${alert.step} has a rule, but no objective counts what its problems cost`,
        hint,
      )
    }
    return problems
  })
}

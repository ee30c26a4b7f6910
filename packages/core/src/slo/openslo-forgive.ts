import { isObject, type Path, type Problem, problem } from '../problem/index.ts'
import { LONGEST } from './openslo-part.ts'
import { METHODS } from './openslo-slo.ts'

/** A document as the strict readers take it, and what had to be forgiven for that. */
export type Forgiven = { readonly value: unknown; readonly remarks: readonly Problem[] }

type Part = Readonly<Record<string, unknown>>
type Tell = (path: Path, message: string, hint: string) => void

/**
 * Mends what the specification's text, its examples and its SDK disagree about, so that documents written by any of the
 * three are read. Each mend is a warning.
 */
export function forgive(document: unknown): Forgiven {
  const remarks: Problem[] = []
  const tell: Tell = (path, message, hint) => {
    remarks.push(problem('OPENSLO_FORGIVEN', path, message, { severity: 'warning', hint }))
  }
  if (!isObject(document)) return { value: document, remarks }
  const mended = inside(document, 'metadata', [], (metadata, path) => cut(metadata, 'displayName', path, tell))
  const value = inside(mended, 'spec', [], (spec, path) =>
    forgiveSpec(cut(spec, 'description', path, tell), document['kind'], path, tell),
  )
  return { value, remarks }
}

function forgiveSpec(spec: Part, kind: unknown, path: Path, tell: Tell): Part {
  if (kind === 'SLO') return forgiveSlo(spec, path, tell)
  if (kind === 'AlertPolicy') return forgivePolicy(spec, path, tell)
  return kind === 'AlertCondition' ? forgiveCondition(spec, path, tell) : spec
}

function forgiveSlo(spec: Part, path: Path, tell: Tell): Part {
  const method = methodOf(spec, path, tell)
  const windowed = each(withWindow(spec, path, tell), 'timeWindow', path, (window, at) =>
    forgiveWindow(window, at, tell),
  )
  const isRatio = isObject(spec['indicator']) && !hasThreshold(spec['indicator'])
  const judged = each({ ...windowed, budgetingMethod: method }, 'objectives', path, (objective, at) => {
    const own = objective['indicator']
    return forgiveObjective(objective, isObject(own) ? !hasThreshold(own) : isRatio, at, tell)
  })
  return each(judged, 'alertPolicies', path, (policy, at) =>
    forgiveInline(policy, 'alertPolicyRef', 'AlertPolicy', at, tell, forgivePolicy),
  )
}

function methodOf({ budgetingMethod }: Part, path: Path, tell: Tell): unknown {
  const at = [...path, 'budgetingMethod']
  if (budgetingMethod === undefined) {
    tell(at, 'No `budgetingMethod`: Occurrences is taken', 'the SDK demands it, the README leaves it out')
    return 'Occurrences'
  }
  const known = METHODS.find((method) => method.toLowerCase() === String(budgetingMethod).toLowerCase())
  if (known === undefined || known === budgetingMethod) return budgetingMethod
  tell(at, `\`${budgetingMethod}\` is taken as ${known}`, `write ${known}`)
  return known
}

function withWindow(spec: Part, path: Path, tell: Tell): Part {
  if (spec['timeWindow'] !== undefined) return spec
  tell(
    [...path, 'timeWindow'],
    'No `timeWindow`: 30 days, rolling, are taken',
    'the SDK demands exactly one, the text says optional',
  )
  return { ...spec, timeWindow: [{ duration: '30d', isRolling: true }] }
}

function forgiveWindow(window: Part, path: Path, tell: Tell): Part {
  const { duration, calendar, isRolling } = window
  if (calendar !== undefined && /^\d+[mh]$/.test(String(duration))) {
    tell(
      [...path, 'duration'],
      `A calendar window of \`${duration}\` is shorter than a day`,
      '`m` is a minute; a month is `1M`',
    )
  }
  if (isRolling !== undefined) return window
  if (calendar === undefined)
    tell(path, 'No `isRolling` and no `calendar`: the window is taken to roll', 'write `isRolling: true`')
  return { ...window, isRolling: calendar === undefined }
}

function forgiveObjective(objective: Part, isRatio: boolean, path: Path, tell: Tell): Part {
  let mended = objective
  for (const key of ['op', 'value'].filter((name) => isRatio && objective[name] !== undefined)) {
    tell(
      [...path, key],
      `\`${key}\` has no meaning for a ratio and is left out`,
      'the examples have it, the SDK refuses it',
    )
    const { [key]: _, ...rest } = mended
    mended = rest
  }
  const slice = objective['timeSliceWindow']
  if (typeof slice !== 'number') return mended
  tell([...path, 'timeSliceWindow'], `\`${slice}\` is taken as minutes`, `write \`${slice}m\``)
  return { ...mended, timeSliceWindow: `${slice}m` }
}

function forgivePolicy(spec: Part, path: Path, tell: Tell): Part {
  const told = cut(spec, 'description', path, tell)
  const conditioned = each(told, 'conditions', path, (condition, at) =>
    forgiveInline(condition, 'conditionRef', 'AlertCondition', at, tell, forgiveCondition),
  )
  return each(conditioned, 'notificationTargets', path, (target, at) =>
    forgiveInline(target, 'targetRef', 'AlertNotificationTarget', at, tell, (inner) => inner),
  )
}

function forgiveCondition(spec: Part, path: Path, tell: Tell): Part {
  return inside(cut(spec, 'description', path, tell), 'condition', path, (condition, at) => {
    const { op, kind } = condition
    if (op === 'lt' || op === 'lte') {
      const message = `A burn rate that alerts by \`${op}\` rings while all is well`
      tell([...at, 'op'], message, 'if it shall ring when the budget burns too fast, write `gt`')
    }
    if (kind === 'burnrate') return condition
    const isMeant = kind === undefined || String(kind).toLowerCase() === 'burnrate'
    if (isMeant)
      tell(
        [...at, 'kind'],
        `${kind === undefined ? 'No `kind`' : `\`${kind}\``}: burnrate is taken`,
        'write `kind: burnrate`',
      )
    return isMeant ? { ...condition, kind: 'burnrate' } : condition
  })
}

/** A document that stands where a reference could stand; the examples leave its kind out. */
function forgiveInline(
  part: Part,
  reference: string,
  kind: string,
  path: Path,
  tell: Tell,
  mend: (spec: Part, path: Path, tell: Tell) => Part,
): Part {
  if (part[reference] !== undefined) return part
  const mended = inside(part, 'spec', path, (spec, at) => mend(spec, at, tell))
  if (mended['kind'] !== undefined || mended['spec'] === undefined) return mended
  tell(path, `No \`kind\`: ${kind} is taken`, `write \`kind: ${kind}\``)
  return { ...mended, kind }
}

/** A text that is longer than the SDK takes. */
function cut(part: Part, key: keyof typeof LONGEST, path: Path, tell: Tell): Part {
  const [given, most] = [part[key], LONGEST[key]]
  if (typeof given !== 'string' || given.length <= most) return part
  tell([...path, key], `\`${key}\` has ${given.length} characters and is cut to ${most}`, 'the SDK refuses longer ones')
  return { ...part, [key]: given.slice(0, most) }
}

function hasThreshold({ spec }: Part): boolean {
  return isObject(spec) && spec['thresholdMetric'] !== undefined
}

function inside(part: Part, key: string, path: Path, mend: (inner: Part, path: Path) => Part): Part {
  const inner = part[key]
  return isObject(inner) ? { ...part, [key]: mend(inner, [...path, key]) } : part
}

function each(part: Part, key: string, path: Path, mend: (item: Part, path: Path) => Part): Part {
  const items: unknown = part[key]
  if (!Array.isArray(items)) return part
  return { ...part, [key]: items.map((item: unknown, i) => (isObject(item) ? mend(item, [...path, key, i]) : item)) }
}

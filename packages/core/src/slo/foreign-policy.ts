import type { Level, Pair, Policy } from '../journey/index.ts'
import { parseFactor } from '../journey/notation.ts'
import { policyReader } from '../journey/readers.ts'
import { mergePolicy } from '../journey/resolve-policy.ts'
import { WORKBOOK_POLICY } from '../journey/workbook.ts'
import { entriesOf, itemsOf, type Path, type Problem, problem, readWhole } from '../problem/index.ts'
import { lost } from './adopted.ts'
import { lengthOf } from './foreign-window.ts'
import { ANNOTATION } from './openslo-annotations.ts'
import type { OpenSlo, OpenSloDocument } from './openslo-document.ts'

type AlertPolicy = Extract<OpenSloDocument, { readonly kind: 'AlertPolicy' }>
type AlertCondition = Extract<OpenSloDocument, { readonly kind: 'AlertCondition' }>

/** Documents that others refer to, by kind and name. */
export type Named = {
  readonly policies: ReadonlyMap<string, AlertPolicy>
  readonly conditions: ReadonlyMap<string, AlertCondition>
}

/** The levels of the words that are used for severities. */
const LEVELS: Readonly<Record<string, Level>> = {
  page: 1,
  critical: 1,
  high: 1,
  sev1: 1,
  p1: 1,
  ticket: 2,
  warning: 2,
  warn: 2,
  medium: 2,
  sev2: 2,
  p2: 2,
  notice: 3,
  info: 3,
  low: 3,
  sev3: 3,
  p3: 3,
}

/**
 * When it rings: the annotation `tabiji/policy` if there is one, else a pair for each condition of its alert policies, else
 * the default. A condition has one window, so the second one is a twelfth of it, as in the workbook (chapter 5).
 */
export function foreignPolicy({ metadata, spec }: OpenSlo, named: Named, problems: Problem[]): Policy | undefined {
  const text = metadata.annotations?.[ANNOTATION.policy]
  if (text !== undefined) return annotated(text, problems)
  const stated = spec.alertPolicies ?? []
  if (stated.length === 0) return undefined
  const pairs = stated.flatMap((one, i) => {
    const path: Path = ['spec', 'alertPolicies', i]
    const policy = one.spec ?? named.policies.get(one.alertPolicyRef ?? '')?.spec
    if (policy === undefined) {
      problems.push(unknown([...path, 'alertPolicyRef'], 'AlertPolicy', one.alertPolicyRef))
      return []
    }
    return policy.conditions.flatMap((condition) => {
      const whole = condition.spec ?? named.conditions.get(condition.conditionRef ?? '')?.spec
      if (whole !== undefined) return pairOfCondition(whole, path, problems)
      problems.push(unknown(path, 'AlertCondition', condition.conditionRef))
      return []
    })
  })
  return { ...WORKBOOK_POLICY, pairs }
}

function annotated(text: string, problems: Problem[]): Policy | undefined {
  const path: Path = ['metadata', 'annotations', ANNOTATION.policy]
  const value = parsed(text)
  const { pairs, ...rest } = Object.fromEntries(entriesOf(value))
  // No pairs at all is what a tool says whose alerts are switched off.
  const isSilent = Array.isArray(pairs) && itemsOf(pairs).length === 0
  const read = readWhole(policyReader, isSilent ? rest : value, 'OPENSLO')
  if (!read.ok) {
    problems.push(
      ...read.problems.map((found) => ({ ...found, path, message: `In ${ANNOTATION.policy}: ${found.message}` })),
    )
    return undefined
  }
  const policy = mergePolicy(undefined, read.value)
  return isSilent && policy !== undefined ? { ...policy, pairs: [] } : policy
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function pairOfCondition(
  { severity, condition }: AlertCondition['spec'],
  path: Path,
  problems: Problem[],
): readonly Pair[] {
  const longMs = lengthOf(condition.lookbackWindow)
  const factorMilli = parseFactor(condition.threshold)
  const shortMs = Math.max(1, Math.round((longMs ?? 0) / 12_000)) * 1_000
  if (longMs === undefined || factorMilli === undefined || condition.op.startsWith('l')) {
    const told = `${condition.op} ${condition.threshold} over ${condition.lookbackWindow}`
    problems.push(
      lost(path, `The condition \`${told}\` rings nothing`, 'a burn rate rings above a factor, over minutes to weeks'),
    )
    return []
  }
  const level = LEVELS[severity.toLowerCase()]
  if (level === undefined) {
    const hint = `known are ${Object.keys(LEVELS).join(', ')}`
    problems.push(lost(path, `The severity \`${severity}\` is taken as level 2, the next business day`, hint))
  }
  if (condition.op === 'gte') problems.push(lost(path, 'It rings above its threshold, not at it (`gte`)'))
  if (condition.alertAfter !== undefined && !/^0+\D$/.test(condition.alertAfter)) {
    problems.push(lost(path, '`alertAfter` does not come along: a second, shorter window stands in its place'))
  }
  return [{ level: level ?? 2, longMs, shortMs, speed: { factorMilli } }]
}

function unknown(path: Path, kind: string, name: string | undefined): Problem {
  const hint = 'name the file that has it in `openslo.files`, too'
  return problem('OPENSLO_UNKNOWN_REFERENCE', path, `There is no ${kind} with the name ${name}`, { hint })
}

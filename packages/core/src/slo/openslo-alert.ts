import { list, object, oneOf, optional, type Reader, such } from '../problem/index.ts'
import { description, duration, flag, longerDuration, metadata, name, number, text } from './openslo-part.ts'

export const OPERATORS = ['lte', 'gte', 'lt', 'gt'] as const

/** When a burn rate over one stretch of time is too high. OpenSLO knows no second stretch. */
export const conditionSpec = object({
  description,
  severity: text,
  condition: object({
    kind: oneOf(['burnrate']),
    op: oneOf(OPERATORS),
    threshold: number,
    lookbackWindow: longerDuration,
    alertAfter: optional(duration),
  }),
})

export const targetSpec = object({ description, target: text })

const condition = such(
  object({
    conditionRef: optional(name),
    kind: optional(oneOf(['AlertCondition'])),
    metadata: optional(metadata),
    spec: optional(conditionSpec),
  }),
  (given) => isWhole(given.conditionRef, given),
  'a `conditionRef`, or a condition with `kind`, `metadata` and `spec`',
)

const target = such(
  object({
    targetRef: optional(name),
    kind: optional(oneOf(['AlertNotificationTarget'])),
    metadata: optional(metadata),
    spec: optional(targetSpec),
  }),
  (given) => isWhole(given.targetRef, given),
  'a `targetRef`, or a target with `kind`, `metadata` and `spec`',
)

/** Who is told of which condition. */
export const policySpec = object({
  description,
  alertWhenBreaching: optional(flag),
  alertWhenResolved: optional(flag),
  alertWhenNoData: optional(flag),
  conditions: such(list(condition), ({ length }) => length === 1, 'a list of exactly one condition'),
  notificationTargets: atLeastOne(target),
})

export const policy = such(
  object({
    alertPolicyRef: optional(name),
    kind: optional(oneOf(['AlertPolicy'])),
    metadata: optional(metadata),
    spec: optional(policySpec),
  }),
  (given) => isWhole(given.alertPolicyRef, given),
  'an `alertPolicyRef`, or a policy with `kind`, `metadata` and `spec`',
)

export function atLeastOne<T>(item: Reader<T>): Reader<readonly T[]> {
  return such(list(item), ({ length }) => length > 0, 'a list with at least one entry')
}

type Inline = { readonly kind?: unknown; readonly metadata?: unknown; readonly spec?: unknown }

/** Either a reference alone, or everything of what stands in its place. */
function isWhole(reference: unknown, { kind, metadata: about, spec }: Inline): boolean {
  const parts = [kind, about, spec]
  const given = parts.filter((part) => part !== undefined).length
  return reference === undefined ? given === parts.length : given === 0
}

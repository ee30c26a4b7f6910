import type { Level, Pair } from '../journey/index.ts'
import { entriesOf, type Path, type Problem, problem } from '../problem/index.ts'
import { policyPartOf } from './journey-document.ts'
import { ANNOTATION } from './openslo-annotations.ts'
import { API_VERSION, type OpenSlo, type OpenSloDocument } from './openslo-document.ts'
import { policiesOf, targetsOf } from './openslo-export.ts'
import { LONGEST } from './openslo-part.ts'

/** A document of another tool as documents of OpenSLO, each with the place in the original that it came from. */
export type Adopted = {
  readonly documents: readonly { readonly document: OpenSloDocument; readonly origin: Path }[]
  readonly problems: readonly Problem[]
}

type RatioMetric = NonNullable<NonNullable<OpenSlo['spec']['indicator']>['spec']['ratioMetric']>
type Texts = Readonly<Record<string, string>>

/** An objective of another tool, in the parts that OpenSLO has for it. */
export type ForeignObjective = {
  readonly name: string
  readonly service: string
  readonly origin: Path
  readonly description?: string
  readonly labels?: Texts
  readonly annotations?: Texts
  readonly ratioMetric: RatioMetric
  readonly targetPercent: number
  readonly window: { readonly duration: string; readonly ms: number }
  readonly alerts: readonly ForeignAlert[]
}

/** A pair of windows with what the other tool calls its urgency. */
export type ForeignAlert = {
  readonly pair: Pair
  readonly severity: string
  readonly alertAfter?: string
  readonly labels?: Texts
  readonly annotations?: Texts
}

/** The service of objectives, the objectives, and whom their alerts tell. */
export function adoptAll(objectives: readonly ForeignObjective[], origin: Path): Adopted['documents'] {
  const services = [...new Set(objectives.map(({ service }) => service))].map((name) => {
    const document: OpenSloDocument = { apiVersion: API_VERSION, kind: 'Service', metadata: { name }, spec: {} }
    return { document, origin }
  })
  const slos = objectives.map((objective) => ({ document: sloOf(objective), origin: objective.origin }))
  const targets = targetsOf(
    slos.map(({ document }) => document),
    'alertmanager',
  ).map((document) => ({ document, origin }))
  return [...services, ...slos, ...targets]
}

function sloOf(foreign: ForeignObjective): OpenSlo {
  const { name, service, description, labels, ratioMetric, targetPercent, window, alerts } = foreign
  const pairs = alerts.map(({ pair }) => pair)
  const annotations = {
    ...foreign.annotations,
    [ANNOTATION.policy]: JSON.stringify({ pairs: policyPartOf({ pairs, ...NOTHING_ELSE }).pairs }),
  }
  const objective = { window: { kind: 'rolling', ms: window.ms }, policy: { pairs, ...NOTHING_ELSE } } as const
  const policies = policiesOf(name, name, objective, []).map((policy, i) => withAlert(policy, alerts[i]))
  return {
    apiVersion: API_VERSION,
    kind: 'SLO',
    metadata: { name, ...(labels && { labels }), annotations },
    spec: {
      ...(description !== undefined &&
        description !== '' && { description: description.slice(0, LONGEST.description) }),
      service,
      indicator: { metadata: { name }, spec: { ratioMetric } },
      timeWindow: [{ duration: window.duration, isRolling: true }],
      budgetingMethod: 'Occurrences',
      objectives: [{ targetPercent }],
      ...(policies.length > 0 && { alertPolicies: policies }),
    },
  }
}

const NOTHING_ELSE = { milestones: [], guard: { badEvents: 1, confidencePercent: 80 } } as const

type Policy = ReturnType<typeof policiesOf>[number]

function withAlert(policy: Policy, alert: ForeignAlert | undefined): Policy {
  const { metadata, spec } = policy
  if (alert === undefined || metadata === undefined || spec === undefined) return policy
  const { severity, alertAfter, labels, annotations } = alert
  const conditions = spec.conditions.map((condition) => ({
    ...condition,
    ...(condition.spec && {
      spec: {
        ...condition.spec,
        severity,
        condition: { ...condition.spec.condition, ...(alertAfter !== undefined && { alertAfter }) },
      },
    }),
  }))
  return {
    ...policy,
    metadata: { ...metadata, ...(labels && { labels }), ...(annotations && { annotations }) },
    spec: { ...spec, conditions },
  }
}

/** A pair whose factor is whole thousandths. */
export function pairOf(level: Level, longMs: number, shortMs: number, factorMilli: number): Pair {
  return { level, longMs, shortMs, speed: { factorMilli } }
}

/** A name as OpenSLO wants it; when it had to be changed, that is told. */
export function nameFrom(text: string, path: Path, problems: Problem[]): string {
  const name = text
    .toLowerCase()
    .replace(/[^a-z0-9-]+/g, '-')
    .slice(0, 63)
    .replace(/^-+|-+$/g, '')
  if (name !== text) problems.push(lost(path, `The name \`${text}\` is written as \`${name}\``))
  return name
}

/** A warning about what does not come along. */
export function lost(path: Path, message: string, hint?: string): Problem {
  return problem('OPENSLO_ADOPTED', path, message, { severity: 'warning', ...(hint !== undefined && { hint }) })
}

/** Keys of an object that do not come along. */
export function lostKeys(value: unknown, keys: readonly string[], path: Path, why: string): readonly Problem[] {
  const found = keys.filter((key) => entriesOf(value).has(key))
  return found.map((key) => ({ ...lost([...path, key], `\`${key}\` does not come along: ${why}`), part: 'key' }))
}

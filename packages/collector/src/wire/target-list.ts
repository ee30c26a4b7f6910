import { checkShape, locateProblems, type Problem, problem } from '@tabiji/core/problem'
import { readText } from '@tabiji/core/problem/document'
import { z } from 'zod'
import { isForbiddenAddress, literalAddress } from './address.ts'

/** More targets in one list are a mistake, or mean harm. */
const MOST_TARGETS = 1_000
const MOST_TOLD = 20

const name = z.string().max(1_000, { error: 'at most 1000 characters' })

/** The shape of Prometheus' file and HTTP service discovery. Labels that say nothing to us are let pass, as it does. */
const groups = z.array(
  z.strictObject({
    targets: z.array(name),
    labels: z.record(name, name).exactOptional(),
  }),
)

type Group = z.output<typeof groups>[number]

/** A target that the list names. */
type ListedTarget = { readonly service: string; readonly url: string }

export type TargetListRules = {
  /** How problems name the list. */
  readonly file: string
  /** The label that names the service. */
  readonly label: string
  /** The service of a group without that label. */
  readonly service?: string
}

/** The targets of a list, with what had to be left out, or why it is none. Every problem has its place. */
export type TargetList =
  | { readonly ok: true; readonly targets: readonly ListedTarget[]; readonly problems: readonly Problem[] }
  | { readonly ok: false; readonly problems: readonly Problem[] }

/** Reads a list of targets, JSON or YAML. Never throws, whatever the text. */
export function decodeTargetList(text: string, rules: TargetListRules): TargetList {
  const read = readText(text, rules.file)
  if (!read.ok) return { ok: false, problems: read.problems.slice(0, MOST_TOLD) }
  const shape = checkShape(groups, read.value ?? [], 'TARGETS')
  if (!shape.ok) return { ok: false, problems: locateProblems(shape.problems, read.locate).slice(0, MOST_TOLD) }
  const count = shape.value.reduce((sum, { targets }) => sum + targets.length, 0)
  if (count > MOST_TARGETS) {
    const message = `Expected at most ${MOST_TARGETS} targets in one list, got ${count}`
    return { ok: false, problems: locateProblems([problem('TARGETS_TOO_MANY', [], message)], read.locate) }
  }
  const problems: Problem[] = []
  const targets = shape.value.flatMap((group, i) => targetsOf(group, i, rules, problems))
  return { ok: true, targets, problems: locateProblems([...read.problems, ...problems], read.locate) }
}

function targetsOf(group: Group, number: number, rules: TargetListRules, problems: Problem[]): ListedTarget[] {
  const { targets, labels = {} } = group
  const service = labels[rules.label] ?? rules.service
  const path = [number, 'targets']
  if (service === undefined || !/^[A-Za-z0-9][A-Za-z0-9._-]{0,62}$/.test(service)) {
    const message = `Expected the label \`${rules.label}\` to name the service, or \`service\` in the configuration`
    problems.push({ ...problem('TARGETS_SERVICE', path, message), severity: 'warning' })
    return []
  }
  return targets.flatMap((address, i) => {
    const url = urlOf(address, labels)
    if (typeof url === 'string') return [{ service, url }]
    problems.push({ ...problem('TARGETS_ADDRESS', [...path, i], url.message), severity: 'warning' })
    return []
  })
}

/** As Prometheus puts an address together: `__scheme__://TARGET__metrics_path__?__param_NAME`. */
function urlOf(address: string, labels: Readonly<Record<string, string>>): string | { readonly message: string } {
  const { __scheme__: scheme = 'http', __metrics_path__: path = '/metrics' } = labels
  const form =
    'Expected a target as `host:port`, with `__scheme__` http or https and a `__metrics_path__` that begins with /'
  if (!/^https?$/.test(scheme) || !path.startsWith('/') || !/^[A-Za-z0-9._:[\]-]{1,300}$/.test(address)) {
    return { message: form }
  }
  const text = `${scheme}://${address}`
  if (!URL.canParse(text)) return { message: form }
  const url = new URL(text)
  url.pathname = path
  for (const [label, value] of Object.entries(labels)) {
    if (label.startsWith('__param_')) url.searchParams.set(label.slice('__param_'.length), value)
  }
  const literal = literalAddress(url)
  if (literal !== undefined && isForbiddenAddress(literal)) {
    return { message: 'Expected an address that services run on, which link-local and metadata addresses are not' }
  }
  return url.href
}

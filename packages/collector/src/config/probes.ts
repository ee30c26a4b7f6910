import type { Definition } from '@tabiji/core/journey'
import { namesIn, type ProbePlan, type ProbeStep, textsIn } from '@tabiji/core/probe'
import {
  entriesOf,
  expected,
  itemsOf,
  named,
  type Path,
  type Problem,
  problem,
  readPart,
  unknownName,
} from '@tabiji/core/problem'
import { DAY, formatDuration, MINUTE, SECOND } from '@tabiji/core/time'
import type { z } from 'zod'
import type { Probes, Secret } from './config.ts'
import { isForbidden, SERVICE_ADDRESS } from './notation.ts'
import { probeSchema, probeStepSchema, probesSchema } from './probe-schema.ts'
import { fetchSecret, type SecretForm, tokenForm } from './secret.ts'
import type { Surroundings } from './surroundings.ts'

const DEFAULT = { interval: MINUTE, stepTimeout: 10 * SECOND, timeout: 30 * SECOND, certificate: 14 * DAY } as const

/** Anything may be a password. */
const anySecret: SecretForm = () => undefined

/** The probes that are well-formed; what is wrong with the others goes to `problems`. */
export function resolveProbes(document: unknown, around: Surroundings, problems: Problem[]): Probes {
  const stated = entriesOf(document).get('probes')
  if (stated === undefined) return { references: [], plans: [] }
  const entries = entriesOf(stated)
  const hasKey = ['keyFile', 'keyEnv'].some((each) => entries.has(each))
  const key = hasKey ? fetchSecret(stated, 'key', ['probes'], tokenForm, around, problems) : undefined
  const references = readPart(probesSchema.shape.reference, entries.get('reference')) ?? []
  references.forEach((url, i) => {
    problems.push(...addressProblems(url, ['probes', 'reference', i], around))
  })
  const known = new Set<string>(
    itemsOf(entriesOf(document).get('targets')).map((one) => String(entriesOf(one).get('service'))),
  )
  const plans = itemsOf(entries.get('run')).flatMap((value, i) => {
    const path = ['probes', 'run', i]
    const plan = resolvePlan(value, path, around, problems)
    if (plan === undefined) return []
    if (known.has(plan.name)) {
      const what = 'a name that no target and no other probe has: results are booked under it'
      problems.push(expected('CONFIG_REPEATED', [...path, 'name'], what, plan.name))
    }
    known.add(plan.name)
    return [plan]
  })
  return { ...(key !== undefined && { key }), references, plans }
}

function resolvePlan(value: unknown, path: Path, around: Surroundings, problems: Problem[]): ProbePlan | undefined {
  const secrets: Record<string, Secret> = {}
  for (const [name, holder] of entriesOf(entriesOf(value).get('secrets'))) {
    const secret = fetchSecret(holder, 'value', [...path, 'secrets', name], anySecret, around, problems)
    if (secret !== undefined) secrets[name] = secret
  }
  const ca = certificates(entriesOf(value).get('caFile'), [...path, 'caFile'], around, problems)
  const known = new Set(entriesOf(entriesOf(value).get('secrets')).keys())
  const steps = itemsOf(entriesOf(value).get('steps')).flatMap((each, i) => {
    return resolveStep(each, [...path, 'steps', i], known, around, problems)
  })
  const part = readPart(probeSchema, value)
  if (part === undefined) return undefined
  const { name, journey, redirects, interval = DEFAULT.interval } = part
  const timeoutMs = part.timeout ?? Math.min(DEFAULT.timeout, interval)
  if (timeoutMs > interval) {
    const message = `Expected a timeout of at most the interval (${formatDuration(interval)}), got ${formatDuration(timeoutMs)}`
    problems.push(problem('CONFIG_TIMEOUT', [...path, 'timeout'], message))
  }
  const rest = { redirects, certificateMs: part.certificate ?? DEFAULT.certificate, ...(ca !== undefined && { ca }) }
  return { name, journey, intervalMs: interval, timeoutMs, steps, secrets, ...rest }
}

function certificates(file: unknown, path: Path, around: Surroundings, problems: Problem[]) {
  if (typeof file !== 'string') return undefined
  const make = (read: ReturnType<Surroundings['readFile']>, found: Problem[]) => {
    if ('text' in read && read.text.includes('-----BEGIN CERTIFICATE-----')) return read.text
    const why = 'failure' in read ? `a file that can be read (${read.failure})` : 'a file of certificates in PEM'
    found.push(expected('CONFIG_FILE', path, why, file))
    return undefined
  }
  return around.rotation.keep({ path, read: () => around.readFile(file), make }, problems)
}

type Stated = z.output<typeof probeStepSchema>

function resolveStep(
  value: unknown,
  path: Path,
  known: Set<string>,
  around: Surroundings,
  problems: Problem[],
): readonly ProbeStep[] {
  const part = readPart(probeStepSchema, value)
  if (part === undefined) return []
  const { step, method, url, headers, capture, poll, within } = part
  const bodies = (['json', 'form', 'text'] as const).filter((kind) => part[kind] !== undefined)
  if (bodies.length > 1) {
    problems.push(problem('CONFIG_PROBE_BODY', path, 'Expected one of `json`, `form` and `text`, got several'))
  }
  problems.push(
    ...slotProblems(
      { url, headers, json: part.json, form: part.form, text: part.text, expect: part.expect },
      path,
      known,
    ),
  )
  problems.push(...addressProblems(url, [...path, 'url'], around))
  problems.push(...writtenSecrets({ headers, form: part.form }, path))
  for (const name of Object.keys(capture)) known.add(name)
  const [kind] = bodies
  return [
    {
      step,
      method,
      url,
      headers: small(headers),
      expect: expectationOf(part),
      capture: capturesOf(capture),
      timeoutMs: part.timeout ?? DEFAULT.stepTimeout,
      ...(within !== undefined && { withinMs: within }),
      ...(poll !== undefined && { pollMs: poll }),
      ...(kind !== undefined && { body: { kind, value: part[kind] } as ProbeStep['body'] & object }),
    },
  ]
}

/** Names that nothing before them gives. */
function slotProblems(
  parts: Readonly<Record<string, unknown>>,
  path: Path,
  known: ReadonlySet<string>,
): readonly Problem[] {
  return Object.entries(parts).flatMap(([key, part]) =>
    [...new Set(textsIn(part).flatMap(namesIn))]
      .filter((name) => !known.has(name))
      .map((name) =>
        unknownName(
          'CONFIG_PROBE_VALUE',
          [...path, key],
          'the name of a secret, or of a value that a step before it captures',
          name,
          [...known],
        ),
      ),
  )
}

/** Fields whose value is a credential, or nothing. */
const CREDENTIAL = /^(?:proxy-)?authorization$|^cookie$|api-?key|password|secret|token/i

/** Credentials that stand in the file instead of in one that it names. */
function writtenSecrets(parts: Readonly<Record<string, unknown>>, path: Path): readonly Problem[] {
  return Object.entries(parts).flatMap(([part, fields]) =>
    [...entriesOf(fields)]
      .filter(([name, value]) => CREDENTIAL.test(name) && typeof value === 'string' && namesIn(value).length === 0)
      .map(([name]) => {
        const at = [...path, part, name]
        const hint = `name it in \`secrets: { NAME: { valueFile: … } }\` and write \`\${NAME}\` here`
        return problem('CONFIG_SECRET_IN_FILE', at, `Expected ${named(at)} to name a secret, not to be one`, { hint })
      }),
  )
}

function addressProblems(url: string, path: Path, { isForbiddenAddress }: Surroundings): readonly Problem[] {
  if (!URL.canParse(url.replaceAll(/\$\{[^}]*\}/g, 'x'))) return []
  const isRefused = isForbidden(new URL(url.replaceAll(/\$\{[^}]*\}/g, 'x')), isForbiddenAddress)
  return isRefused ? [expected('CONFIG_ADDRESS', path, SERVICE_ADDRESS, url)] : []
}

const small = (headers: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, text]) => [name.toLowerCase(), text]))

function expectationOf({ expect: { status, headers, json, contains } }: Stated): ProbeStep['expect'] {
  const rules = Object.entries(json).map(([pointer, rule]) => ({ pointer, ...rule }))
  return { ...(status !== undefined && { status }), headers: small(headers), json: rules, contains }
}

function capturesOf(capture: Stated['capture']): ProbeStep['capture'] {
  return Object.entries(capture).map(([name, from]) =>
    'json' in from ? { name, pointer: from.json } : { name, header: from.header.toLowerCase() },
  )
}

/** Probes of journeys and steps that the journeys file does not have. Paths lead into the configuration. */
export function probeProblems({ plans }: Probes, { journeys }: Definition): readonly Problem[] {
  return plans.flatMap(({ journey: name, steps }, i) => {
    const path = ['probes', 'run', i]
    const journey = journeys.find((each) => each.name === name)
    if (journey === undefined) {
      const known = journeys.map((each) => each.name)
      return [unknownName('CONFIG_PROBE_JOURNEY', [...path, 'journey'], 'a journey of the journeys file', name, known)]
    }
    const known = journey.steps.map((each) => each.name)
    return steps.flatMap(({ step }, s) =>
      known.includes(step)
        ? []
        : [unknownName('CONFIG_PROBE_STEP', [...path, 'steps', s, 'step'], `a step of ${name}`, step, known)],
    )
  })
}

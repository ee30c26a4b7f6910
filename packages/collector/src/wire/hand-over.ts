import { HAND_OVER_SCHEMA } from '@tabiji/core/journey'
import type { Reading } from '@tabiji/core/ledger'
import type { Problem } from '@tabiji/core/problem'
import { z } from 'zod'
import { parseInstant } from './instant.ts'
import { isName, LONGEST_NAME } from './name.ts'

const name = z.string().refine(isName, {
  error: `1 to ${LONGEST_NAME} characters without blanks and control characters`,
  abort: true,
})
const instant = z.string().transform((text, context) => {
  const at = parseInstant(text)
  if (at !== undefined) return at
  context.addIssue({ code: 'custom', message: 'a time in ISO 8601 with offset' })
  return z.NEVER
})
/** Adding zero makes a plain zero of a negative one, which JSON can carry. */
const count = z
  .int()
  .min(0)
  .transform((value) => value + 0)

const MOST_STEPS = 10_000
const counts = z.tuple([count, count, count, count])

/** The keys are those of `HandOver` in core/journey. Others are left for later versions to add. */
const handOverSchema = z.object({
  schema: z.literal(HAND_OVER_SCHEMA),
  processId: name,
  service: name,
  startedAt: instant,
  at: instant,
  sentAt: instant.exactOptional(),
  final: z.boolean().exactOptional(),
  fingerprint: name,
  sdkVersion: name,
  steps: z.array(z.object({ journey: name, step: name, counts })).max(MOST_STEPS),
  dependencies: z
    .array(z.object({ journey: name, serviceStep: name, counts }))
    .max(MOST_STEPS)
    .default([]),
})
type HandOverDocument = z.infer<typeof handOverSchema>

/**
 * Reads what a process hands over when it ends.
 *
 * @param value what `JSON.parse` returned
 * @param arrivedAt the collector's clock, milliseconds; the reading is as old as its sender says that the document is
 * @returns a cumulative reading, or everything that is wrong with the document; nothing of a wrong one is taken
 */
export function decodeHandOver(
  value: unknown,
  arrivedAt: number,
): { readonly ok: true; readonly reading: Reading } | { readonly ok: false; readonly problems: readonly Problem[] } {
  const parsed = handOverSchema.safeParse(value)
  if (!parsed.success)
    return { ok: false, problems: shortened(parsed.error.issues, (issue) => shapeProblem(issue, value)) }
  const repeated = repeatedSteps(parsed.data)
  if (repeated.length > 0) return { ok: false, problems: shortened(repeated, (problem) => problem) }
  const { processId, service, fingerprint, steps, dependencies, final } = parsed.data
  const startedAt = startByOurClock(parsed.data, arrivedAt)
  return {
    ok: true,
    reading: {
      speaker: { id: processId, identified: true, service, ...(startedAt === undefined ? {} : { startedAt }) },
      at: arrivedAt - ageOf(parsed.data),
      steps: [
        ...steps.map((step) => ({ ...step, role: 'own' as const })),
        ...dependencies.map(({ serviceStep, ...rest }) => ({
          ...rest,
          step: serviceStep,
          role: 'dependency' as const,
        })),
      ],
      fingerprint,
      ...(final !== undefined && { final }),
    },
  }
}

/**
 * How long the counters waited before they were sent. Between both stamps the sender's clock may have been set back, and
 * then nothing is known of it.
 */
function ageOf({ at, sentAt }: HandOverDocument): number {
  return Math.max(0, (sentAt ?? at) - at)
}

/**
 * When the process began. A document cannot arrive before it was sent, so a later stamp shows by how much the
 * sender's clock is ahead at least, at its start too. An `at` before the start shows that the clock was set in between:
 * then the start is not known, and a guess could book events from before the ledger began.
 */
function startByOurClock({ startedAt, at, sentAt }: HandOverDocument, arrivedAt: number): number | undefined {
  return at < startedAt ? undefined : startedAt - Math.max(0, (sentAt ?? at) - arrivedAt)
}

function repeatedSteps({ steps, dependencies }: HandOverDocument): readonly Problem[] {
  const names = dependencies.map(({ journey, serviceStep }) => ({ journey, step: serviceStep }))
  return [...repeated('steps', steps), ...repeated('dependencies', names)]
}

function repeated(
  key: string,
  names: readonly { readonly journey: string; readonly step: string }[],
): readonly Problem[] {
  const seen = new Set<string>()
  return names.flatMap(({ journey, step }, i) => {
    const name = `${journey}\u0000${step}`
    if (!seen.has(name)) {
      seen.add(name)
      return []
    }
    const message = `Expected each step once, got ${JSON.stringify(`${journey}/${step}`)} again`
    return [problem('HAND_OVER_REPEATED_STEP', [key, i], message)]
  })
}

function shapeProblem(issue: z.core.$ZodIssue, root: unknown): Problem {
  const path = issue.path.map((key) => (typeof key === 'symbol' ? String(key) : key))
  const found = path.reduce<unknown>((value, key) => (value as Record<string | number, unknown> | null)?.[key], root)
  return problem('HAND_OVER_SHAPE', path, `Expected ${named(path)} to be ${expectation(issue)}, got ${shown(found)}`)
}

const TYPE_WORDS: Readonly<Record<string, string>> = {
  object: 'an object',
  array: 'a list',
  tuple: 'a list',
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
}

function expectation(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return TYPE_WORDS[issue.expected] ?? issue.expected
    case 'invalid_value':
      return issue.values.map((value) => JSON.stringify(value)).join(' or ')
    case 'too_small':
      return issue.origin === 'array' ? `a list of at least ${issue.minimum}` : `at least ${issue.minimum}`
    case 'too_big':
      return issue.origin === 'array' ? `a list of at most ${issue.maximum}` : `at most ${issue.maximum}`
    default:
      return issue.message
  }
}

function problem(code: string, path: Problem['path'], message: string): Problem {
  return { code, severity: 'error', message, path }
}

function named(path: Problem['path']): string {
  const keys = path.map((key) => (typeof key === 'number' ? `[${key}]` : `.${key}`)).join('')
  return keys === '' ? 'the body' : `\`${keys.replace(/^\./, '')}\``
}

/** The value in few characters: the sender knows what it sent, it only needs to find the place. */
function shown(value: unknown): string {
  if (value === undefined) return 'nothing'
  if (Array.isArray(value)) return 'a list'
  if (typeof value === 'object' && value !== null) return 'an object'
  const json = JSON.stringify(value)
  return json.length > 40 ? `${json.slice(0, 40)}…` : json
}

const MOST_PROBLEMS = 50

/** All problems at once, as far as anyone reads on: a small body can hold a hundred thousand. */
function shortened<T>(all: readonly T[], tell: (one: T) => Problem): readonly Problem[] {
  const told = all.slice(0, MOST_PROBLEMS).map(tell)
  if (all.length <= MOST_PROBLEMS) return told
  return [...told, problem('HAND_OVER_MORE', [], `… and ${all.length - MOST_PROBLEMS} more problems`)]
}

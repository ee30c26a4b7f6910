import type { z } from 'zod'
import type { Path, Problem } from './problem.ts'
import { expected, hintFor, LONGEST_GUESS, unknownKey, valueAt, withoutEchoes } from './wording.ts'

type Issue = z.core.$ZodIssue

/** A value of the schema's type, or everything that is wrong with its shape. */
export type Checked<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly problems: readonly Problem[] }

/**
 * Checks a value that came from outside against a schema, and says what is wrong in the house's words. Where a schema
 * brings its own `error`, that is the noun phrase of what is expected ("a month as YYYY-MM"), not a sentence.
 *
 * @param area the first word of the codes: `JOURNEYS` gives `JOURNEYS_SHAPE` and `JOURNEYS_UNKNOWN_KEY`
 */
export function checkShape<Schema extends z.ZodType>(
  schema: Schema,
  value: unknown,
  area: string,
): Checked<z.output<Schema>> {
  const parsed = schema.safeParse(value, { error: describe })
  if (parsed.success) return { ok: true, value: parsed.data }
  const problems = parsed.error.issues.flatMap((issue) => problemsOf(issue, [], value, area))
  return { ok: false, problems: withoutEchoes(problems, value) }
}

/**
 * The message that an issue gets when its schema states none. Empty means "derive it from the issue". Unknown keys carry
 * the known ones in it, because an issue does not keep the schema that it came from.
 */
function describe(raw: z.core.$ZodRawIssue): string {
  if (raw.code !== 'unrecognized_keys') return ''
  const { def } = (raw.inst as z.core.$ZodObject)._zod
  return Object.keys(def.shape).join(' ')
}

function problemsOf(issue: Issue, parent: Path, root: unknown, area: string): readonly Problem[] {
  const path = [...parent, ...issue.path.map((key) => (typeof key === 'symbol' ? String(key) : key))]
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => unknownKey(area, path, key, issue.message.split(' ')))
    case 'invalid_union':
      return unionProblems(issue, path, root, area)
    case 'invalid_key':
      return [expected(`${area}_NAME`, path, keyExpectation(issue), path.at(-1), { part: 'key' })]
    default:
      return [expected(`${area}_SHAPE`, path, expectation(issue), valueAt(root, path), remarksOn(issue, root, path))]
  }
}

/** A word that is nearly one of the accepted ones. */
function remarksOn(issue: Issue, root: unknown, path: Path): { readonly hint?: string } {
  const found = valueAt(root, path)
  if (issue.code !== 'invalid_value' || typeof found !== 'string') return {}
  const hint = hintFor(found.slice(0, LONGEST_GUESS), issue.values.map(String), 0)
  return hint === undefined ? {} : { hint }
}

/**
 * A value that fits no form of a union most likely meant the form whose type it has: that one's problems are told. When
 * it has the type of none, all forms are named in one sentence.
 */
function unionProblems(issue: z.core.$ZodIssueInvalidUnion, path: Path, root: unknown, area: string) {
  const names = 'options' in issue && issue.message === '' ? (issue.options ?? []) : []
  if (names.length > 0) return [expectedName(names.map(String), path, valueAt(root, path), area)]
  const meant = issue.errors.filter((branch) => !branch.some(isOtherType)).toSorted((a, b) => a.length - b.length)
  const [best] = meant
  if (best !== undefined) return best.flatMap((inner) => problemsOf(inner, path, root, area))
  const what = issue.message || [...new Set(issue.errors.flat().map(expectation))].join(' or ')
  return [expected(`${area}_SHAPE`, path, what, valueAt(root, path))]
}

/** Each form has a name, and the value has none of them. */
function expectedName(names: readonly string[], path: Path, found: unknown, area: string): Problem {
  const hint = typeof found === 'string' ? hintFor(found.slice(0, LONGEST_GUESS), names, 0) : undefined
  const what = names.map((name) => JSON.stringify(name)).join(' or ')
  return expected(`${area}_SHAPE`, path, what, found, hint === undefined ? {} : { hint })
}

function isOtherType(issue: Issue): boolean {
  if (issue.path.length > 0) return false
  if (issue.code === 'invalid_union') return issue.errors.every((branch) => branch.some(isOtherType))
  return issue.code === 'invalid_type'
}

function keyExpectation(issue: z.core.$ZodIssueInvalidKey): string {
  return issue.issues.map(expectation).join(' and ')
}

/** Types whose name in the schema is not a reader's word. */
const TYPES: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  array: 'a list',
  record: 'of type object',
}

function expectation(issue: Issue): string {
  if (issue.message !== '') return issue.message
  switch (issue.code) {
    case 'invalid_type':
      return TYPES[issue.expected] ?? `of type ${issue.expected}`
    case 'invalid_value':
      return issue.values.map((value) => JSON.stringify(value)).join(' or ')
    case 'too_small':
      return `${issue.inclusive === false ? 'above' : 'at least'} ${issue.minimum}${unitOf(issue.origin)}`
    case 'too_big':
      return `${issue.inclusive === false ? 'below' : 'at most'} ${issue.maximum}${unitOf(issue.origin)}`
    case 'invalid_format':
      return `of the form ${issue.format}`
    default:
      return 'something else'
  }
}

/** What a size counts; a number has none. */
function unitOf(origin: string): string {
  return origin === 'string' ? ' characters long' : origin === 'array' ? ' entries long' : ''
}

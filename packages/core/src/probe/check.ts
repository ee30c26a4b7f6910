import type { Capture, Expectation, JsonRule } from './plan.ts'
import { valueAtPointer } from './pointer.ts'
import { fill, type Values } from './template.ts'

/** An answer, as far as it is checked. Header names are small letters. */
export type ProbeAnswer = {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/** One thing that was expected of an answer. `got` never holds a value that may be a secret. */
export type Check = { readonly what: string; readonly ok: boolean; readonly got?: string }

/** Longest text that a pattern is tried on: a pattern may take long, and an answer is a stranger's. */
const LONGEST_MATCHED = 10_000

/** Checks an answer against everything that was expected of it; all is told, not only the first that fails. */
export function checkAnswer(expected: Expectation, answer: ProbeAnswer, values: Values): readonly Check[] {
  const { status, headers, json, contains } = expected
  const document = json.length === 0 ? undefined : parseJson(answer.body)
  return [
    status === undefined
      ? check('status 2xx', answer.status >= 200 && answer.status < 300, String(answer.status))
      : check(`status ${status.join(' or ')}`, status.includes(answer.status), String(answer.status)),
    ...Object.entries(headers).map(([name, text]) => {
      const found = answer.headers[name]
      const holds = found?.includes(fill(text, values)) === true
      return check(`header ${name} contains ${JSON.stringify(text)}`, holds, found === undefined ? 'none' : 'another')
    }),
    ...json.map((rule) => checkJson(rule, document, values)),
    ...contains.map((text) =>
      check(`body contains ${JSON.stringify(text)}`, answer.body.includes(fill(text, values)), 'a body without it'),
    ),
  ]
}

function checkJson(rule: JsonRule, document: { readonly value: unknown } | undefined, values: Values): Check {
  const what = `json ${rule.pointer === '' ? 'document' : rule.pointer} ${wanted(rule)}`
  if (document === undefined) return check(what, false, 'a body that is no JSON')
  const found = valueAtPointer(document.value, rule.pointer)
  return check(what, holds(rule, found, values), found === undefined ? 'nothing' : shown(rule, found))
}

function wanted(rule: JsonRule): string {
  if ('equals' in rule) return `equals ${JSON.stringify(rule.equals)}`
  return 'matches' in rule ? `matches ${rule.matches}` : rule.exists ? 'exists' : 'does not exist'
}

function holds(rule: JsonRule, found: unknown, values: Values): boolean {
  if ('exists' in rule) return (found !== undefined) === rule.exists
  if ('equals' in rule) return found === (typeof rule.equals === 'string' ? fill(rule.equals, values) : rule.equals)
  return typeof found === 'string' && found.length <= LONGEST_MATCHED && new RegExp(rule.matches, 'u').test(found)
}

/** A number or a word such as `pending` helps; anything longer may be a token, and only its kind is told. */
function shown(rule: JsonRule, found: unknown): string {
  const isWord = typeof found === 'string' && /^[a-z][a-z _-]{0,23}$/i.test(found)
  if ('equals' in rule && (isWord || typeof found === 'number' || typeof found === 'boolean'))
    return JSON.stringify(found)
  if (found === null) return 'null'
  return Array.isArray(found) ? 'a list' : typeof found === 'object' ? 'an object' : `another ${typeof found}`
}

function check(what: string, ok: boolean, got: string): Check {
  return ok ? { what, ok } : { what, ok, got }
}

/** What later requests use of an answer: values by name, and the names of those that are not there. */
export function captureFrom(captures: readonly Capture[], answer: ProbeAnswer) {
  const document = captures.some((each) => 'pointer' in each) ? parseJson(answer.body) : undefined
  const found = new Map<string, string>()
  const missing: string[] = []
  for (const capture of captures) {
    const value =
      'header' in capture ? answer.headers[capture.header] : valueAtPointer(document?.value, capture.pointer)
    if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') {
      found.set(capture.name, String(value))
    } else missing.push(capture.name)
  }
  return { found, missing }
}

function parseJson(body: string): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(body) }
  } catch {
    return undefined
  }
}

import { hintFor } from '@tabiji/core/incident'
import type { Problem } from '@tabiji/core/problem'
import express, { type RequestHandler } from 'express'
import type { z } from 'zod'
import { refuse } from './answer.ts'

/** Everything that people write fits: the longest reason and fifty names. */
const MAX_BODY_BYTES = 64 * 1024

/**
 * Reads JSON bodies into `request.body`. Any other media type is refused, also on a request without a body: a page of
 * another origin may send forms and plain text to a loopback address without asking, but not JSON.
 */
export function jsonBody(): readonly RequestHandler[] {
  const onlyJson: RequestHandler = (request, response, next) => {
    if (request.is('application/json') === 'application/json') return next()
    const message = 'Expected the header `Content-Type: application/json`'
    refuse(response, 415, { code: 'REQUEST_MEDIA_TYPE', message, hint: 'send `{}` where there is nothing to say' })
  }
  return [onlyJson, express.json({ limit: MAX_BODY_BYTES, inflate: false })]
}

export type Read<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly problems: readonly Problem[] }

/** Reads a body or a query by its schema, which is strict: an unknown key is a mistake that nobody would see otherwise. */
export function readRequest<Schema extends z.ZodObject>(input: unknown, schema: Schema): Read<z.output<Schema>> {
  const parsed = schema.safeParse(input, { reportInput: true })
  if (parsed.success) return { ok: true, value: parsed.data }
  const keys = Object.keys(schema.shape)
  return { ok: false, problems: parsed.error.issues.flatMap((issue) => problemsOf(issue, keys)) }
}

type Issue = z.core.$ZodIssue

function problemsOf(issue: Issue, keys: readonly string[]): readonly Problem[] {
  if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => unknownKey(key, keys))
  const path = issue.path.map((part) => (typeof part === 'symbol' ? String(part) : part))
  const name = path.length === 0 ? 'the request' : `\`${path.join('.')}\``
  const message = `Expected ${name} to be ${expectedBy(issue)}, got ${shown(issue.input)}`
  const hint = issue.code === 'invalid_value' ? nearest(issue) : undefined
  return [{ code: 'REQUEST_VALUE', severity: 'error', message, path, ...(hint !== undefined && { hint }) }]
}

function unknownKey(key: string, keys: readonly string[]): Problem {
  const hint = hintFor(key.slice(0, 40), keys) ?? `known: ${keys.join(', ')}`
  return { code: 'REQUEST_UNKNOWN_KEY', severity: 'error', message: `Unknown key ${shown(key)}`, hint, path: [key] }
}

function expectedBy(issue: Issue): string {
  switch (issue.code) {
    case 'invalid_type':
      return issue.expected === 'array' || issue.expected === 'object' ? `an ${issue.expected}` : `a ${issue.expected}`
    case 'invalid_value':
      return `one of ${issue.values.map(String).join(', ')}`
    case 'too_big':
      return `at most ${issue.maximum} ${issue.origin === 'array' ? 'entries' : 'characters'} long`
    case 'too_small':
      return `at least ${issue.minimum} ${issue.origin === 'array' ? 'entries' : 'characters'} long`
    default:
      return `valid (${issue.message})`
  }
}

function nearest({ input, values }: z.core.$ZodIssueInvalidValue): string | undefined {
  return typeof input === 'string' ? hintFor(input.slice(0, 40), values.map(String)) : undefined
}

/** The value that was found, cut where nobody would read on. */
function shown(input: unknown): string {
  if (input === undefined) return 'nothing'
  const text = JSON.stringify(input)
  return text.length <= 60 ? text : `${text.slice(0, 60)}…`
}

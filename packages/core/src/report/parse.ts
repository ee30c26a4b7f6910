import type { z } from 'zod'
import { spendingOf } from '../budget/index.ts'
import type { Problem } from '../problem/index.ts'
import { isMet } from './judge.ts'
import type { MonthFacts, ObjectiveMonth } from './month-facts.ts'
import { monthFactsSchema } from './schema.ts'

type Path = readonly (string | number)[]

/**
 * Reads month facts that come from outside the process, such as a file or an answer over HTTP.
 *
 * @param value what `JSON.parse` returned
 * @returns the facts, or everything that is wrong with them: the shape first, then sums that do not add up
 */
export function parseMonthFacts(
  value: unknown,
): { readonly ok: true; readonly facts: MonthFacts } | { readonly ok: false; readonly problems: readonly Problem[] } {
  const parsed = monthFactsSchema.safeParse(value)
  if (!parsed.success) return { ok: false, problems: parsed.error.issues.map((issue) => shapeProblem(issue, value)) }
  const problems = [...sumProblems(parsed.data), ...flowProblems(parsed.data)]
  return problems.length > 0 ? { ok: false, problems } : { ok: true, facts: parsed.data }
}

function shapeProblem(issue: z.core.$ZodIssue, root: unknown): Problem {
  const path = issue.path.map((key) => (typeof key === 'symbol' ? String(key) : key))
  const found = path.reduce<unknown>((value, key) => (value as Record<string | number, unknown> | null)?.[key], root)
  return problem('FACTS_SHAPE', path, expectation(issue), found)
}

function expectation(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return `of type ${issue.expected}`
    case 'invalid_value':
      return issue.values.map((value) => JSON.stringify(value)).join(' or ')
    case 'too_small':
      return `at least ${issue.minimum}`
    case 'too_big':
      return `at most ${issue.maximum}`
    default:
      return issue.message
  }
}

/** Every figure of an objective follows from its parts, so a file in which it does not was edited or cut. */
function sumProblems(facts: MonthFacts): Problem[] {
  return facts.journeys.flatMap((journey, j) =>
    journey.objectives.flatMap((objective, o) => objectiveProblems(objective, ['journeys', j, 'objectives', o])),
  )
}

function objectiveProblems(objective: ObjectiveMonth, path: Path): Problem[] {
  const problems: Problem[] = []
  const expect = (field: 'bad' | 'valid' | 'allowedMillionths' | 'leftPpm' | 'met', value: unknown) => {
    if (objective[field] === value) return
    problems.push(
      problem('FACTS_SUM', [...path, field], `${show(value)}, which follows from \`parts\``, objective[field]),
    )
  }
  const spending = spendingOf(objective.parts)
  expect('bad', spending.bad)
  expect('valid', spending.valid)
  expect('allowedMillionths', spending.allowedMillionths)
  expect('leftPpm', spending.leftPpm)
  expect('met', objective.state === 'unjudged' ? undefined : isMet(spending))
  for (const [i, { bad, valid }] of objective.parts.entries()) {
    if (bad > valid)
      problems.push(problem('FACTS_SUM', [...path, 'parts', i, 'bad'], `at most \`valid\` (${valid})`, bad))
  }
  return problems
}

function flowProblems({ fixes: { flow, open } }: MonthFacts): Problem[] {
  const { openAtStart, created, returned, done, dropped, openAtEnd } = flow
  const end = openAtStart + created + returned - done - dropped
  const path = ['fixes', 'flow', 'openAtEnd']
  const problems: Problem[] = []
  if (openAtEnd !== end) {
    problems.push(problem('FACTS_SUM', path, `${end}: open at start + new + returned − done − dropped`, openAtEnd))
  }
  if (openAtEnd !== open.length) {
    problems.push(problem('FACTS_SUM', path, `${open.length}, the number of open fixes listed`, openAtEnd))
  }
  return problems
}

function problem(code: string, path: Path, expected: string, found: unknown): Problem {
  const message = `Expected ${named(path)} to be ${expected}, got ${show(found)}`
  return { code, severity: 'error', message, path }
}

function named(path: Path): string {
  if (path.length === 0) return 'the document'
  const steps = path.map((key) => (typeof key === 'number' ? `[${key}]` : `.${key}`))
  return `\`${steps.join('').replace(/^\./, '')}\``
}

/** The value in few characters; a whole list or object would only hide what is wrong. */
function show(value: unknown): string {
  if (value === undefined) return 'nothing'
  if (Array.isArray(value)) return 'a list'
  if (typeof value === 'object' && value !== null) return 'an object'
  const json = JSON.stringify(value)
  return json.length > 60 ? `${json.slice(0, 60)}…` : json
}

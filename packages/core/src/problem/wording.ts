import { distance } from 'fastest-levenshtein'
import type { Path, Problem } from './problem.ts'

/** What a problem may say beyond its message. */
export type Remarks = Partial<Pick<Problem, 'severity' | 'hint' | 'part' | 'offset'>>

/** The house's sentence about a value: "Expected `path` to be …, got …". An error, unless the remarks say otherwise. */
export function expected(code: string, path: Path, what: string, found: unknown, remarks: Remarks = {}): Problem {
  return problem(code, path, `Expected ${named(path)} to be ${what}, got ${show(found)}`, remarks)
}

/** A problem in other words than "expected". */
export function problem(code: string, path: Path, message: string, remarks: Remarks = {}): Problem {
  return { code, severity: 'error', message, path, ...remarks }
}

/** The problem with a name that refers to nothing, with the nearest of the known ones. */
export function unknownName(code: string, path: Path, kind: string, name: string, known: readonly string[]): Problem {
  const hint = hintFor(name, known, 12)
  return expected(code, path, kind, name, hint === undefined ? {} : { hint })
}

/** Comparing an endless name with all known ones would take long, and nobody meant one of those. */
export const LONGEST_GUESS = 60

/** The problem with a key that an object does not have, with the nearest of those that it has. */
export function unknownKey(area: string, path: Path, key: string, known: readonly string[]): Problem {
  const hint = hintFor(key.slice(0, LONGEST_GUESS), known, 12)
  return problem(`${area}_UNKNOWN_KEY`, [...path, key], `Unknown key \`${key}\` in ${named(path)}`, {
    part: 'key',
    ...(hint !== undefined && { hint }),
  })
}

/** How a path is written in a message: `` `journeys.measure-feet.steps` ``, or "the document" for its root. */
export function named(path: Path): string {
  if (path.length === 0) return 'the document'
  const keys = path.map((key) => {
    if (typeof key === 'number') return `[${key}]`
    return /^[\w$-]+$/.test(key) ? `.${key}` : `[${JSON.stringify(key)}]`
  })
  return `\`${keys.join('').replace(/^\./, '')}\``
}

/** The value in few characters; a whole list or object would only hide what is wrong. */
export function show(value: unknown): string {
  if (value === undefined || value === null) return 'nothing'
  if (Array.isArray(value)) return 'a list'
  if (typeof value === 'object') return 'an object'
  const text = typeof value === 'string' ? JSON.stringify(value) : String(value)
  return text.length > 60 ? `${text.slice(0, 60)}…` : text
}

/** The name that was most likely meant; nothing when none is near. */
export function nearestOf(name: string, known: readonly string[]): string | undefined {
  const nearness = (one: string) => distance(name.toLowerCase(), one.toLowerCase())
  const [nearest] = known.toSorted((a, b) => nearness(a) - nearness(b))
  // In a short word two letters are most of it.
  const slips = name.length < 4 ? 1 : Math.max(2, Math.floor(name.length / 3))
  return nearest !== undefined && nearness(nearest) <= slips ? nearest : undefined
}

/** "did you mean …?" when one is near, the choices when they are few (`few` at most), nothing otherwise. */
export function hintFor(name: string, known: readonly string[], few = 5): string | undefined {
  const nearest = nearestOf(name, known)
  if (nearest !== undefined) return suggestion(nearest)
  return known.length > 0 && known.length <= few ? `known: ${known.join(', ')}` : undefined
}

/**
 * Whether what is missing at the path was told already, as an unknown key beside it that most likely means it. Two
 * messages about one slip of the pen would be one too many.
 */
export function isToldAsMisspelt(path: Path, problems: readonly Problem[]): boolean {
  const [parent, hint] = [named(path.slice(0, -1)), suggestion(String(path.at(-1)))]
  return problems.some(
    (problem) => problem.part === 'key' && problem.hint === hint && named(problem.path.slice(0, -1)) === parent,
  )
}

/** The problems without those about a key that is missing only because it was misspelt, which is told already. */
export function withoutEchoes(problems: readonly Problem[], root: unknown): readonly Problem[] {
  return problems.filter(
    ({ path, part }) => part === 'key' || valueAt(root, path) !== undefined || !isToldAsMisspelt(path, problems),
  )
}

/** What stands at a path of a document. */
export function valueAt(root: unknown, path: Path): unknown {
  return path.reduce<unknown>((value, key) => (value as Record<string | number, unknown> | null)?.[key], root)
}

const suggestion = (name: string): string => `did you mean "${name}"?`

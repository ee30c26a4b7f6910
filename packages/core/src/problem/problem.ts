/** Where something stands in a document that a person wrote. Lines and columns count from 1. */
export type Place = { readonly file: string; readonly line: number; readonly column: number }

/** Keys from the root of a document to one of its values. */
export type Path = readonly (string | number)[]

/**
 * One thing that is wrong with a document or a request. Problems are collected and returned, never thrown one by one,
 * so that a person mends all of them in one go.
 */
export type Problem = {
  /** Stable and English in every language, such as `JOURNEYS_UNKNOWN_KEY`. */
  readonly code: string
  /** An error stops the document from being loaded; a warning does not. */
  readonly severity: 'error' | 'warning'
  /** What is wrong, with the value that was found: "Expected `target` to be …, got …". */
  readonly message: string
  /** How to mend it. */
  readonly hint?: string
  /** Keys from the root of the document to the value at fault. */
  readonly path: Path
  /** Stated when the last key of the path is at fault, not its value. */
  readonly part?: 'key'
  /** Characters of the text at fault that are well. */
  readonly offset?: number
  readonly at?: Place
}

/** Finds the place of a path's value, or of its last key, in the text that a document was read from. */
export type Locate = (path: Path, part?: 'key', offset?: number) => Place

/** @returns whether any of the problems forbids loading the document. */
export function hasErrors(problems: readonly Problem[]): boolean {
  return problems.some((problem) => problem.severity === 'error')
}

/** The problems with their places, in the order in which a person meets them when reading the text. */
export function locateProblems(problems: readonly Problem[], locate: Locate): readonly Problem[] {
  return problems
    .map((problem) => ({ ...problem, at: problem.at ?? locate(problem.path, problem.part, problem.offset) }))
    .toSorted((a, b) => a.at.line - b.at.line || a.at.column - b.at.column)
}

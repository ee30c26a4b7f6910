/** Where something stands in a document that a person wrote. Lines and columns count from 1. */
export type Place = { readonly file: string; readonly line: number; readonly column: number }

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
  readonly path: readonly (string | number)[]
  readonly at?: Place
}

/** @returns whether any of the problems forbids loading the document. */
export function hasErrors(problems: readonly Problem[]): boolean {
  return problems.some((problem) => problem.severity === 'error')
}

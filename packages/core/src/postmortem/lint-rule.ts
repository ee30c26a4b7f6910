/** A wording to look for, and what to write instead. `pattern` is global. */
export type LintRule = { readonly id: string; readonly pattern: RegExp; readonly instead: string }

import type { Path } from '../problem/index.ts'

/** A figure that is not what the others say it must be. */
export type Mistake = { readonly path: Path; readonly expected: string; readonly found: unknown }

/** The mistake of a figure that should be another one; none when it is right. @param source what it follows from */
export function differing(path: Path, expected: unknown, found: unknown, source: string): Mistake[] {
  if (found === expected) return []
  const written = expected === undefined ? 'nothing' : JSON.stringify(expected)
  return [{ path, expected: `${written}, which follows from \`${source}\``, found }]
}

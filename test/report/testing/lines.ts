import { readFileSync } from 'node:fs'

/** What a line of the history file says, as far as the year is counted again. */
export type ReadingLine = {
  readonly kind: 'reading'
  readonly at: string
  readonly service: string
  readonly steps: readonly { readonly journey: string; readonly counts: readonly number[] }[]
}

export type WorkLine = {
  readonly kind: 'incident' | 'fix'
  readonly key: string
  readonly at: string
  readonly command: { readonly type: string } & Readonly<Record<string, string | number | boolean | undefined>>
}

export type Line = ReadingLine | WorkLine

export function linesIn(file: string): readonly Line[] {
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((text) => text !== '')
    .map((text) => JSON.parse(text) as Line)
}

/** The lines of each key, as they were recorded. */
export function byKey(lines: readonly Line[], kind: WorkLine['kind']): ReadonlyMap<string, readonly WorkLine[]> {
  const found = new Map<string, WorkLine[]>()
  for (const line of lines) {
    if (line.kind !== kind) continue
    const told = line as WorkLine
    found.set(told.key, [...(found.get(told.key) ?? []), told])
  }
  return found
}

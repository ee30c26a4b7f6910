import { expect, test } from 'vitest'
import { lint, type Violation } from './plant.ts'

export const RULE = 'style/noRestrictedImports'

/** Files whose lines are one import each, with the verdict that the law has for each. */
type Files = Readonly<Record<string, readonly (readonly [specifier: string, allowed: boolean])[]>>

/** Plants the files and compares what the linter says about each line with the verdict. */
export function judge(files: Files): void {
  const sources = Object.entries(files).map(([path, lines]) => [path, lines.map(([to]) => `import '${to}'`).join('\n')])
  const broken = lint(Object.fromEntries(sources))
  test.each(Object.entries(files))('%s', (path, lines) => {
    const verdicts = lines.map(([to], i) => [to, !isBroken(broken, path, i + 1)])
    expect(verdicts).toEqual(lines)
  })
}

function isBroken(broken: readonly Violation[], path: string, line: number): boolean {
  return broken.some((each) => each.path === path && each.line === line && each.rule === RULE)
}

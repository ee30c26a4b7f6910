import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { inFolderWith, lint } from './testing/plant.ts'
import { ROOT } from './testing/repository.ts'

const CLOCKS = {
  'Date.now': 'export const at = Date.now()',
  'new Date': 'export const at = new Date()',
  'a Date taken apart': 'export const { now } = Date',
  'the global object': 'export const at = globalThis.Date.now()',
  Temporal: `import { Temporal } from 'temporal-polyfill'\nexport const at = Temporal.Now.instant()`,
  'Temporal taken apart': `import { Temporal } from 'temporal-polyfill'\nexport const { Now } = Temporal`,
  performance: 'export const at = performance.now()',
  chance: 'export const at = Math.random()',
}

test.each(Object.entries(CLOCKS))('core has no clock and no chance: %s', (_name, source) => {
  const rules = lint({ 'packages/core/src/time/planted.ts': source }).map(({ rule }) => rule)
  expect(rules).toContainEqual(expect.stringMatching(/noRestrictedGlobals|noJsRestrictedProperties/))
})

test('core works out days and zones from an instant that it is given', () => {
  const source = `import { Temporal } from 'temporal-polyfill'
export const dayOf = (at: number, zone: string): number =>
  Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone).day`
  expect(lint({ 'packages/core/src/time/planted.ts': source })).toEqual([])
})

test('only core/time knows the library of days and zones', () => {
  const source = `import type { Temporal } from 'temporal-polyfill'\nexport type At = Temporal.Instant`
  expect(lint({ 'packages/core/src/report/planted.ts': source })).toMatchObject([{ rule: 'style/noRestrictedImports' }])
})

test('a test of core may write an instant as text, but not ask for the present one', () => {
  const broken = lint({
    'packages/core/src/time/planted.test.ts': `export const a = Date.parse('2026-10-01T00:00Z')
export const b = Date.now()`,
  })
  expect(broken).toMatchObject([{ line: 2, rule: 'nursery/noJsRestrictedProperties' }])
})

test('nothing of the machine type-checks in core', () => {
  const words = ['process', 'fetch', 'console', 'setTimeout', 'performance', 'Buffer', 'document', 'URL']
  const modules = ['node:fs', 'fs', 'node:process', 'node:crypto']
  const plants = {
    ...Object.fromEntries(words.map((word) => [`${word}.ts`, `export const planted = ${word}\n`])),
    ...Object.fromEntries(modules.map((name, i) => [`module-${i}.ts`, `export * from '${name}'\n`])),
    'allowed.ts': 'export const planted = new Map([[1n, Math.max(1, 2)]])\n',
  }
  expect(filesWithTypeErrors(plants)).toEqual(
    Object.keys(plants)
      .filter((path) => path !== 'allowed.ts')
      .sort(),
  )
})

/**
 * Type-checks the plants as part of core, all of whose code is in the program: a dependency whose declarations pull in
 * Node's types would make the plants pass. @returns the plants that do not compile.
 */
function filesWithTypeErrors(plants: Readonly<Record<string, string>>): readonly string[] {
  const core = join(ROOT, 'packages/core')
  const configuration = {
    extends: join(core, 'tsconfig.json'),
    compilerOptions: { rootDir: '/', composite: false, declarationMap: false, noEmit: true },
    include: [join(core, 'src'), './*.ts'],
    exclude: [join(core, 'src/**/*.test.ts'), join(core, 'src/**/testing/**')],
  }
  const files = { ...plants, 'package.json': '{ "type": "module" }', 'tsconfig.json': JSON.stringify(configuration) }
  return inFolderWith(files, (folder) => {
    const tsc = join(ROOT, 'node_modules/typescript/bin/tsc')
    const { stdout } = spawnSync(process.execPath, [tsc, '-p', folder, '--pretty', 'false'], {
      cwd: folder,
      encoding: 'utf8',
    })
    const broken = stdout.split('\n').flatMap((line) => /^(.+?)\(\d+,\d+\): error TS/.exec(line)?.[1] ?? [])
    return [...new Set(broken)].sort()
  })
}

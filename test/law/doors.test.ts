import { describe, expect, test } from 'vitest'
import { projectFiles, read } from './testing/repository.ts'

type Manifest = {
  readonly exports: Readonly<Record<string, unknown>>
  readonly dependencies?: Readonly<Record<string, string>>
  readonly peerDependencies?: Readonly<Record<string, string>>
  readonly peerDependenciesMeta?: Readonly<Record<string, { readonly optional?: boolean }>>
}

const manifest = JSON.parse(read('packages/sdk/package.json')) as Manifest
const doors = Object.keys(manifest.exports).map((door) => [door, door === '.' ? 'index' : door.slice(2)] as const)

/**
 * Node answers `import` and `require()` with the same file where it can (docs/adr/0022), so that a process has one state;
 * the order of the conditions is the order in which they are tried.
 */
const formOf = (name: string) => ({
  'module-sync': { types: `./lib/${name}.d.ts`, default: `./lib/${name}.js` },
  require: { types: `./lib/${name}.d.cts`, default: `./lib/${name}.cjs` },
  default: { types: `./lib/${name}.d.ts`, default: `./lib/${name}.js` },
})

describe('every door of the SDK serves ES modules and CommonJS', () => {
  test.each(doors)('%s', (door, name) => {
    expect(JSON.stringify(manifest.exports[door], null, 2)).toBe(JSON.stringify(formOf(name), null, 2))
    expect(projectFiles()).toContain(`packages/sdk/src/${name}.ts`)
  })
})

test('a service that installs the SDK installs nothing else', () => {
  expect(manifest.dependencies ?? {}).toEqual({})
  const optional = Object.entries(manifest.peerDependenciesMeta ?? {}).filter(([, meta]) => meta.optional === true)
  expect(optional.map(([name]) => name).sort()).toEqual(Object.keys(manifest.peerDependencies ?? {}).sort())
})

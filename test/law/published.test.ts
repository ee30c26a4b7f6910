import { spawnSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { isBuiltin } from 'node:module'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { inFolderWith } from './testing/plant.ts'
import { ROOT, read } from './testing/repository.ts'

const SOUND = {
  name: '@tabiji/sdk',
  version: '1.0.0',
  type: 'module',
  license: 'Apache-2.0',
  sideEffects: false,
  engines: { node: '>=20.19' },
  main: './lib/index.cjs',
  types: './lib/index.d.cts',
  files: ['lib'],
  exports: {
    '.': {
      require: { types: './lib/index.d.cts', default: './lib/index.cjs' },
      default: { types: './lib/index.d.ts', default: './lib/index.js' },
    },
  },
}
const FILES = {
  'lib/index.cjs': 'exports.answer = 42',
  'lib/index.js': 'export const answer = 42',
  'lib/index.d.cts': 'export declare const answer: number',
  'lib/index.d.ts': 'export declare const answer: number',
}
const esModulesOnly = { '.': { types: './lib/index.d.ts', default: './lib/index.js' } }

/** A package in `packages/` under its name; an absent text is a file that was forgotten. */
function plantsOf(name: string, changes: object, files: Readonly<Record<string, string | undefined>>) {
  const manifest = JSON.stringify({ ...SOUND, name, ...changes })
  const given = Object.entries({ ...files, 'package.json': manifest })
  return Object.fromEntries(
    given.flatMap(([path, text]) => (text === undefined ? [] : [[`packages/${name}/${path}`, text]])),
  )
}

test('packages are judged as their users get them, and the SDK for all of its users', () => {
  const plants = {
    ...plantsOf('sound', {}, FILES),
    ...plantsOf('forgotten', {}, { ...FILES, 'lib/index.js': undefined }),
    ...plantsOf('untrue', { exports: { '.': { types: './lib/index.d.ts', default: './lib/index.cjs' } } }, FILES),
    ...plantsOf('command', { exports: esModulesOnly }, FILES),
    ...plantsOf('sdk', { name: '@tabiji/sdk', exports: esModulesOnly }, FILES),
  }
  inFolderWith(plants, (folder) => {
    const told = faultsOfPackages(join(folder, 'packages')).split('\n')
    const about = (name: string) => told.filter((line) => line.startsWith(`${name}: `))
    expect(about('forgotten').join()).toContain('lib/index.js')
    expect(about('untrue')).toContain('untrue: FalseESM')
    expect(about('@tabiji/sdk')).toEqual(['@tabiji/sdk: CJSResolvesToESM . node16-cjs'])
    expect([...about('sound'), ...about('command')]).toEqual([])
  })
})

const COMMAND = 'packages/collector'

/** What the command runs, as it was bundled by `scripts/bundle-collector.mjs`. */
function bundled(): readonly string[] {
  const files = readdirSync(join(ROOT, COMMAND, 'lib'), { recursive: true, encoding: 'utf8' })
  return files.filter((file) => file.endsWith('.js')).map((file) => read(join(COMMAND, 'lib', file)))
}

test('the command looks for nothing outside but what its manifest names', () => {
  const { dependencies } = JSON.parse(read(`${COMMAND}/package.json`)) as { dependencies: object }
  const asked = bundled().flatMap((text) =>
    [...text.matchAll(/^(?:import|export)\b[^;]*?"([^"]+)";$|\b(?:import|require)\("([^"]+)"\)/gm)].map(
      ([, said, called]) => said ?? called ?? '',
    ),
  )
  const outside = asked.filter((name) => !name.startsWith('.') && !isBuiltin(name))
  expect(outside).toContain('better-sqlite3')
  expect([...new Set(outside)].filter((name) => !Object.hasOwn(dependencies, packageOf(name)))).toEqual([])
})

const packageOf = (name: string) => /^(?:@[^/]+\/)?[^/]+/.exec(name)?.[0] ?? name

test('the text of the command needs one byte for each character, and has no comments', () => {
  const texts = bundled()
  expect(texts.length).toBeGreaterThan(100)
  expect(texts.filter((text) => /[\x80-\uffff]/.test(text))).toEqual([])
  expect(texts.filter((text) => /^\s*\/\*\*/m.test(text))).toEqual([])
})

function faultsOfPackages(folder: string): string {
  const script = JSON.stringify(join(ROOT, 'scripts/published.mjs'))
  const code = `import { faultsOfPackages } from ${script}\nconsole.log(await faultsOfPackages(${JSON.stringify(folder)}))`
  const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '--eval', code], { encoding: 'utf8' })
  expect(stderr).toBe('')
  return stdout.trim()
}

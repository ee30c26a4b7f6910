import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { NODES, nodeProgram } from './testing/nodes.ts'
import { lend, type Project, projectWithSdk, ROOT, run } from './testing/project.ts'

type Manifest = {
  readonly exports: Readonly<Record<string, unknown>>
  readonly dependencies?: object
  readonly peerDependencies: object
}
const manifest = JSON.parse(readFileSync(join(ROOT, 'packages/sdk/package.json'), 'utf8')) as Manifest
const doors = Object.keys(manifest.exports).map((door) => `@tabiji/sdk${door.slice(1)}`)

/** Whose code is built in. Another one here is a decision: it runs in every service. */
const BUILT_IN = ['@noble/hashes', 'fastest-levenshtein']

let project: Project
beforeAll(() => {
  project = projectWithSdk()
})
afterAll(() => project.remove())

const installed = (...path: readonly string[]) => join(project.folder, 'node_modules/@tabiji/sdk', ...path)

test('installing it brings one package', () => {
  const packages = readdirSync(join(project.folder, 'node_modules')).filter((name) => !name.startsWith('.'))
  expect(packages).toEqual(['@tabiji'])
  expect(readdirSync(join(project.folder, 'node_modules/@tabiji'))).toEqual(['sdk'])
})

test('it brings its doors, a README, its licence and those of what is built in, and nothing else', () => {
  expect(readdirSync(installed()).sort()).toEqual(['LICENSE', 'README.md', 'lib', 'package.json'])
  const names = readFileSync(installed('lib/licences.txt'), 'utf8').matchAll(/^(\S+) \d+\.\d+\.\d+$/gm)
  expect([...names].map(([, name]) => name)).toEqual(BUILT_IN)
})

test('its code imports Node, itself, and what a service may bring along', () => {
  const files = readdirSync(installed('lib'), { recursive: true, encoding: 'utf8' })
  const code = files.filter((file) => /\.(js|cjs|d\.ts|d\.cts)$/.test(file))
  expect(code.length).toBeGreaterThanOrEqual(4 * doors.length)
  const foreign = code.flatMap((file) =>
    [...readFileSync(installed('lib', file), 'utf8').matchAll(/(?:\bfrom |\bimport[ (]|\brequire\()"([^"]+)"/g)]
      .map(([, specifier = '']) => specifier)
      .filter((specifier) => !/^(node:|\.\.?\/)/.test(specifier))
      .filter(
        (specifier) => !Object.keys(manifest.peerDependencies).some((peer) => `${specifier}/`.startsWith(`${peer}/`)),
      )
      .map((specifier) => `${file}: ${specifier}`),
  )
  expect(foreign).toEqual([])
})

describe.each(NODES)('alone on Node %s', (version) => {
  test('a journeys document that is wrong is refused with everything that is wrong with it', () => {
    project.write(
      'wrong.mjs',
      `import { defineJourneys } from '@tabiji/sdk'
try {
  defineJourneys({ timeZone: 'Mars/Base', journeys: { a: { ownr: 'x', steps: { b: { job: true, within: 'fast' } } } } })
} catch (error) {
  console.log(error.message)
}`,
    )
    expect(run(nodeProgram(version), ['wrong.mjs'], project.folder)).toBe(`The journeys cannot be used:
  Expected \`timeZone\` to be an IANA time zone such as \`Asia/Tokyo\`, got "Mars/Base"
  Unknown key \`ownr\` in \`journeys.a\` (did you mean "owner"?)
  Expected \`journeys.a.steps.b.within\` to be the name of a class, or a duration such as \`2s\`, got "fast"
`)
  })
})

describe.each(NODES)('beside what a service may bring along, on Node %s', (version) => {
  beforeAll(() => {
    project.remove()
    project = projectWithSdk()
    lend(project, ...Object.keys(manifest.peerDependencies))
  })

  test('every door can be required and imported, and shows the same things either way', () => {
    // What `auto` is told; it measures as soon as it is loaded.
    project.write(
      'journeys.json',
      '{"timeZone":"UTC","journeys":{"pay":{"steps":{"settle":{"job":true,"within":"1s"}}}}}',
    )
    project.write(
      'both-ways.mjs',
      `import { createRequire } from 'node:module'
process.env.TABIJI_SERVICE = 'shop'
const require = createRequire(import.meta.url)
for (const door of ${JSON.stringify(doors)}) {
  const imported = await import(door)
  const required = require(door)
  const differing = Object.keys({ ...imported, ...required }).filter((name) => imported[name] !== required[name])
  console.log(door, process.version, differing)
}`,
    )
    // Nothing else is printed: no warning either.
    expect(run(nodeProgram(version), ['both-ways.mjs'], project.folder)).toBe(
      doors.map((door) => `${door} v${version} []\n`).join(''),
    )
  })

  test('the CommonJS form, which older module systems take, measures', () => {
    project.write(
      'old.cjs',
      `const { Registry } = require('prom-client')
const { createRecorder, defineJourneys } = require('./node_modules/@tabiji/sdk/lib/index.cjs')
const journeys = defineJourneys({ timeZone: 'UTC', journeys: { pay: { steps: { settle: { job: true, within: '60s' } } } } })
const registry = new Registry()
const recorder = createRecorder(journeys, { registry, service: 'old' })
recorder.run('pay', 'settle', () => {}).then(() => registry.metrics()).then((text) => {
  console.log(text.split('\\n').find((line) => line.includes('outcome="good"')))
})`,
    )
    expect(run(nodeProgram(version), ['old.cjs'], project.folder)).toBe(
      'journey_step_events_total{journey="pay",step="settle",outcome="good"} 1\n',
    )
  })
})

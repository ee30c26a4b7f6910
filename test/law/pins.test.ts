import { expect, test } from 'vitest'
import { projectFiles, read } from './testing/repository.ts'

/**
 * The last versions that run on Node 20, of packages whose newer ones do not (docs/adr/0002). They are lifted together,
 * on the day the floor moves, and not one by one.
 */
const LAST_FOR_NODE_20: Readonly<Record<string, string>> = {
  '@changesets/cli': '2.31.1',
  '@opentelemetry/core': '2.12.0',
  '@opentelemetry/exporter-metrics-otlp-proto': '0.223.0',
  '@opentelemetry/instrumentation': '0.223.0',
  '@opentelemetry/instrumentation-express': '0.71.1',
  '@opentelemetry/instrumentation-http': '0.223.0',
  '@opentelemetry/resources': '2.12.0',
  '@opentelemetry/sdk-metrics': '2.12.0',
  '@opentelemetry/sdk-node': '0.223.0',
  '@types/node': '20.19.43',
  'better-sqlite3': '12.11.1',
  commander: '14.0.3',
  vitest: '4.1.12',
}

type Manifest = {
  readonly name: string
  readonly private?: boolean
  readonly engines?: { readonly node?: string }
  readonly packageManager?: string
  readonly dependencies?: Readonly<Record<string, string>>
  readonly devDependencies?: Readonly<Record<string, string>>
}

const manifests = projectFiles()
  .filter((file) => /(^|\/)package\.json$/.test(file))
  .map((file) => ({ file, manifest: JSON.parse(read(file)) as Manifest }))

const pins = manifests.flatMap(({ file, manifest }) =>
  Object.entries({ ...manifest.dependencies, ...manifest.devDependencies }).map(([name, version]) => ({
    file,
    name,
    version,
  })),
)

test('there is something to hold the law against', () => {
  expect(pins.length).toBeGreaterThan(20)
})

test('every dependency is pinned to one exact version', () => {
  const loose = pins.filter(
    ({ version }) => version !== 'workspace:*' && !/^(npm:[\w./@-]+@)?\d+\.\d+\.\d+(-[\w.]+)?$/.test(version),
  )
  expect(loose).toEqual([])
})

test('a package has the same version wherever it is used', () => {
  const versions = new Map<string, Set<string>>()
  for (const { name, version } of pins) versions.set(name, (versions.get(name) ?? new Set()).add(version))
  expect([...versions].filter(([, each]) => each.size > 1).map(([name, each]) => [name, ...each])).toEqual([])
})

test('what is needed of our own comes from this workspace', () => {
  const foreign = pins.filter(({ name, version }) => name.startsWith('@tabiji') && version !== 'workspace:*')
  expect(foreign).toEqual([])
})

test.each(Object.entries(LAST_FOR_NODE_20))('%s stays at %s while Node 20 is the floor', (name, version) => {
  const used = pins.filter((pin) => pin.name === name).map((pin) => pin.version)
  expect([...new Set(used)]).toEqual([version])
})

test('pnpm 10 is the last that runs on Node 20', () => {
  const root = manifests.find(({ file }) => file === 'package.json')
  expect(root?.manifest.packageManager).toBe('pnpm@10.34.9')
})

test('every published package states the floor', () => {
  const published = manifests.filter(({ manifest }) => manifest.private !== true)
  expect(published.map(({ manifest }) => [manifest.name, manifest.engines?.node])).toEqual(
    published.map(({ manifest }) => [manifest.name, '>=20.19']),
  )
})

test('every published package carries the licence', () => {
  const published = manifests.filter(({ manifest }) => manifest.private !== true)
  const licences = published.map(({ file }) => read(file.replace('package.json', 'LICENSE')))
  expect(licences).toHaveLength(published.length)
  expect([...new Set(licences)]).toEqual([read('LICENSE')])
})

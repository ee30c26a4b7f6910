import { describe, expect, test } from 'vitest'
import { lint } from './testing/plant.ts'
import { projectFiles, read } from './testing/repository.ts'
import { judge, RULE } from './testing/verdict.ts'

/** The folders of core as they stand: each imports only those to its left. biome.json only carries this out. */
const CORE =
  'problem time journey ledger slo budget alert runbook incident fix postmortem report ruler series probe practice'.split(
    ' ',
  )

/** What each room of the collector may import: rooms, then packages and libraries that not every room may use. */
const COLLECTOR: Readonly<Record<string, string>> = {
  'main.ts': 'cli @tabiji/core/alert',
  'index.ts': 'app config ports @tabiji/core/alert @tabiji/report',
  app: 'config jobs sources store notifiers trackers http telemetry wire ports @tabiji/core/alert @tabiji/report @tabiji/report/print @tabiji/dashboard',
  cli: 'app config ports @tabiji/core/alert @tabiji/report @tabiji/report/cli commander',
  config: '@tabiji/core/alert',
  jobs: 'ports @tabiji/core/alert',
  sources: 'ports wire @tabiji/core/alert',
  store: 'ports wire @tabiji/core/alert better-sqlite3',
  notifiers: 'ports wire @tabiji/core/alert',
  trackers: 'ports wire @tabiji/core/alert',
  http: 'ports wire @tabiji/core/alert @tabiji/report express helmet',
  telemetry: 'ports @tabiji/core/alert',
  wire: '@tabiji/core/alert node:https nodemailer',
  ports: '@tabiji/core/alert',
}
const EVERYTHING = [
  ...Object.keys(COLLECTOR),
  ...[
    '@tabiji/core/alert',
    '@tabiji/report',
    '@tabiji/report/print',
    '@tabiji/report/cli',
    '@tabiji/dashboard',
    '@tabiji/sdk',
    '@tabiji/collector',
    '@tabiji-bench/all',
  ],
  ...['better-sqlite3', 'node:https', 'nodemailer', 'express', 'helmet', 'commander', 'zod'],
]

/** What each room of the SDK may import; files beside the rooms are doors, and the recorder that joins the rooms. */
const SDK: Readonly<Record<string, string>> = {
  event: '',
  context: 'event',
  traffic: 'event',
  http: 'event context traffic',
  expose: 'event',
  process: 'event',
}

const CORE_DOORS = ['@tabiji/core/journey', '@tabiji/core/journey/document', '@tabiji/core/report']
const DOORS = [...CORE_DOORS, '@tabiji/sdk', '@tabiji/report', '@tabiji/dashboard', '@tabiji/collector']
const PACKAGES: Readonly<Record<string, readonly string[]>> = {
  'packages/core/src/report': [],
  'packages/sdk/src': ['@tabiji/core/journey', '@tabiji/core/journey/document'],
  'packages/report/src': CORE_DOORS,
  'packages/dashboard/src': [...CORE_DOORS, '@tabiji/report'],
  'examples/shop/src': DOORS,
  'bench/src': DOORS,
}

describe('the folders of core stand in a row', () => {
  judge(
    Object.fromEntries(
      CORE.map((from, place) => [
        `packages/core/src/${from}/planted.ts`,
        CORE.filter((to) => to !== from).map((to) => [`../${to}/index.ts`, CORE.indexOf(to) < place]),
      ]),
    ),
  )
})

describe('the rooms of the collector know only what they may', () => {
  judge(
    Object.fromEntries(
      Object.entries(COLLECTOR).map(([from, allowed]) => {
        const isFile = from.endsWith('.ts')
        const targets = EVERYTHING.filter((to) => to !== from)
        return [
          `packages/collector/src/${isFile ? from : `${from}/planted.ts`}`,
          targets.map((to) => [specifierOf(to, isFile), to === 'zod' || allowed.split(' ').includes(to)]),
        ]
      }),
    ),
  )
})

describe('config names what the way out takes by its own types, and knows nothing else of it', () => {
  judge({
    'packages/collector/src/config/planted.ts': [
      ['../wire/access.ts', true],
      ['../wire/outgoing.ts', false],
    ],
  })
})

describe('a hook knows the door that it stands at, and no other hook', () => {
  judge({
    'packages/collector/src/http/hooks/planted.ts': [
      ['../hooks.ts', true],
      ['../../ports/work.ts', true],
      ['../../wire/instant.ts', true],
      ['@tabiji/core/alert', true],
      ['./github.ts', false],
      ['../../store/database.ts', false],
      ['../../jobs/work.ts', false],
      ['../../app/app.ts', false],
      ['express', false],
    ],
  })
})

describe('a page knows the door that it stands at, what it shows, and no hook', () => {
  judge({
    'packages/collector/src/http/pages/planted.ts': [
      ['../answer.ts', true],
      ['../api/work-routes.ts', true],
      ['../../ports/work.ts', true],
      ['./around.ts', true],
      ['@tabiji/dashboard', true],
      ['@tabiji/report', true],
      ['express', true],
      ['../hooks/github.ts', false],
      ['../../store/database.ts', false],
      ['../../jobs/work.ts', false],
      ['helmet', false],
    ],
  })
})

describe('what runs in a browser knows nothing of the server', () => {
  judge({
    'packages/dashboard/src/browser/planted.ts': [
      ['./keys.ts', true],
      ['../page/frame.ts', false],
      ['@tabiji/core/report', false],
      ['@tabiji/report', false],
      ['node:fs', false],
    ],
  })
})

describe('the rooms of the SDK know only what they may', () => {
  judge(
    Object.fromEntries(
      Object.entries(SDK).map(([from, allowed]) => [
        `packages/sdk/src/${from}/planted.ts`,
        [
          ...Object.keys(SDK)
            .filter((to) => to !== from)
            .map((to) => [`../${to}/planted.ts`, allowed.split(' ').includes(to)] as const),
          ['../recorder.ts', false],
          ['@tabiji/core/journey', true],
          ['@tabiji/core/ledger', false],
        ],
      ]),
    ),
  )
})

test('only the way out of the collector asks others over HTTP', () => {
  const asking = projectFiles().filter(
    (file) =>
      /^packages\/collector\/src\/.*(?<!\.test)\.ts$/.test(file) &&
      !file.includes('/testing/') &&
      /import [^;]*?\b(request|get|Agent)\b[^;]*? from 'node:https?'/.test(read(file)),
  )
  expect(asking).toEqual(['packages/collector/src/wire/exits.ts'])
})

test('every room has its line in the law', () => {
  const rooms = (source: string) =>
    projectFiles().flatMap((file) => (file.startsWith(source) ? (file.slice(source.length).split('/')[0] ?? []) : []))
  const known = ['testing', ...CORE, ...Object.keys(COLLECTOR), ...Object.keys(SDK)]
  const ofSdk = rooms('packages/sdk/src/').filter((room) => !room.endsWith('.ts'))
  const found = [...rooms('packages/core/src/'), ...rooms('packages/collector/src/'), ...ofSdk]
  expect(found).toContain('ledger')
  expect([...new Set(found)].filter((room) => !known.includes(room))).toEqual([])
})

describe('packages know only those below them', () => {
  judge(
    Object.fromEntries(
      Object.entries(PACKAGES).map(([from, allowed]) => [
        `${from}/planted.ts`,
        [
          ...DOORS.map((door) => [door, allowed.includes(door)] as const),
          ['@tabiji-examples/shop', false],
          ['../../../packages/collector/src/app/app.ts', false],
        ],
      ]),
    ),
  )
})

describe('tests of whole capabilities use doors, and borrow test code', () => {
  judge({
    'test/road/planted.test.ts': [
      ...DOORS.map((door) => [door, true] as const),
      ['../../packages/report/src/testing/facts.ts', true],
      ['../../packages/core/src/ledger/testing/grids.ts', true],
      ['../../packages/collector/src/store/database.ts', false],
    ],
  })
})

describe('tests meet the real parts of other rooms, and only of packages below', () => {
  judge({
    'packages/core/src/time/planted.test.ts': [
      ['../report/index.ts', true],
      ['./testing/clock.ts', true],
      ['@tabiji/report', false],
    ],
    'packages/core/src/time/testing/planted.ts': [['../../report/index.ts', true]],
    'packages/sdk/src/planted.test.ts': [
      ['@tabiji/core/ledger', true],
      ['@tabiji/collector', false],
    ],
    'packages/report/src/words/planted.test.ts': [
      ['../testing/facts.ts', true],
      ['../../../core/src/report/index.ts', false],
    ],
    'packages/collector/src/jobs/planted.test.ts': [
      ['../store/database.ts', true],
      ['better-sqlite3', true],
      ['@tabiji/sdk', false],
    ],
  })
})

test.each([
  ['a value', `import { x } from '../report/index.ts'\nexport const y = x`],
  ['a type', `import type { X } from '../report/index.ts'\nexport type Y = X`],
  ['a side effect', `import '../report/index.ts'`],
  ['a re-export of everything', `export * from '../report/index.ts'`],
  ['a re-export', `export { x } from '../report/index.ts'`],
  ['a call', `export const y = await import('../report/index.ts')`],
  ['a folder', `export { x } from '..'`],
  ['a detour', `export { x } from './../report/index.ts'`],
  ['a longer detour', `export { x } from './deep/../../report/index.ts'`],
  ['a way through an allowed folder', `export { x } from '../problem/../report/index.ts'`],
  ['test code of an allowed folder', `export { x } from '../problem/testing/example.ts'`],
  ['test code of its own', `export { x } from './testing/example.ts'`],
  ['a module of Node', `export { readFileSync } from 'node:fs'`],
])('an import is seen when it is written as %s', (_form, source) => {
  expect(lint({ 'packages/core/src/time/planted.ts': source }).map(({ rule }) => rule)).toContain(RULE)
})

test('a type is not fetched with import() where the import law does not read it', () => {
  const source = `export type Y = import('../report/index.ts').X`
  expect(lint({ 'packages/core/src/time/planted.ts': source }).map(({ rule }) => rule)).toContain('plugin')
})

test('a cycle is refused, also between types', () => {
  const broken = lint({
    'packages/report/src/one.ts': `import { b } from './other.ts'\nexport const a = () => b`,
    'packages/report/src/other.ts': `import { a } from './one.ts'\nexport const b = () => a`,
    'packages/sdk/src/one.ts': `import type { Other } from './other.ts'\nexport type One = Other[]`,
    'packages/sdk/src/other.ts': `import type { One } from './one.ts'\nexport type Other = One | string`,
  })
  expect(broken.filter(({ rule }) => rule === 'suspicious/noImportCycles')).toHaveLength(4)
})

function specifierOf(target: string, fromFile: boolean): string {
  if (!(target in COLLECTOR)) return target
  return `${fromFile ? '.' : '..'}/${target.endsWith('.ts') ? target : `${target}/part.ts`}`
}

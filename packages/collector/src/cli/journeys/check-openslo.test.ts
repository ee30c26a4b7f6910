import { expect, onTestFinished, test } from 'vitest'
import { folderWith, JOURNEYS } from '../../config/testing/folder.ts'
import { runCli } from '../../testing/captured-io.ts'
import { checkCommand } from './check.ts'

const config = (openslo: string) => `journeys: journeys.yaml
store: tabiji.db
openslo: ${openslo}
`

const slo = (service: string, spec: string, target = 'target: 0.99', method = 'Occurrences') => `apiVersion: openslo/v1
kind: SLO
metadata: { name: works }
spec:
  service: ${service}
  indicator:
    metadata: { name: works }
    spec: ${spec}
  timeWindow: [{ duration: 30d, isRolling: true }]
  budgetingMethod: ${method}
  objectives: [{ ${target} }]
`

const raw = (query: string) =>
  `{ ratioMetric: { raw: { metricSource: { type: Prometheus, spec: { query: '${query}' } } }, rawType: success } }`

async function check(files: Readonly<Record<string, string>>, ...words: readonly string[]) {
  const home = process.cwd()
  const folder = folderWith({ 'journeys.yaml': JOURNEYS, ...files })
  onTestFinished(() => process.chdir(home))
  process.chdir(folder)
  const { exit, stdout } = await runCli([checkCommand], ['check', ...words])
  process.chdir(home)
  return { exit, printed: stdout.replaceAll(folder, '.') }
}

const OPENSLO = "{ files: [slo.yaml], engine: 'http://127.0.0.1:9090' }"

test('each SLO says how it is measured, and the one that cannot be where it stands and why', async () => {
  const slices = slo('pay', raw('up'), 'target: 0.9, timeSliceTarget: 0.9, timeSliceWindow: 5m', 'Timeslices')
  const files = {
    'tabiji.yaml': config("{ files: [slo.yaml, more.yaml], engine: 'http://127.0.0.1:9090' }"),
    'slo.yaml': slo('probes', raw('probe_success')),
    'more.yaml': slices,
  }
  const { exit, printed } = await check(files)
  expect(exit).toBe(0)
  expect(printed).toContain('./more.yaml:3:19')
  expect(printed).toContain(
    'works is not measured: its ratio comes without a number of events, so a slice (5m) must be as long',
  )
  expect(printed).toContain(`probes
  works.availability 99 % over 30d
    estimate: each evaluation is one event, good where the share reaches the target
    level 1 rings after`)
  expect((await check(files, '--strict')).exit).toBe(1)
  const { measured } = JSON.parse((await check(files, '--json')).printed) as { measured: unknown[] }
  expect(measured).toEqual([
    {
      slo: 'works',
      journey: 'probes',
      objective: 'works.availability',
      estimate: true,
      how: 'estimate: each evaluation is one event, good where the share reaches the target',
      at: { file: './slo.yaml', line: 3, column: 19 },
    },
    {
      slo: 'works',
      journey: 'pay',
      how: 'not measured: its ratio comes without a number of events, so a slice (5m) must be as long as the interval in which the engine is asked (1m)',
      at: { file: './more.yaml', line: 3, column: 19 },
    },
  ])
})

test.each([
  ['a file that is not there', OPENSLO, {}, 2, './slo.yaml to be a file that can be read (ENOENT)'],
  ['a broken query', OPENSLO, { 'slo.yaml': slo('pay', raw('sum(up')) }, 1, './slo.yaml:8:'],
  ['a name of a journey', OPENSLO, { 'slo.yaml': slo('view-result', raw('up')) }, 1, './slo.yaml:5:12'],
  ['no file at all', "{ files: [], engine: 'http://127.0.0.1:9090' }", {}, 1, 'a list with at least one file'],
  [
    'an engine that is none',
    '{ files: [slo.yaml], engine: prometheus }',
    {},
    1,
    'the name of one of `engines`, or an address',
  ],
  ['an engine that nobody may call', "{ files: [slo.yaml], engine: 'http://169.254.169.254' }", {}, 1, 'link-local'],
  ['an interval beyond an hour', "{ files: [slo.yaml], engine: 'http://a', interval: 2h }", {}, 1, 'at most 1h'],
  ['a file that is named twice', "{ files: [a.yaml, ./a.yaml], engine: 'http://a' }", {}, 1, 'named once only'],
] as const)('%s is a mistake', async (_, openslo, files, exit, told) => {
  const { exit: ended, printed } = await check({ 'tabiji.yaml': config(openslo), ...files })
  expect(printed).toContain(told)
  expect(ended).toBe(exit)
})

test('an engine that has a name is asked as the configuration says, and one that nobody asks is a mistake', async () => {
  const engines = (name: string) => `engines: [{ name: ${name}, url: 'http://127.0.0.1:9090', tenant: pay }]\n`
  const files = { 'slo.yaml': slo('pay', raw('up')) }
  const named = config('{ files: [slo.yaml], engine: mimir }')
  expect((await check({ ...files, 'tabiji.yaml': named + engines('mimir') })).exit).toBe(0)
  const { exit, printed } = await check({ ...files, 'tabiji.yaml': config(OPENSLO) + engines('idle') })
  expect(printed).toContain('services, or `openslo` to ask the engine')
  expect(exit).toBe(1)

  const secret = await check({ ...files, 'tabiji.yaml': config("{ files: [slo.yaml], engine: 'http://a:hunter2@b' }") })
  expect(secret.exit).toBe(1)
  expect(secret.printed).not.toContain('hunter2')
})

import { writeFileSync } from 'node:fs'
import { expect, onTestFinished, test } from 'vitest'
import { readDefinition } from '../../config/definition.ts'
import { folderWith, JOURNEYS } from '../../config/testing/folder.ts'
import { runCli } from '../../testing/captured-io.ts'
import { openSloCommand } from './openslo.ts'

function standIn(files: Readonly<Record<string, string>>): void {
  const home = process.cwd()
  onTestFinished(() => process.chdir(home))
  process.chdir(folderWith(files))
}

const openslo = (...words: readonly string[]) => runCli([openSloCommand], ['openslo', ...words])

const FOREIGN = `apiVersion: openslo/v1
kind: SLO
metadata: { name: search-works }
spec:
  service: search
  indicator:
    metadata: { name: search-works }
    spec: { thresholdMetric: { metricSource: { type: Prometheus, spec: { query: latency } } } }
  timeWindow: [{ duration: 1M, calendar: { startTime: '2026-01-01 00:00:00', timeZone: Asia/Tokyo } }]
  budgetingMethod: TimeSlices
  objectives: [{ op: lte, value: 200, target: 0.99, timeSliceTarget: 0.95, timeSliceWindow: 1 }]
`

test('what is exported is imported as the same definition', async () => {
  standIn({ 'journeys.yaml': JOURNEYS })
  const written = await openslo('export')
  expect([written.exit, written.stderr]).toEqual([0, ''])
  writeFileSync('slo.yaml', written.stdout)
  const back = await openslo('import', 'slo.yaml')
  expect([back.exit, back.stderr]).toEqual([0, ''])
  // The places are those of two different texts.
  const definitions = [JOURNEYS, back.stdout].map((text) => ({
    ...readDefinition(text, 'journeys.yaml'),
    locate: undefined,
  }))
  expect(definitions[1]).toEqual(definitions[0])
  expect((await openslo('convert', 'slo.yaml')).stdout).toBe(written.stdout)
})

test('what does not map onto a journey is told, and the rest is written', async () => {
  standIn({ 'journeys.yaml': JOURNEYS, 'foreign.yaml': FOREIGN })
  writeFileSync('slo.yaml', (await openslo('export')).stdout)
  const { exit, stdout, stderr } = await openslo('import', 'slo.yaml', 'foreign.yaml')
  expect(exit).toBe(0)
  expect(stdout).toContain('view-result:')
  expect(stdout).not.toContain('search')
  expect(stderr.split('\n')).toEqual([
    'warning: foreign.yaml:10:20: `TimeSlices` is taken as Timeslices (write Timeslices)',
    'warning: foreign.yaml:11:93: `1` is taken as minutes (write `1m`)',
    'warning: foreign.yaml:3:19: search-works does not map onto a journey: it is no ratio of events: it could only be asked of an engine',
    '',
  ])
})

test('documents that speak of no journey give none', async () => {
  standIn({ 'foreign.yaml': FOREIGN })
  const { exit, stdout, stderr } = await openslo('import', 'foreign.yaml')
  expect([exit, stdout]).toEqual([1, ''])
  expect(stderr).toContain('error: foreign.yaml:3:19: search-works does not map onto a journey')
})

test('what was forgiven is written strictly', async () => {
  standIn({ 'foreign.yaml': FOREIGN })
  const { exit, stdout } = await openslo('convert', 'foreign.yaml')
  expect(exit).toBe(0)
  expect(stdout).toContain('budgetingMethod: Timeslices\n')
  expect(stdout).toContain('timeSliceWindow: 1m\n')
  writeFileSync('strict.yaml', stdout)
  expect(await openslo('convert', 'strict.yaml')).toEqual({ exit: 0, stdout, stderr: '' })
})

test('mistakes in several files are told together, with line and column', async () => {
  standIn({ 'a.yaml': FOREIGN.replace('0.99', '99'), 'b.yaml': 'apiVersion: openslo/v1\nkind: Slo\n' })
  const { exit, stdout, stderr } = await openslo('convert', 'a.yaml', 'b.yaml', 'c.yaml')
  expect([exit, stdout]).toEqual([2, ''])
  expect(stderr.split('\n')).toEqual([
    'error: a.yaml:11:47: Expected `spec.objectives[0].target` to be a number from 0 and below 1, such as 0.995, got 99',
    'error: b.yaml:2:7: Expected `kind` to be a kind of document, got "Slo"',
    '  fix: did you mean "SLO"?',
    'error: Expected c.yaml to be a file that can be read (ENOENT)',
    '',
  ])
})

test('--json is one document', async () => {
  standIn({ 'journeys.yaml': JOURNEYS, 'foreign.yaml': FOREIGN })
  const exported = JSON.parse((await openslo('export', '--json')).stdout)
  expect(exported).toMatchObject({ documents: [{ kind: 'Service' }, { kind: 'SLO' }, {}, {}], notes: [] })
  expect(JSON.parse((await openslo('convert', 'foreign.yaml', '--json')).stdout)).toMatchObject({
    documents: [{ kind: 'SLO', spec: { timeWindow: [{ isRolling: false }] } }],
    problems: [{ code: 'OPENSLO_FORGIVEN', at: { line: 10 } }, { at: { line: 11 } }],
  })
  writeFileSync('slo.yaml', (await openslo('export')).stdout)
  expect(JSON.parse((await openslo('import', 'slo.yaml', '--json')).stdout)).toMatchObject({
    journeys: {
      timeZone: 'Asia/Tokyo',
      journeys: { 'view-result': { objectives: { availability: { target: 99.9 } } } },
    },
    problems: [],
  })
})

test('files of Sloth and Pyrra become one set of documents', async () => {
  const pyrra = (name: string) => `apiVersion: pyrra.dev/v1alpha1
kind: ServiceLevelObjective
metadata: { name: ${name} }
spec: { target: '99', window: 4w, indicator: { ratio: { errors: { metric: e }, total: { metric: t } } } }
`
  const sloth = `version: prometheus/v1
service: search
slos:
  - { name: works, objective: 99, sli: { raw: { error_ratio_query: 'bad[{{.window}}]' } }, alerting: {} }
`
  standIn({ 'a.yaml': pyrra('a'), 'b.yaml': pyrra('b'), 'sloth.yaml': sloth })
  const { exit, stdout, stderr } = await openslo('convert', 'a.yaml', 'b.yaml', 'sloth.yaml')
  expect(exit).toBe(0)
  expect(stderr).toBe(
    'warning: sloth.yaml:1:10: The window is taken to be 30 days, rolling (Sloth takes it from the command line; change `timeWindow` if it was another)\n',
  )
  const named = [...stdout.matchAll(/^kind: (.*)\nmetadata:\n {2}name: (.*)$/gm)].map(
    ([, kind, name]) => `${kind} ${name}`,
  )
  const targets = ['AlertNotificationTarget page', 'AlertNotificationTarget ticket']
  expect(named).toEqual(['Service a', 'SLO a', ...targets, 'Service b', 'SLO b', 'Service search', 'SLO search-works'])
  writeFileSync('slo.yaml', stdout)
  expect(await openslo('convert', 'slo.yaml')).toEqual({ exit: 0, stdout, stderr: '' })
})

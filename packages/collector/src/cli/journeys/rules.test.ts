import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { readText } from '@tabiji/core/problem/document'
import { expect, onTestFinished, test } from 'vitest'
import { CONFIG, folderWith, JOURNEYS } from '../../config/testing/folder.ts'
import { runCli } from '../../testing/captured-io.ts'
import { rulesCommand } from './rules.ts'

/** Stands in a folder with the files for the length of the test. */
function standIn(files: Readonly<Record<string, string>>): void {
  const home = process.cwd()
  onTestFinished(() => process.chdir(home))
  process.chdir(folderWith(files))
}

const rules = (...words: readonly string[]) => runCli([rulesCommand], ['rules', ...words])

function parse(text: string): unknown {
  const read = readText(text, 'written.yaml')
  return read.ok ? read.value : read.problems
}

test('rules go to standard output, and what they cannot do to the other one', async () => {
  standIn({ 'journeys.yaml': JOURNEYS })
  const { exit, stdout, stderr } = await rules()
  expect(exit).toBe(0)
  expect(parse(stdout)).toMatchObject({
    groups: [{ name: 'tabiji-view-result' }, { name: 'tabiji-view-result-budget' }],
  })
  expect(stdout).toMatch(/^# Written by `tabiji rules` from journeys\.yaml \(definition [0-9a-f]{16}\)/)
  expect(stderr).toContain('note: counts are estimates')
  expect(await rules('--quiet')).toEqual({ exit: 0, stdout, stderr: '' })
})

test('a folder gets rules for each journey, and its tests beside them', async () => {
  standIn({ 'journeys.yaml': JOURNEYS })
  const { stdout } = await rules('journeys.yaml', '--out', 'prometheus/rules')
  expect(stdout.split('\n').slice(0, 2)).toEqual([
    'prometheus/rules/view-result.rules.yaml',
    'prometheus/rules/tests/view-result.5m.test.yaml',
  ])
  expect(readdirSync('prometheus/rules').sort()).toEqual(['tests', 'view-result.rules.yaml'])
  const tests = readFileSync('prometheus/rules/tests/view-result.5m.test.yaml', 'utf8')
  expect(parse(tests)).toMatchObject({ rule_files: ['../view-result.rules.yaml'], evaluation_interval: '100s' })
})

test('what is written again is the same, and the rules of a journey that is gone go too', async () => {
  standIn({ 'journeys.yaml': JOURNEYS, 'rules/own.rules.yaml': 'groups: []\n' })
  await rules('--out', 'rules')
  const before = readFileSync('rules/view-result.rules.yaml', 'utf8')
  await rules('--out', 'rules')
  expect(readFileSync('rules/view-result.rules.yaml', 'utf8')).toBe(before)

  writeFileSync('journeys.yaml', JOURNEYS.replace('view-result:', 'see-result:'))
  const { stdout } = await rules('--out', 'rules')
  expect(stdout).toContain('rules/view-result.rules.yaml removed\n')
  expect(readdirSync('rules').sort()).toEqual(['own.rules.yaml', 'see-result.rules.yaml', 'tests'])
  expect(readdirSync('rules/tests').filter((name) => name.startsWith('view-result'))).toEqual([])
})

test('a file that somebody else wrote is neither replaced nor removed', async () => {
  standIn({ 'journeys.yaml': JOURNEYS, 'rules/view-result.rules.yaml': 'groups: []\n' })
  const { exit, stderr } = await rules('--out', 'rules')
  expect(exit).toBe(1)
  expect(stderr).toContain('Expected rules/view-result.rules.yaml to be a file that this command wrote')
  expect(readFileSync('rules/view-result.rules.yaml', 'utf8')).toBe('groups: []\n')
  expect(existsSync('rules/tests')).toBe(false)
})

test('the configuration names the journeys file; its secrets need not be there', async () => {
  standIn({ 'tabiji.yaml': CONFIG.replace('journeys.yaml', 'etc/j.yaml'), 'etc/j.yaml': JOURNEYS })
  const { exit, stdout } = await rules()
  expect(exit).toBe(0)
  expect(stdout).toContain('from j.yaml (definition')
})

test('--json is one document with rules, tests and notes', async () => {
  standIn({ 'journeys.yaml': JOURNEYS })
  const { stdout } = await rules('--json', '--out', 'rules')
  expect(JSON.parse(stdout)).toMatchObject({
    file: 'journeys.yaml',
    journeys: [
      {
        journey: 'view-result',
        rules: { groups: [{ name: 'tabiji-view-result' }, { name: 'tabiji-view-result-budget', interval: '2m' }] },
        tests: [
          { scale: '5m' },
          { scale: '30m' },
          { scale: '2h' },
          { scale: '6h' },
          { scale: '30d-budget' },
          { scale: '15m-rules' },
          { scale: '1h-absent' },
        ],
        notes: { length: 6 },
      },
    ],
    files: { length: 8 },
    removed: [],
  })
})

test('a journeys file with mistakes gives no rules', async () => {
  standIn({ 'journeys.yaml': JOURNEYS.replace('99.9', '100').replace('Asia/Tokyo', 'Asia/Tokio') })
  const { exit, stdout, stderr } = await rules('--out', 'rules')
  expect([exit, stdout]).toEqual([2, ''])
  expect(stderr).toContain('journeys.yaml:1:11: Expected')
  expect(stderr).toContain('journeys.yaml:8:33: Expected')
  expect(existsSync('rules')).toBe(false)
  expect((await rules('none.yaml')).exit).toBe(2)
})

test('a folder that cannot be written is told as such', async () => {
  standIn({ 'journeys.yaml': JOURNEYS, rules: '' })
  const { exit, stderr } = await rules('--out', 'rules')
  expect(exit).toBe(1)
  expect(stderr).toMatch(/cannot write into rules \((ENOTDIR|EEXIST)\)/)
})

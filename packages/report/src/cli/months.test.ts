import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { MonthFacts } from '@tabiji/core/report'
import { expect, test } from 'vitest'
import { folder, runCommand, serveJson } from '../testing/command.ts'
import { octoberFacts } from '../testing/facts.ts'
import { quietFacts } from '../testing/other-months.ts'

function collector(...months: readonly string[]) {
  return serveJson(
    Object.fromEntries(
      months.map((month) => [
        `/api/v1/months/${month}/facts`,
        month === '2026-10' ? octoberFacts() : quietFacts(month),
      ]),
    ),
  )
}

test('a month is written beside an earlier one of the same collector', async () => {
  const { url } = await collector('2026-09', '2026-10')
  const cwd = folder()
  const args = ['2026-10', '--compare', '2026-09', '--url', url, '--format', 'md', '--lang', 'en,ja']
  const { exit, stderr } = await runCommand(args, { cwd })
  expect([exit, stderr]).toEqual([0, `Reading 2026-10 from ${url}\nReading 2026-09 from ${url}\n`])
  expect(readFileSync(join(cwd, 'report-2026-10.en.md'), 'utf8')).toContain('## Beside September 2026')
  expect(readFileSync(join(cwd, 'report-2026-10.ja.md'), 'utf8')).toContain('## 2026年9月との比較')
})

test('or beside that of a file', async () => {
  const cwd = folder()
  writeFileSync(join(cwd, 'now.json'), JSON.stringify(octoberFacts()))
  writeFileSync(join(cwd, 'then.json'), JSON.stringify(quietFacts('2025-10')))
  const args = ['--facts', 'now.json', '--compare', 'then.json', '--format', 'md', '--lang', 'en', '--out', '-']
  const { exit, stdout } = await runCommand(args, { cwd })
  expect([exit, stdout.includes('## Beside October 2025')]).toEqual([0, true])
})

test('but not beside itself or a later one', async () => {
  const { url } = await collector('2026-10', '2026-11')
  const cwd = folder()
  const { exit, stderr } = await runCommand(['2026-10', '--compare', '2026-11', '--url', url], { cwd })
  expect([exit, readdirSync(cwd)]).toEqual([2, []])
  expect(stderr).toContain('error: expected --compare to be a month before 2026-10, got 2026-11\n  fix: ')
})

test('a quarter is three months of the collector side by side', async () => {
  const { url } = await collector('2026-07', '2026-08', '2026-09')
  const cwd = folder()
  const args = ['2026-Q3', '--url', url, '--format', 'md,html,json,csv', '--json', '--csv-labels', 'ja']
  const { exit, stdout, stderr } = await runCommand(args, { cwd })
  expect(stderr.split('\n').filter((line) => line.startsWith('Reading'))).toHaveLength(3)
  expect(exit).toBe(0)
  expect(JSON.parse(stdout)).toMatchObject({ month: '2026-Q3', complete: true, files: { length: 9 } })
  expect(readFileSync(join(cwd, 'report-2026-Q3.ja.md'), 'utf8')).toContain('# 信頼性の月別推移 2026年第3四半期')
  const months = JSON.parse(readFileSync(join(cwd, 'report-2026-Q3.json'), 'utf8')) as readonly MonthFacts[]
  expect(months.map(({ month }) => month)).toEqual(['2026-07', '2026-08', '2026-09'])
  const rows = readFileSync(join(cwd, 'report-2026-Q3.journeys.csv'), 'utf8').split('\r\n')
  expect(new Set(rows.slice(2, -1).map((row) => row.slice(0, 7)))).toEqual(new Set(['2026-07', '2026-08', '2026-09']))
})

test('of a quarter that has not begun in full nothing is written', async () => {
  const { url } = await collector('2026-10')
  const cwd = folder()
  const { exit, stderr } = await runCommand(['2026-Q4', '--url', url], { cwd })
  expect([exit, readdirSync(cwd)]).toEqual([1, []])
  expect(stderr).toContain(`error: no facts at ${url}/api/v1/months/2026-11/facts (404)`)
})

test.each([
  [['2026-Q3', '--format', 'pdf'], 'A quarter is written as md, html, json or csv'],
  [['2026-Q3', '--facts', 'x.json'], 'A quarter is three months, and --facts is one'],
  [['2026-Q3', '--compare', '2025-10'], 'A quarter already compares its months'],
  [['2026-Q5'], 'Expected MONTH to be a month as YYYY-MM or a quarter as YYYY-Qn, got "2026-Q5"'],
  [['2026-10', '--compare', '-'], 'Expected --compare to be a month or a file, got "-"'],
  [['--facts', 'x.json', '--compare', '2025-10'], 'With --facts, --compare has no collector to ask for a month'],
  [['2026-10', '--link', 'javascript:alert(1)'], 'Expected --link to be an http or https address'],
])('%j is refused', async (args, told) => {
  const { exit, stderr } = await runCommand(args)
  expect([exit, stderr.includes(`error: ${told}`), stderr.includes('  fix: ')]).toEqual([2, true, true])
})

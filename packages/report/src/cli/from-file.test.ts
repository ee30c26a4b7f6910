import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseMonthFacts } from '@tabiji/core/report'
import { expect, test } from 'vitest'
import { renderHtml, renderJson, renderMarkdown, withoutPeople } from '../index.ts'
import { folder, runCommand } from '../testing/command.ts'
import { octoberFacts } from '../testing/facts.ts'

const FILES = [
  'report-2026-10.en.md',
  'report-2026-10.ja.md',
  'report-2026-10.en.html',
  'report-2026-10.ja.html',
  'report-2026-10.json',
]

/** A folder with October's facts in it, with some of them replaced. */
function withFacts(changes: object = {}): string {
  const cwd = folder()
  writeFileSync(join(cwd, 'facts.json'), JSON.stringify({ ...octoberFacts(), ...changes }))
  return cwd
}

function read(...path: readonly string[]): string {
  return readFileSync(join(...path), 'utf8')
}

test('help begins with three examples and says the exit codes', async () => {
  const { stdout, stderr, exit } = await runCommand(['--help'])
  expect([exit, stderr]).toEqual([0, ''])
  expect(stdout.split('\n').slice(0, 4)).toEqual([
    'Examples:',
    expect.stringMatching(/^ {2}tabiji-report {2,}\S/),
    expect.stringMatching(/^ {2}tabiji-report 2026-10 /),
    expect.stringMatching(/^ {2}tabiji-report --facts /),
  ])
  expect(stdout).toContain('Exit codes: 0 written · 1 facts refused or absent')
})

test('a file of facts becomes five files, whose paths are the answer', async () => {
  const cwd = withFacts()
  expect(await runCommand(['--facts', 'facts.json'], { cwd })).toEqual({
    stdout: FILES.map((name) => `${name}\n`).join(''),
    stderr: '',
    exit: 0,
  })
  expect(readdirSync(cwd).sort()).toEqual(['facts.json', ...FILES].sort())
  const parsed = parseMonthFacts(JSON.parse(JSON.stringify(octoberFacts())))
  const facts = parsed.ok ? parsed.facts : octoberFacts()
  expect(read(cwd, 'report-2026-10.en.md')).toBe(renderMarkdown(facts, 'en'))
  expect(read(cwd, 'report-2026-10.ja.html')).toBe(renderHtml(facts, 'ja'))
  expect(read(cwd, 'report-2026-10.json')).toBe(renderJson(withoutPeople(facts)))
})

test('the facts that it writes can be read again, and give the same report', async () => {
  const cwd = withFacts()
  await runCommand(['--facts', 'facts.json', '--out', 'first'], { cwd })
  await runCommand(['--facts', 'first/report-2026-10.json', '--out', 'second'], { cwd })
  for (const name of FILES) expect(read(cwd, 'second', name)).toBe(read(cwd, 'first', name))
})

test('people are named only when asked for, in every file', async () => {
  const cwd = withFacts()
  await runCommand(['--facts', 'facts.json', '--out', 'without'], { cwd })
  await runCommand(['--facts', 'facts.json', '--out', 'with', '--with-people'], { cwd })
  for (const name of FILES) {
    expect(read(cwd, 'without', name)).not.toContain('tanaka')
    expect(read(cwd, 'with', name)).toContain('tanaka')
  }
})

test('one report goes to standard output and no file is written', async () => {
  const cwd = folder()
  const args = ['--facts', '-', '--out', '-', '--format', 'md', '--lang', 'ja']
  const { stdout, exit } = await runCommand(args, { cwd, stdin: `\ufeff${renderJson(octoberFacts())}` })
  expect([exit, stdout]).toEqual([0, renderMarkdown(octoberFacts(), 'ja')])
  expect(readdirSync(cwd)).toEqual([])
})

test('--json prints one document about what was written', async () => {
  const cwd = withFacts()
  const args = ['--facts', 'facts.json', '--json', '--format', 'html,json', '--lang', 'ja', '--out', 'a/b']
  const { stdout } = await runCommand(args, { cwd })
  expect(JSON.parse(stdout)).toEqual({
    month: '2026-10',
    timeZone: 'Asia/Tokyo',
    complete: true,
    sample: false,
    files: [
      {
        path: 'a/b/report-2026-10.ja.html',
        format: 'html',
        language: 'ja',
        bytes: Buffer.byteLength(read(cwd, 'a/b/report-2026-10.ja.html')),
      },
      {
        path: 'a/b/report-2026-10.json',
        format: 'json',
        bytes: Buffer.byteLength(read(cwd, 'a/b/report-2026-10.json')),
      },
    ],
  })
})

test('samples and drafts are warned of, unless it is told to be quiet', async () => {
  const cwd = withFacts({ sample: true, complete: false })
  const args = ['--facts', 'facts.json', '--format', 'json']
  const loud = await runCommand(args, { cwd })
  expect(loud.stderr).toBe(
    'warning: these are sample data; every file says so first\n' +
      'warning: not all of 2026-10 is in the books; the files say "draft"\n',
  )
  expect(await runCommand([...args, '--quiet'], { cwd })).toEqual({ ...loud, stderr: '' })
})

test('all mistakes of a file are told with their paths, and nothing is written', async () => {
  const cwd = withFacts({
    month: '2026-13',
    complete: 'yes',
    alerts: [{ level: 4, fired: 1, resolved: 1, stillOpen: 0 }],
  })
  const { stdout, stderr, exit } = await runCommand(['--facts', 'facts.json'], { cwd })
  expect([stdout, exit]).toEqual(['', 1])
  expect(stderr).toBe(
    [
      'error: Expected `month` to be a month as YYYY-MM, got "2026-13"',
      'error: Expected `complete` to be of type boolean, got "yes"',
      'error: Expected `alerts[0].level` to be 1 or 2 or 3, got 4',
      'error: 3 mistakes in the facts of facts.json; nothing was written',
      '  fix: get the facts from the collector again; figures in them are not meant to be edited\n',
    ].join('\n'),
  )
  expect(readdirSync(cwd)).toEqual(['facts.json'])
})

test('with --json a failure is a document too', async () => {
  const cwd = withFacts({ month: '2026-13' })
  const { stderr, exit } = await runCommand(['--facts', 'facts.json', '--json'], { cwd })
  expect([exit, JSON.parse(stderr)]).toEqual([
    1,
    {
      error: {
        code: 'FACTS_REFUSED',
        message: '1 mistake in the facts of facts.json; nothing was written',
        hint: 'get the facts from the collector again; figures in them are not meant to be edited',
        problems: [{ code: 'FACTS_SHAPE', message: expect.stringContaining('`month`'), path: ['month'] }],
      },
    },
  ])
})

test.each([
  ['nothing.json', '', 'error: cannot read nothing.json (no such file)\n'],
  ['.', '', 'error: cannot read . (it is a folder)\n'],
  ['-', '', 'error: standard input is not JSON\n'],
  ['-', '{"schema": "tabiji', 'error: standard input is not JSON\n'],
])('--facts %s with input %j is unreadable', async (path, stdin, told) => {
  const { stdout, stderr, exit } = await runCommand(['--facts', path], { stdin })
  expect([stdout, exit]).toEqual(['', 2])
  expect(stderr).toContain(told)
  expect(stderr).toContain('\n  fix: ')
})

test('a month that is not in the file is told', async () => {
  const { stderr, exit } = await runCommand(['2026-09', '--facts', 'facts.json'], { cwd: withFacts() })
  expect([exit, stderr]).toEqual([
    2,
    'error: facts.json holds 2026-10, not 2026-09\n  fix: leave MONTH out, or name the file of 2026-09\n',
  ])
})

test('when one file cannot be put into place, no half file and no other name is left behind', async () => {
  const cwd = withFacts()
  mkdirSync(join(cwd, 'report-2026-10.json'))
  const { stdout, stderr, exit } = await runCommand(['--facts', 'facts.json', '--format', 'json'], { cwd })
  expect([stdout, exit]).toEqual(['', 2])
  expect(stderr).toMatch(/^error: cannot write into \. \(.+\)\n {2}fix: /)
  expect(readdirSync(cwd).sort()).toEqual(['facts.json', 'report-2026-10.json'])
})

test('a file in the place of the folder is told', async () => {
  const { stderr, exit } = await runCommand(['--facts', 'facts.json', '--out', 'facts.json'], { cwd: withFacts() })
  expect([exit, stderr.split('\n')[0]]).toEqual([
    2,
    'error: cannot write into facts.json (a file of that name is in the way)',
  ])
})

import { expect, test } from 'vitest'
import { parseCommand } from './command.ts'
import { readRequest } from './request.ts'

function request(...args: string[]): unknown {
  const parsed = parseCommand(args, '0.0.0')
  if (parsed.kind !== 'flags') return parsed.kind === 'wrong' ? parsed.message : parsed.text
  const read = readRequest(parsed.month, parsed.flags)
  return read.ok ? read.value : `${read.failure.message} → ${read.failure.fix}`
}

test('without flags it asks the collector on this machine for everything', () => {
  expect(request()).toEqual({
    source: { kind: 'collector', url: 'http://127.0.0.1:7070', timeoutMs: 30_000 },
    formats: ['md', 'html', 'json'],
    languages: ['en', 'ja'],
    out: '.',
    withPeople: false,
    json: false,
    quiet: false,
  })
})

test('lists are taken in any order and each name once', () => {
  const args = [
    '2026-10',
    '--format',
    'html,md,html',
    '--lang',
    ' ja',
    '--with-people',
    '-q',
    '--url',
    'https://x/base//',
  ]
  expect(request(...args)).toMatchObject({
    month: '2026-10',
    formats: ['md', 'html'],
    languages: ['ja'],
    withPeople: true,
    quiet: true,
    source: { url: 'https://x/base' },
  })
})

test.each([
  [['2026-13'], 'Expected MONTH to be a month as YYYY-MM or a quarter as YYYY-Qn, got "2026-13"'],
  [['October'], 'Expected MONTH to be a month as YYYY-MM or a quarter as YYYY-Qn, got "October"'],
  [['2026-10', '2026-11'], 'too many arguments. Expected 1 argument but got 2.'],
  [['--fromat', 'md'], "unknown option '--fromat'\n(Did you mean --format?)"],
  [['--format', 'docx,md,odt'], 'Expected --format to be a list of md, html, json, csv, pdf, slack, got "docx", "odt"'],
  [['--format', ''], 'Expected --format to be a list of md, html, json, csv, pdf, slack, got ""'],
  [['--lang', 'fr'], 'Expected --lang to be a list of en, ja, got "fr"'],
  [['--out'], "option '--out <folder>' argument missing"],
  [['--out', ''], 'Expected --out to be a folder, got nothing'],
  [['--csv-labels', 'fr'], 'Expected --csv-labels to be one of en, ja, got "fr"'],
  [['--format', 'csv', '--out', '-'], 'Expected one text with --out -, got csv, which is four files'],
  [['--out', '-'], 'Expected one format and one language with --out -, got md, html, json in en, ja'],
  [['--out', '-', '--format', 'md'], 'Expected one format and one language with --out -, got md in en, ja'],
  [['--out', '-', '--format', 'json', '--json'], '--json and --out - both want standard output'],
  [['--facts', ''], 'Expected --facts to be a file, got nothing'],
  [['--timeout', '5'], 'Expected --timeout to be a duration up to 10m, got "5"'],
  [['--timeout', '1h'], 'Expected --timeout to be a duration up to 10m, got "1h"'],
  [['--url', 'localhost:7070'], 'Expected --url to be an http or https address, got "localhost:7070"'],
  [['--url', 'http://x/?a=1'], 'Expected --url to be an http or https address, got "http://x/?a=1"'],
  [['--url', 'file:///etc/passwd'], 'Expected --url to be an http or https address, got "file:///etc/passwd"'],
])('%j is told: %s', (args, message) => {
  expect(request(...args)).toContain(message)
})

test('a password in the address is refused and not repeated', () => {
  expect(request('--url', 'https://me:hunter2@x/')).toBe(
    '--url must not carry a name or password → set TABIJI_TOKEN_FILE or TABIJI_TOKEN instead',
  )
})

test('the facts themselves have no language, so one format is enough for standard output', () => {
  expect(request('--out', '-', '--format', 'json')).toMatchObject({ out: '-', formats: ['json'] })
})

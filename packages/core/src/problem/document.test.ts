import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readJourneys } from '../journey/document.ts'
import { readText, readTexts } from './document.ts'
import type { Problem } from './problem.ts'

/** The long run belongs to `npm run test:full`. */
const RUNS = process.env['TABIJI_FULL'] === '1' ? 1_000_000 : 2_000

const told = ({ code, message, at }: Problem) => `${at?.line}:${at?.column} ${code} ${message}`

function problemsOf(text: string): readonly string[] {
  return readText(text, 'a.yaml').problems.map(told)
}

function read(text: string) {
  const document = readText(text, 'a.yaml')
  if (!document.ok) throw new Error(document.problems.map(told).join('\n'))
  return document
}

test('YAML and JSON give the same plain value', () => {
  const value = { a: 1.5, b: [true, null, 'x'], c: { '404': '10:00' } }
  expect(read('a: 1.5\nb: [true, null, x]\nc: { 404: 10:00 }\n').value).toEqual(value)
  expect(read(JSON.stringify(value)).value).toEqual(value)
  expect(read(JSON.stringify(value, null, '\t')).value).toEqual(value)
})

test.each([
  ['a: "x', ['1:6 DOCUMENT_SYNTAX Expected YAML or JSON: Missing closing "quote']],
  ['a: 1\n\tb: 2', ['2:1 DOCUMENT_SYNTAX Expected YAML or JSON: Tabs are not allowed as indentation']],
  ['a: 1\n---\nb: 2\n', ['2:1 DOCUMENT_SEVERAL Expected one document, got another one after it']],
  ['a: 1\nb:\n  c: 1\n  c: 2\n', ['4:3 DOCUMENT_DUPLICATE_KEY Expected `b.c` to be written once, got it again']],
  ['a: *b\n', ['1:1 DOCUMENT_ALIAS Expected `*b` to name an anchor that is set before it']],
  ['a: &b [1, *b]\n', ['1:11 DOCUMENT_ALIAS Expected `*b` to stand outside of its anchor']],
  ['a: !!binary aGk=', ['1:4 DOCUMENT_TAG Expected no tags, got one: Unresolved tag: tag:yaml.org,2002:binary']],
  ['__proto__: { x: 1 }', ['1:1 DOCUMENT_KEY Expected the keys of the document to be plain words']],
])('%j is told with its place', (text, problems) => {
  expect(problemsOf(text)).toEqual(problems)
})

test('an old version of YAML does not turn words into truth values or merge keys', () => {
  expect(read('%YAML 1.1\n---\na: yes\nb: { <<: 1 }\n').value).toEqual({ a: 'yes', b: { '<<': 1 } })
})

test('a place is the value in one piece, the key of anything larger, and the object that misses a key', () => {
  const { locate } = read('a:\n  - b: 7\n    c:\n      d: x\n    e:\n')
  const place = (path: readonly (string | number)[], part?: 'key') => {
    const { line, column } = locate(path, part)
    return `${line}:${column}`
  }
  expect(place(['a', 0, 'b'])).toBe('2:8')
  expect(place(['a', 0, 'b'], 'key')).toBe('2:5')
  expect(place(['a', 0, 'c'])).toBe('3:5')
  expect(place(['a', 0, 'e'])).toBe('5:5')
  expect(place(['a', 0, 'c', 'missing'])).toBe('3:5')
  expect(place(['a', 0, 'missing'])).toBe('2:5')
  expect(place([])).toBe('1:1')
})

test('a path through an alias leads to what the alias stands for', () => {
  expect(read('a: &x\n  b: 7\nc: *x\n').locate(['c', 'b'])).toEqual({ file: 'a.yaml', line: 2, column: 6 })
})

test('aliases that multiply are cut off', () => {
  const levels = Array.from({ length: 9 }, (_, i) => `a${i + 1}: &a${i + 1} [${Array(9).fill(`*a${i}`).join(', ')}]`)
  expect(problemsOf(`a0: &a0 [x, x, x, x, x, x, x, x, x]\n${levels.join('\n')}\n`)).toEqual([
    expect.stringContaining('DOCUMENT_TOO_LARGE Expected the document to have at most 100 levels, 100 aliases'),
  ])
})

test.each([
  ['brackets', '['.repeat(50_000)],
  ['maps', '{a: '.repeat(50_000)],
  ['lists', '- '.repeat(50_000)],
  ['columns', '- '.repeat(400)],
  ['levels', `${'['.repeat(150)}${']'.repeat(150)}`],
  ['keys', Array.from({ length: 60_000 }, (_, i) => `k${i}: 1`).join('\n')],
  ['characters', 'x'.repeat(1_000_001)],
])('a text with too many %s is read or refused, quickly and without throwing', (_, text) => {
  expect(() => readText(text, 'a.yaml')).not.toThrow()
})

test('what is secret is blanked out, whichever way it is written', () => {
  const text =
    'a: { token: s3cret, b: 1 }\ntoken: |\n  s3cret\n  s3cret\nc: &x s3cret\nd: { token: *x }\ne: { token: "s3cret'
  const shown = readText(text, 'a.yaml').conceal((path) => path.at(-1) === 'token')
  expect(shown).not.toContain('s3cret')
  expect(shown).toMatch(/^a: { token: …, b: 1 }$/m)
  expect(shown.split('\n')).toHaveLength(text.split('\n').length)
})

test('what is secret within a secret, or twice by an alias, hides nothing else', () => {
  const text = 'a: { token: { token: s3cret, x: [s3cret] }, b: 1 }\nc: &x s3cret\nd: { token: *x }\ne: { token: *x }\n'
  const shown = readText(text, 'a.yaml').conceal((path) => path.at(-1) === 'token')
  expect(shown).toBe('a: { token: …, b: 1 }\nc: &x …\nd: { token: … }\ne: { token: … }\n')
})

/** Pieces of documents put together at random reach deeper than random characters do. */
const pieces = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        '\n',
        '  ',
        ': ',
        '- ',
        '{',
        '}',
        '[',
        ']',
        ',',
        '"',
        "'",
        '#',
        '&a ',
        '*a',
        '!!int ',
        '? ',
        '|',
        '---\n',
      ),
      fc.constantFrom(
        'timeZone: UTC\n',
        'journeys:\n',
        '  a:\n',
        '    steps:\n',
        '      b: { job: true, within: 1s }\n',
      ),
      fc.constantFrom(
        '    objectives: ',
        'policy: ',
        'classes: ',
        'http',
        'GET /a',
        '99.5',
        '30d',
        'null',
        '__proto__: ',
      ),
      fc.string({ maxLength: 5 }),
    ),
    { maxLength: 30 },
  )
  .map((parts) => parts.join(''))

test('no text makes the readers throw, and every problem has a place', () => {
  fc.assert(
    fc.property(fc.oneof(pieces, fc.string({ unit: 'binary' }), fc.json()), (text) => {
      const journeys = readJourneys(text, 'a.yaml')
      for (const { at } of journeys.ok ? journeys.warnings : journeys.problems) {
        expect(at?.line).toBeGreaterThan(0)
        expect(at?.column).toBeGreaterThan(0)
      }
    }),
    { numRuns: RUNS },
  )
}, 3_600_000)

test('a text of several documents gives each of them, with places in the whole text', () => {
  const read = readTexts('a: 1\n---\n# nothing\n---\nb: { c: 2 }\n', 'a.yaml')
  if (!read.ok) throw new Error('Expected documents')
  expect(read.documents.map(({ value }) => value)).toEqual([{ a: 1 }, { b: { c: 2 } }])
  expect(read.documents[1]?.locate(['b', 'c'])).toEqual({ file: 'a.yaml', line: 5, column: 9 })
})

test('what is wrong with any of several documents is told at its place', () => {
  const twice = readTexts('a: 1\n---\nb: 1\nb: 2\n', 'a.yaml')
  expect(twice.ok && twice.documents.flatMap(({ problems }) => problems.map(told))).toEqual([
    '4:1 DOCUMENT_DUPLICATE_KEY Expected `b` to be written once, got it again',
  ])
  const broken = readTexts('a: 1\n---\nb: [\n---\nc: !!x 1\n', 'a.yaml')
  expect(broken.ok ? [] : broken.problems.map(({ at }) => at?.line)).toEqual([4, 5])
  expect(readTexts('---\n'.repeat(2_000), 'a.yaml')).toMatchObject({
    ok: false,
    problems: [{ code: 'DOCUMENT_TOO_LARGE' }],
  })
  expect(readTexts('a'.repeat(1_000_001), 'a.yaml').ok).toBe(false)
})

import { expect, test } from 'vitest'
import type { Problem } from './problem.ts'
import { renderProblems } from './render.ts'

const TEXT = 'a:\n  b:\n    c: 1\n    dd: 足 # x\n'

function at(line: number, column: number, remarks: Partial<Problem> = {}): Problem {
  const place = { file: 'a.yaml', line, column }
  return { code: 'TEST', severity: 'error', message: 'Expected `x`', path: [], at: place, ...remarks }
}

test('a problem shows its lines, the mark and how to mend it', () => {
  const problems = [at(4, 5, { hint: 'did you mean "d"?' }), at(1, 1, { severity: 'warning' })]
  expect(renderProblems(problems, { 'a.yaml': TEXT })).toBe(`a.yaml:4:5  error  Expected \`x\`
    2 |   b:
    3 |     c: 1
    4 |     dd: 足 # x
      |     ^^
    fix: did you mean "d"?

a.yaml:1:1  warning  Expected \`x\`
    1 | a:
      | ^

1 error, 1 warning in 1 file. Nothing was loaded.`)
})

test('the mark stands under a character that is two columns wide', () => {
  const wide = (text: string) => text.replace(/[^ -~]/g, 'xx').length
  expect(renderProblems([at(4, 9)], { 'a.yaml': TEXT }, wide).split('\n')[4]).toBe('      |         ^^')
  expect(renderProblems([at(4, 11)], { 'a.yaml': TEXT }, wide).split('\n')[4]).toBe('      |            ^')
})

test('without a text or a place there are no lines', () => {
  const { at: _, ...unplaced } = at(1, 1)
  expect(renderProblems([at(9, 1), unplaced], { 'a.yaml': TEXT })).toBe(
    'a.yaml:9:1  error  Expected `x`\n\nerror  Expected `x`\n\n2 errors in 1 file. Nothing was loaded.',
  )
})

test('nothing in a document steers the terminal', () => {
  const text = 'a: \u001b[2J\u202etxt\n'
  const shown = renderProblems([at(1, 4, { message: 'got \u001b[2J\n' })], { 'a.yaml': text })
  expect(shown).not.toContain('\u001b')
  expect(shown).not.toContain('\u202e')
  expect(shown.split('\n')).toHaveLength(5)
})

test.each([
  [[], 'no problems.'],
  [[at(1, 1, { severity: 'warning' }), at(2, 1, { severity: 'warning' })], '2 warnings in 1 file.'],
])('the last line counts', (problems, line) => {
  expect(renderProblems(problems, {}).split('\n').at(-1)).toBe(line)
})

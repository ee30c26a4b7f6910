import { expect, test } from 'vitest'
import { arithmeticIn } from './testing/arithmetic.ts'
import { projectFiles, read } from './testing/repository.ts'

const SCREENS = 'packages/dashboard/src/screen/'

/** They work out where something stands in a picture, and which stretch of time it shows. */
const DRAWING = ['bar.ts', 'course-axis.ts', 'course-charts.ts', 'course.ts', 'days.ts']

const screens = projectFiles().filter(
  (file) => file.startsWith(SCREENS) && !file.endsWith('.test.ts') && !DRAWING.includes(file.slice(SCREENS.length)),
)

test('no screen works a number out: core and the report say it, so that it is the same wherever it stands', () => {
  expect(screens.length).toBeGreaterThan(30)
  expect(screens.flatMap((file) => arithmeticIn(read(file)).map((text) => `${file}: ${text}`))).toEqual([])
})

test('what draws is drawing: a file that works nothing out is under the law like the others', () => {
  expect(DRAWING.filter((file) => arithmeticIn(read(`${SCREENS}${file}`)).length === 0)).toEqual([])
})

test.each([
  ['a sum', 'export const left = (allowed: number, bad: number) => allowed - bad', 'allowed - bad'],
  ['a share', 'export const share = (a: number, b: number) => [(a * 100) / b]', '(a * 100) / b'],
  ['a rounding', 'export const cut = (ppm: number) => Math.floor(ppm)', 'Math.floor(ppm)'],
  ['a fold', 'export const all = (n: number[]) => n.reduce(add, 0)', 'n.reduce(add, 0)'],
  ['a growing sum', 'export function f(n: number) { let s = 0; s += n; return s }', 's += n'],
  ['a counter', 'export function f(n: number) { n++; return n }', 'n++'],
  ['big numbers', 'export const big = (n: number) => BigInt(n)', 'BigInt(n)'],
  ['a sign', 'export const sign = (o: { n: number }) => -o.n', '-o.n'],
  ['decimals', 'export const shown = (n: number) => n.toFixed(2)', 'n.toFixed(2)'],
])('%s is found', (_name, source, expected) => {
  expect(arithmeticIn(source)).toContain(expected)
})

test('comparing, counting, the next one and cutting lists are no arithmetic', () => {
  const source =
    'export const few = (all: number[]) => all.length > 3 && all.slice(-2).filter((n) => n !== -1).length <= 1 && all[all.length - 1]'
  expect(arithmeticIn(source)).toEqual([])
})

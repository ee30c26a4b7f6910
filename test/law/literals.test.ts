import { expect, test } from 'vitest'
import { projectFiles, read } from './testing/repository.ts'

/** `{ ...{ a, b }, c }`: V8 makes a hidden class for each object that is written so, which costs ten times as much. */
const NESTED = /[{,]\s*\.\.\.\{/g

const nestedIn = (source: string) => [...source.matchAll(NESTED)].length

const product = projectFiles().filter(
  (file) => /^packages\/[a-z]+\/src\/.*\.ts$/.test(file) && !/\.test\.ts$|\/testing\//.test(file),
)

test('no literal is spread into the object that it stands in', () => {
  expect(product.length).toBeGreaterThan(500)
  expect(product.filter((file) => nestedIn(read(file)) > 0)).toEqual([])
})

test.each([
  ['{ ...{ a, b }, c }', 1],
  ['{ c, ...{ a, b } }', 1],
  ['{\n  ...{ a },\n  ...{ b },\n}', 2],
  ['{ a, ...(b && { c }), ...d }', 0],
])('%j is read', (source, count) => expect(nestedIn(source)).toBe(count))

import fc from 'fast-check'
import { expect, expectTypeOf, test } from 'vitest'
import { list, object, optional, record, someOf } from './read-object.ts'
import { as, formOf, numberBy, oneOf, such, textBy, whole } from './read-value.ts'
import { type Read, readSilently, readWhole } from './reader.ts'

const even = numberBy((given) => (given % 2 === 0 ? given / 2 : undefined), 'an even number')
const thing = object({ size: whole(1, 9), colour: optional(oneOf(['red', 'blue'])) })
const reader = object({
  thing: optional(thing),
  either: optional(formOf({ number: as(even, (size) => ({ size })), object: thing }, 'a number or a thing')),
  named: optional(record(even, { form: /^[a-z]+$/, what: 'a name' })),
  short: optional(such(list(textBy((given) => given.length, 'a text')), ({ length }) => length < 3, 'a short list')),
})

function problems(value: unknown) {
  const read = readWhole(reader, value, 'TEST')
  return read.ok ? [] : read.problems.map(({ code, message, hint }) => [code, message, ...(hint ? [hint] : [])])
}

test('what was read is typed by what reads it', () => {
  type Expected = { readonly size: number } & { readonly colour?: 'red' | 'blue' }
  expectTypeOf<Read<typeof thing>>().toEqualTypeOf<Expected>()
  expect(readWhole(reader, { thing: { size: 1 }, either: 6, named: { a: 4 }, short: ['abc'] }, 'TEST')).toEqual({
    ok: true,
    value: { thing: { size: 1 }, either: { size: 3 }, named: { a: 2 }, short: [3] },
  })
})

test.each([
  [{ thing: { size: 10 } }, ['TEST_SHAPE', 'Expected `thing.size` to be at most 9, got 10']],
  [{ thing: { size: 0 } }, ['TEST_SHAPE', 'Expected `thing.size` to be at least 1, got 0']],
  [{ thing: { size: 1.5 } }, ['TEST_SHAPE', 'Expected `thing.size` to be a whole number, got 1.5']],
  [{ thing: { size: Number.NaN } }, ['TEST_SHAPE', 'Expected `thing.size` to be a number, got NaN']],
  [{ thing: {} }, ['TEST_SHAPE', 'Expected `thing.size` to be a number, got nothing']],
  [
    { thing: { size: 1, colour: 'bleu' } },
    ['TEST_SHAPE', 'Expected `thing.colour` to be "red" or "blue", got "bleu"', 'did you mean "blue"?'],
  ],
  [{ named: { 'A b': 2 } }, ['TEST_NAME', 'Expected `named["A b"]` to be a name, got "A b"']],
  [{ named: { a: 3 } }, ['TEST_SHAPE', 'Expected `named.a` to be an even number, got 3']],
  [{ named: [] }, ['TEST_SHAPE', 'Expected `named` to be of type object, got a list']],
  [{ short: ['', '', ''] }, ['TEST_SHAPE', 'Expected `short` to be a short list, got a list']],
  [{ either: 5 }, ['TEST_SHAPE', 'Expected `either` to be an even number, got 5']],
  [{ either: { size: 10 } }, ['TEST_SHAPE', 'Expected `either.size` to be at most 9, got 10']],
  [{ either: true }, ['TEST_SHAPE', 'Expected `either` to be a number or a thing, got true']],
  ['x'.repeat(100), ['TEST_SHAPE', `Expected the document to be of type object, got "${'x'.repeat(59)}…`]],
])('%j is told in the words of the house', (value, problem) => {
  expect(problems(value)).toEqual([problem])
})

test('each unknown key is a problem of its own, with the nearest known one', () => {
  expect(problems({ thing: { size: 1, color: 'red', zzzzzzzz: 1 } })).toEqual([
    ['TEST_UNKNOWN_KEY', 'Unknown key `color` in `thing`', 'did you mean "colour"?'],
    ['TEST_UNKNOWN_KEY', 'Unknown key `zzzzzzzz` in `thing`', 'known: size, colour'],
  ])
})

test('a key that is misspelt is not missing as well', () => {
  expect(problems({ thing: { sise: 1 } })).toHaveLength(1)
  expect(problems({ thing: { sise: 1, size: 10 } })).toHaveLength(2)
})

test('everything that is wrong is told at once', () => {
  expect(problems({ thing: { size: 0, colour: 1 }, named: { 'A b': 2, a: 3 }, short: [1, 2, 3] })).toHaveLength(7)
})

test('a value out of bounds is still compared with others', () => {
  const ascending = such(list(whole(1, 9)), ([a = 0, b = 0]) => a < b, 'a list of ascending numbers')
  const read = readWhole(ascending, [12, 10], 'TEST')
  expect(read.ok ? [] : read.problems.map(({ message }) => message)).toEqual([
    'Expected `[0]` to be at most 9, got 12',
    'Expected `[1]` to be at most 9, got 10',
    'Expected the document to be a list of ascending numbers, got a list',
  ])
})

test('names that every object has in JavaScript are keys like others', () => {
  const any = record(whole(0, 9))
  const value = JSON.parse('{ "constructor": 1, "__proto__": 2, "prototype": 3 }')
  const read = readWhole(any, value, 'TEST')
  expect(read.ok && Object.entries(read.value)).toEqual(Object.entries(value))
  expect(readWhole(object({ toString: optional(whole(0, 9)) }), {}, 'TEST')).toEqual({ ok: true, value: {} })
  expect(problems(JSON.parse('{ "__proto__": {} }'))).toEqual([
    ['TEST_UNKNOWN_KEY', 'Unknown key `__proto__` in the document', 'known: thing, either, named, short'],
  ])
})

test('a part is read silently: what it says, or nothing', () => {
  const part = someOf({ size: whole(1, 9) })
  expect(readSilently(part, { size: 1, colour: 'red' })).toEqual({ size: 1 })
  expect([undefined, { size: 10 }, { size: 'x' }, 5].map((value) => readSilently(part, value))).toEqual(
    Array.from({ length: 4 }, () => undefined),
  )
})

test('no value makes a reader throw; it is read, or something is told about it', () => {
  const keys = fc.constantFrom('thing', 'either', 'named', 'short', 'size', 'colour', 'toString', '__proto__')
  const values = fc.anything({ key: fc.oneof(keys, fc.string()), withNullPrototype: true, maxDepth: 4 })
  fc.assert(
    fc.property(fc.oneof(values, fc.dictionary(keys, values)), (value) => {
      const read = readWhole(reader, value, 'TEST')
      expect(read.ok || read.problems.length > 0).toBe(true)
    }),
  )
})

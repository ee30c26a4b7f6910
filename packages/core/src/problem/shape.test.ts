import { expect, test } from 'vitest'
import { z } from 'zod'
import { checkShape } from './shape.ts'

const name = z.string().regex(/^[a-z]+$/, { error: 'a name' })
const thing = z.strictObject({ size: z.number().positive().max(9), colour: z.literal(['red', 'blue']).exactOptional() })
const schema = z.strictObject({
  thing: thing.exactOptional(),
  either: z.union([z.number().max(5), thing]).exactOptional(),
  stated: z.union([z.string(), z.array(z.string())], { error: 'a text or a list of texts' }).exactOptional(),
  named: z.record(name, z.int()).exactOptional(),
})

function problems(value: unknown) {
  const checked = checkShape(schema, value, 'TEST')
  return checked.ok ? [] : checked.problems.map(({ code, message, hint }) => [code, message, ...(hint ? [hint] : [])])
}

test('a value of the shape comes back typed', () => {
  expect(checkShape(schema, { thing: { size: 1 } }, 'TEST')).toEqual({ ok: true, value: { thing: { size: 1 } } })
})

test.each([
  [{ thing: { size: 10 } }, ['TEST_SHAPE', 'Expected `thing.size` to be at most 9, got 10']],
  [{ thing: { size: 0 } }, ['TEST_SHAPE', 'Expected `thing.size` to be above 0, got 0']],
  [{ thing: { size: Number.NaN } }, ['TEST_SHAPE', 'Expected `thing.size` to be a number, got NaN']],
  [{ thing: { size: null } }, ['TEST_SHAPE', 'Expected `thing.size` to be a number, got nothing']],
  [
    { thing: { size: 1, colour: 'bleu' } },
    ['TEST_SHAPE', 'Expected `thing.colour` to be "red" or "blue", got "bleu"', 'did you mean "blue"?'],
  ],
  [{ named: { 'A b': 1 } }, ['TEST_NAME', 'Expected `named["A b"]` to be a name, got "A b"']],
  [{ named: { a: 1.5 } }, ['TEST_SHAPE', 'Expected `named.a` to be a whole number, got 1.5']],
  [{ named: [] }, ['TEST_SHAPE', 'Expected `named` to be of type object, got a list']],
  ['x'.repeat(100), ['TEST_SHAPE', `Expected the document to be of type object, got "${'x'.repeat(59)}…`]],
])('%j is told in the words of the house', (value, problem) => {
  expect(problems(value)).toEqual([problem])
})

test('of a union, the form is judged whose type the value has', () => {
  expect(problems({ either: 6 })).toEqual([['TEST_SHAPE', 'Expected `either` to be at most 5, got 6']])
  expect(problems({ either: { size: 10 } })).toEqual([['TEST_SHAPE', 'Expected `either.size` to be at most 9, got 10']])
})

test('a value of no form is told all of them', () => {
  expect(problems({ either: 'x' })).toEqual([
    ['TEST_SHAPE', 'Expected `either` to be a number or of type object, got "x"'],
  ])
  expect(problems({ stated: 5 })).toEqual([['TEST_SHAPE', 'Expected `stated` to be a text or a list of texts, got 5']])
})

test.each([
  ['join', '"open" or "edit", got "join"', []],
  ['opn', '"open" or "edit", got "opn"', ['did you mean "open"?']],
  [undefined, '"open" or "edit", got nothing', []],
])('of forms with names all names are told where there is no such form: %s', (type, told, hint) => {
  const forms = [z.strictObject({ type: z.literal('open') }), z.strictObject({ type: z.literal('edit') })] as const
  const checked = checkShape(
    z.strictObject({ command: z.discriminatedUnion('type', forms) }),
    { command: { type } },
    'T',
  )
  const problems = checked.ok ? [] : checked.problems.map(({ message, hint }) => [message, ...(hint ? [hint] : [])])
  expect(problems).toEqual([[`Expected \`command.type\` to be ${told}`, ...hint]])
})

test('each unknown key is a problem of its own, with the nearest known one', () => {
  expect(problems({ thing: { size: 1, color: 'red', zzzzzzzz: 1 } })).toEqual([
    ['TEST_UNKNOWN_KEY', 'Unknown key `color` in `thing`', 'did you mean "colour"?'],
    ['TEST_UNKNOWN_KEY', 'Unknown key `zzzzzzzz` in `thing`', 'known: size, colour'],
  ])
})

test('a key that is misspelt is not missing as well', () => {
  expect(problems({ thing: { sise: 1 } })).toEqual([
    ['TEST_UNKNOWN_KEY', 'Unknown key `sise` in `thing`', 'did you mean "size"?'],
  ])
  expect(problems({ thing: { sise: 1, size: 10 } })).toHaveLength(2)
})

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readable, visible } from './visible.ts'

test.each([
  ['two\r\nlines', 'two lines'],
  ['\u202eevil\u202c', 'evil'],
  ['a\u200bb\ufeffc\u{e0041}d', 'abcd'],
  ['a\u0000b', 'a b'],
  ['\ud83dx', '\ufffdx'],
  ['👩‍👧', '👩‍👧'],
])('%j reads %j', (text, read) => expect(visible(text)).toBe(read))

test.each([
  ['שלום', '\u2068שלום\u2069'],
  ['שלום (עולם) 12 %', '\u2068שלום (עולם\u2069) 12 %'],
  ['Order שלום and عربي', 'Order \u2068שלום\u2069 and \u2068عربي\u2069'],
  ['足の計測 12', '足の計測 12'],
])('in prose %j is isolated', (text, read) => expect(readable(text)).toBe(read))

test('plain text, which takes a short way, reads as it does beside something that takes the long one', () => {
  const text = fc.string({ unit: fc.constantFrom(...' aZ09 <&%"\u0000\n\u007f') })
  fc.assert(
    fc.property(text, (plain) => {
      expect(visible(plain)).toBe(visible(`\u200b${plain}`))
      expect(readable(plain)).toBe(readable(`\u200b${plain}`))
    }),
  )
})

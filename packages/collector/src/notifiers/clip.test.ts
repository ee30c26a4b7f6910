import fc from 'fast-check'
import { expect, test } from 'vitest'
import { clip } from './clip.ts'

test.each([
  ['a text that fits', 'abc', 3, 'abc'],
  ['a text that is one too long', 'abcd', 3, 'ab…'],
  ['code points outside the basic plane', '🟦🟦🟦🟦', 3, '🟦🟦…'],
])('%s is cut visibly', (_, text, max, expected) => {
  expect(clip(text, max)).toBe(expected)
})

test('a receiver that counts the escaped form gets room for it', () => {
  expect(clip('a&b&c', 8, (point) => (point === '&' ? 5 : 1))).toBe('a&b…')
})

test('the result never counts more than allowed, and is the text or a beginning of it with a mark', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.integer({ min: 1, max: 20 }), (text, max) => {
      const cut = clip(text, max)
      expect([...cut].length).toBeLessThanOrEqual(max)
      if (cut !== text) {
        expect([...text].length).toBeGreaterThan(max)
        expect(text.startsWith(cut.slice(0, -1))).toBe(true)
      }
    }),
  )
})

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createFrequent } from './frequent.ts'

test('no count is above the truth, and what is frequent is there', () => {
  const size = 4
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...'abcdefghij'), { maxLength: 300 }), (texts) => {
      const frequent = createFrequent(size)
      const truth = new Map<string, number>()
      for (const text of texts) {
        frequent.add(text)
        truth.set(text, (truth.get(text) ?? 0) + 1)
      }
      const listed = frequent.list()
      expect(listed.length).toBeLessThanOrEqual(size)
      for (const { text, atLeast } of listed) expect(atLeast).toBeLessThanOrEqual(truth.get(text) ?? 0)
      const must = [...truth].filter(([, count]) => count * (size + 1) > texts.length).map(([text]) => text)
      expect(listed.map(({ text }) => text)).toEqual(expect.arrayContaining(must))
    }),
  )
})

test('the most frequent comes first', () => {
  const frequent = createFrequent(3)
  for (const text of 'abbccc') frequent.add(text)
  expect(frequent.list()).toEqual([
    { text: 'c', atLeast: 3 },
    { text: 'b', atLeast: 2 },
    { text: 'a', atLeast: 1 },
  ])
})

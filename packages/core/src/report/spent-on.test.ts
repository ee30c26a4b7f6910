import { expect, test } from 'vitest'
import { largestSpent, spentOn } from './spent-on.ts'
import type { SpentPart } from './spent-part.ts'

const hour = (bad: number): SpentPart => ({ on: 'unexplained', bad })
const incident = (key: string, bad: number): SpentPart => ({ on: 'incident', key, bad })

test('what was spent is summed by kind, and kinds without any are left out', () => {
  const spent = [incident('A', 5), incident('B', 3), hour(2), hour(2), { on: 'drip', bad: 0 } as const]
  expect(spentOn({ spent }).map(({ on, bad, parts }) => [on, bad, parts.length])).toEqual([
    ['incident', 8, 2],
    ['unexplained', 4, 2],
  ])
  expect(spentOn({})).toEqual([])
})

test('the largest cause is one incident, but all hours without a name together', () => {
  expect(largestSpent({ spent: [incident('A', 5), incident('B', 4), hour(3), hour(3)] })).toMatchObject({
    on: 'unexplained',
    bad: 6,
  })
  expect(largestSpent({ spent: [incident('A', 5), incident('B', 4), hour(3)] })?.parts).toEqual([incident('A', 5)])
  expect(largestSpent({})).toBeUndefined()
})

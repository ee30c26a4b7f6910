import fc from 'fast-check'
import { expect, test } from 'vitest'
import { INDICATORS } from '../journey/index.ts'
import { type Account, COLUMNS, ROLES } from '../ledger/index.ts'
import { workOn, worstWorks } from './work.ts'

const dependency = (service: string, step: string): Account => ({
  journey: 'measure-feet',
  step,
  service,
  role: 'dependency',
})

function rows(...counts: readonly (readonly number[])[]): Float64Array {
  return Float64Array.from(counts.flatMap((row) => [...row, ...new Array<number>(COLUMNS - row.length).fill(0)]))
}

test('works stand by their bad events, and of equal ones the larger share is first', () => {
  const accounts = [
    dependency('storage', 'keep-photos.put'),
    { ...dependency('web', 'send'), role: 'own' as const },
    dependency('finder', 'find-feet.find'),
    dependency('finder', 'find-feet.take'),
    { ...dependency('storage', 'keep-photos.put'), journey: 'view-result' },
  ]
  const from = rows([10, 0, 0, 0], [0, 0, 0, 0], [0, 0, 1, 0])
  const to = rows([20, 2, 3, 1], [0, 0, 99, 0], [4, 0, 6, 0], [9, 0, 0, 0], [0, 0, 99, 0])
  const works = workOn('measure-feet', 'dependency', accounts, { from, to }, 'experience')
  expect(works).toEqual([
    { service: 'finder', step: 'find-feet.find', counts: [4, 0, 5, 0], bad: 5, valid: 9 },
    { service: 'storage', step: 'keep-photos.put', counts: [10, 2, 3, 1], bad: 5, valid: 15 },
    { service: 'finder', step: 'find-feet.take', counts: [9, 0, 0, 0], bad: 0, valid: 9 },
  ])
  expect(worstWorks(works).map(({ step }) => step)).toEqual(['find-feet.find', 'keep-photos.put'])
  expect(workOn('measure-feet', 'dependency', accounts, { from, to }, 'availability')[0]).toMatchObject({ bad: 5 })
  expect(workOn('measure-feet', 'dependency', accounts, { from, to }, 'latency')[0]).toMatchObject({
    bad: 2,
    valid: 12,
  })
})

test('nothing bad has no worst', () => {
  expect(worstWorks([])).toEqual([])
  expect(worstWorks([{ service: 's', step: 'a.b', counts: [5, 0, 0, 0], bad: 0, valid: 5 }])).toEqual([])
})

test('the works of all roles come to what all accounts of the journey hold, whatever the order', () => {
  const account = fc.record({
    journey: fc.constantFrom('a', 'b'),
    step: fc.constantFrom('x.y', 'z'),
    service: fc.constantFrom('s', 't'),
    role: fc.constantFrom(...ROLES),
  })
  const counts = fc.array(fc.nat(1_000), { minLength: 4, maxLength: 4 })
  fc.assert(
    fc.property(fc.array(fc.tuple(account, counts, counts)), fc.constantFrom(...INDICATORS), (given, indicator) => {
      const accounts = given.map(([each]) => each)
      const from = rows(...given.map(([, before]) => before))
      const to = rows(...given.map(([, before, more]) => before.map((n, i) => n + (more[i] ?? 0))))
      const works = ROLES.flatMap((role) => workOn('a', role, accounts, { from, to }, indicator))
      const sum = (all: readonly (readonly number[])[]) => all.flat().reduce((total, n) => total + n, 0)
      expect(sum(works.map((work) => work.counts))).toBe(
        sum(given.filter(([{ journey }]) => journey === 'a').map(([, , more]) => more)),
      )
      for (const { bad, valid } of works) expect(bad).toBeLessThanOrEqual(valid)
    }),
  )
})

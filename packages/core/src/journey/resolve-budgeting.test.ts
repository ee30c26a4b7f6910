import { describe, expect, test } from 'vitest'
import { readJourneys } from './document.ts'

const read = (objective: string) =>
  readJourneys(
    `timeZone: Asia/Tokyo
classes: { a: 1s, b: 2s, c: 3s }
journeys:
  checkout:
    title: { en: Check out, ja: 購入 }
    owner: shop
    runbook: https://wiki.example.org/checkout
    objectives:
      availability: ${objective}
    steps: { pay: { http: POST /orders, within: a } }
`,
    'journeys.yaml',
  )

const objectiveOf = (text: string) => {
  const found = read(text)
  if (!found.ok) throw new Error(found.problems.map(({ message }) => message).join('\n'))
  return found.definition.journeys[0]?.objectives[0]
}
const fingerprintOf = (text: string) => {
  const found = read(text)
  return found.ok ? found.definition.fingerprint : ''
}

test('a budget is kept in events unless somebody says otherwise', () => {
  expect(objectiveOf('99')).not.toHaveProperty('budgeting')
  expect(fingerprintOf('{ target: 99, budgeting: occurrences }')).toBe(fingerprintOf('99'))
})

test('both methods that count slices are read, without data counting as nothing', () => {
  expect(objectiveOf('{ target: 99, budgeting: timeslices, slice: 1m, sliceTarget: 99.95 }')?.budgeting).toEqual({
    method: 'timeslices',
    sliceMs: 60_000,
    sliceTargetPpm: 999_500,
    onNoData: 'ignore',
  })
  expect(objectiveOf('{ target: 99, budgeting: ratio-timeslices, slice: 5m, onNoData: hold }')?.budgeting).toEqual({
    method: 'ratio-timeslices',
    sliceMs: 300_000,
    onNoData: 'hold',
  })
})

test('everything that changes a month changes the fingerprint', () => {
  const slice = (rest: string) => fingerprintOf(`{ target: 99, budgeting: timeslices, ${rest} }`)
  const prints = [
    fingerprintOf('99'),
    fingerprintOf('{ target: 99, budgeting: ratio-timeslices, slice: 1m }'),
    slice('slice: 1m, sliceTarget: 95'),
    slice('slice: 5m, sliceTarget: 95'),
    slice('slice: 1m, sliceTarget: 96'),
    slice('slice: 1m, sliceTarget: 95, onNoData: bad'),
  ]
  expect(new Set(prints).size).toBe(prints.length)
})

describe('what cannot be kept is refused with its place', () => {
  const slices = 'budgeting: timeslices, sliceTarget: 95'
  test.each([
    ['events that nobody read', 'onNoData: bad', '`ignore` for a budget in events'],
    ['a slice of events', 'slice: 1m', 'no `slice` without'],
    ['a slice target of ratios', 'budgeting: ratio-timeslices, slice: 1m, sliceTarget: 95', 'no `sliceTarget` without'],
    ['slices without a length', slices, 'the length of a slice'],
    ['slices without a target', 'budgeting: timeslices, slice: 1m', 'the percentage of its events'],
    ['a slice longer than a window that rings', `${slices}, slice: 10m`, 'at most the shortest window that rings (5m)'],
    ['a slice that a day does not hold', `${slices}, slice: 7s`, 'a day is a whole number'],
    ['a slice that cuts a month', `${slices}, slice: 2m, window: month`, '15m is a whole number'],
    ['a slice that cuts a window', `${slices}, slice: 2m`, 'every window is a whole number (one is 5m)'],
    [
      'more slices than whole numbers can hold the mean of',
      'budgeting: ratio-timeslices, slice: 1m, window: 400d',
      'exact with whole numbers below 2^53',
      10,
    ],
  ])('%s', (_, stated, message, target = 99) => {
    const found = read(`{ target: ${target}, ${stated} }`)
    expect(found.ok).toBe(false)
    const problems = found.ok ? [] : found.problems
    expect(problems).toHaveLength(1)
    expect(problems[0]).toMatchObject({ code: 'JOURNEYS_BUDGETING', at: { file: 'journeys.yaml', line: 9 } })
    expect(problems[0]?.message).toContain(message)
  })
})

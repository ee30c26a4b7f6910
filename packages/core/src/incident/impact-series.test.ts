import { expect, test } from 'vitest'
import { type ImpactSeries, sparkLine, turningPoints } from './impact-series.ts'

/** Slots of a minute from 0 on, as [bad, valid]; 1 in 100 may be bad. */
const series = (...slots: readonly (readonly [number, number])[]): ImpactSeries => ({
  ...{ objective: 'checkout/availability', targetPpm: 990_000, widthMs: 60_000 },
  slots: slots.map(([bad, valid], i) => ({ at: i * 60_000, bad, valid })),
})
const turns = (of: ImpactSeries, since = 0) =>
  turningPoints(of, since).map(({ at, facts }) => [at / 60_000, facts.kind === 'impact' && facts.turn])

test('an impact begins outside the target, is worst at its greatest share, and ends within the target', () => {
  const told = series([1, 100], [2, 100], [30, 100], [60, 200], [5, 100], [0, 0], [1, 100])
  expect(turns(told)).toEqual([
    [1, 'began'],
    [2, 'worst'],
    [6, 'back'],
  ])
})

test('exactly at the target is within it', () => {
  expect(turns(series([1, 100], [10, 1_000]))).toEqual([])
})

test('nobody says that it is over while nothing was measured', () => {
  expect(turns(series([5, 100], [0, 0], [0, 0]))).toEqual([
    [0, 'began'],
    [0, 'worst'],
  ])
})

test('an older trouble is not part of it', () => {
  expect(turns(series([9, 10], [0, 10], [5, 10], [0, 10]), 60_000)).toEqual([
    [2, 'began'],
    [2, 'worst'],
    [3, 'back'],
  ])
})

test('a spark line has a sign for each slot', () => {
  expect(sparkLine(series([0, 10], [5, 10], [10, 10], [0, 0]))).toBe('▁▅█·')
  expect(sparkLine(series([0, 10], [0, 0]))).toBe('▁·')
})

import { MINUTE, SECOND } from '@tabiji/core/time'
import { expect, test } from 'vitest'
import { incidentsSchema, resolveGoals } from './incidents.ts'

const goals = (stated: object) => {
  const read = incidentsSchema.safeParse({ goals: stated })
  return read.success
    ? resolveGoals(read.data)
    : read.error.issues.map(({ path, message }) => [path.join('.'), message])
}

test('goals of the response that nobody states are five minutes to see it and thirty until it is over', () => {
  expect(resolveGoals()).toEqual({ detectMs: 5 * MINUTE, mitigateMs: 30 * MINUTE })
  expect(goals({ detect: '90s' })).toEqual({ detectMs: 90 * SECOND, mitigateMs: 30 * MINUTE })
  expect(goals({ detect: '10m', mitigate: '1h' })).toEqual({ detectMs: 10 * MINUTE, mitigateMs: 60 * MINUTE })
})

test.each([['1s'], ['25h'], ['soon'], [5]])('a goal of %j is refused, with what it can be', (detect) => {
  expect(goals({ detect })).toEqual([['goals.detect', 'a duration from `10s` to `24h`, such as `5m`']])
})

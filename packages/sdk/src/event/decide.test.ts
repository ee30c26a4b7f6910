import type { Outcome } from '@tabiji/core/journey'
import { expect, test } from 'vitest'
import { decide, type Ending } from './decide.ts'
import type { Rule } from './rule.ts'

const RULE: Rule = {
  journey: 'scan',
  step: 'upload',
  index: 0,
  withinMs: 300,
  clock: 'request',
  good: [],
  bad: [],
  excluded: [],
}
const IN_TIME: Ending = {
  mark: undefined,
  expired: false,
  threw: false,
  answer: 'whole',
  status: 200,
  elapsedMs: 120,
}
const GONE = { answer: 'none', status: 200 } as const
const LATE = { elapsedMs: 301 }

type Row = [situation: string, ending: Partial<Ending>, outcome: Outcome, rule?: Partial<Rule>]

const table: Row[] = [
  ['within the promise', {}, 'good'],
  ['exactly on the promise', { elapsedMs: 300 }, 'good'],
  ['a hair over the promise', { elapsedMs: 300.000001 }, 'slow'],
  ['a redirect within the promise', { status: 304 }, 'good'],
  ['a redirect over the promise', { status: 302, ...LATE }, 'slow'],
  ['a job that returned', { status: undefined }, 'good'],
  ['a job that returned late', { status: undefined, ...LATE }, 'slow'],
  ['a job that threw', { status: undefined, answer: 'none', threw: true }, 'error'],
  ['a job that threw late is not also slow', { status: undefined, answer: 'none', threw: true, ...LATE }, 'error'],

  ['marked as failed with 200', { mark: 'fail' }, 'error'],
  ['marked as failed and late', { mark: 'fail', ...LATE }, 'error'],
  ['marked as failed with 404', { mark: 'fail', status: 404 }, 'error'],
  ['marked as excluded with 200', { mark: 'exclude' }, 'excluded'],
  ['marked as excluded with 500', { mark: 'exclude', status: 500 }, 'excluded'],
  ['marked as excluded in an open request at shutdown', { mark: 'exclude', expired: true, ...GONE }, 'excluded'],

  ['500', { status: 500 }, 'error'],
  ['503 late is not also slow', { status: 503, ...LATE }, 'error'],
  ['599', { status: 599 }, 'error'],
  ['429', { status: 429 }, 'error'],
  ['429 flipped', { status: 429 }, 'excluded', { excluded: [429] }],
  ['400', { status: 400 }, 'excluded'],
  ['404 late', { status: 404, ...LATE }, 'excluded'],
  ['499', { status: 499 }, 'excluded'],
  ['422 called bad', { status: 422 }, 'error', { bad: [422] }],
  ['404 called good', { status: 404 }, 'good', { good: [404] }],
  ['404 called good, late', { status: 404, ...LATE }, 'slow', { good: [404] }],
  ['503 called good', { status: 503 }, 'good', { good: [503] }],
  ['200 called excluded', { status: 200 }, 'excluded', { excluded: [200] }],
  ['called bad and good at once', { status: 409 }, 'error', { bad: [409], good: [409], excluded: [409] }],

  ['an error thrown and answered with 500', { threw: true, status: 500 }, 'error'],
  ['an error thrown and answered with 409', { threw: true, status: 409 }, 'excluded'],
  ['gone after a thrown error', { threw: true, ...GONE }, 'error'],
  ['gone after a thrown error, late', { threw: true, ...GONE, ...LATE }, 'error'],
  ['gone in the middle of the answer after a thrown error', { threw: true, answer: 'begun' }, 'error'],
  ['gone early', { ...GONE }, 'excluded'],
  ['gone exactly on the promise', { ...GONE, elapsedMs: 300 }, 'excluded'],
  ['gone late', { ...GONE, ...LATE }, 'slow'],
  ['gone early in the middle of a 200', { answer: 'begun' }, 'excluded'],
  ['gone late in the middle of a 200', { answer: 'begun', ...LATE }, 'slow'],
  ['gone in the middle of a 500', { answer: 'begun', status: 500 }, 'error'],
  ['gone with a status that was never sent', { ...GONE, status: 500 }, 'excluded'],
  ['open at the end of the grace', { expired: true, ...GONE }, 'error'],
  ['open at the end of the grace, within the promise of a long stream', { expired: true, answer: 'begun' }, 'error'],

  ['headers in time, then the client left', { answer: 'begun' }, 'good', { clock: 'headers' }],
  ['headers late, then the client left', { answer: 'begun', ...LATE }, 'slow', { clock: 'headers' }],
  ['left early before the headers', { ...GONE }, 'excluded', { clock: 'headers' }],
  ['left late before the headers', { ...GONE, ...LATE }, 'slow', { clock: 'headers' }],
  ['headers in time, then an error', { answer: 'begun', threw: true }, 'error', { clock: 'headers' }],
]

test.each(table)('%s', (_situation, ending, outcome, rule) => {
  expect(decide({ ...RULE, ...rule }, { ...IN_TIME, ...ending })).toBe(outcome)
})

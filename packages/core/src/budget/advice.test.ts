import { expect, test } from 'vitest'
import { type Definition, defineJourneys, type ObjectiveDocument } from '../journey/index.ts'
import { adviceSentences, adviseOn } from './index.ts'

function definitionOf(objective: number | ObjectiveDocument): Definition {
  const steps = { read: { http: 'GET /v1/scans/:id', within: '300ms' } }
  return defineJourneys({
    timeZone: 'Asia/Tokyo',
    journeys: { 'view-result': { objectives: { latency: objective }, steps } },
  })
}

const sentences = (objective: number | ObjectiveDocument) =>
  adviseOn(definitionOf(objective)).objectives.flatMap(adviceSentences)
const problems = (objective: number | ObjectiveDocument) => adviseOn(definitionOf(objective)).problems
const pair = (given: object) => ({ pairs: [{ level: 1, long: '1h', short: '5m', ...given }] })

test("the workbook's policy is spelled out", () => {
  expect(sentences(99.95)).toEqual([
    'level 1 rings after 2.0 % of the 30-day budget is spent within 1 h, at 14.4 times the sustainable speed: more than 0.72 % bad events',
    'level 1 rings after 5.0 % of the 30-day budget is spent within 6 h, at 6 times the sustainable speed: more than 0.3 % bad events',
    'level 2 rings after 10.0 % of the 30-day budget is spent within 1 d, at 3 times the sustainable speed: more than 0.15 % bad events',
    'level 2 rings after 10.0 % of the 30-day budget is spent within 3 d, at 1 times the sustainable speed: more than 0.05 % bad events',
    'level 3 is told when more than 50, 75, 90 and 100 % of the budget is spent',
    'no pair rings with fewer than 3 bad events in the long window, or below 95 % confidence',
    'a level resolves after 5 min below half of its factors',
  ])
  expect(problems(99.95)).toEqual([])
})

test('a pair of its own is spelled out in its own units', () => {
  const policy = {
    pairs: [{ level: 2, long: '60s', short: '5s', spends: '2.5%' }],
    milestones: [80],
    guard: { badEvents: 1, confidence: 99 },
    keep: '10s',
  }
  expect(sentences({ target: 99, window: '10m', policy })).toEqual([
    'level 2 rings after 2.5 % of the 10-minute budget is spent within 1 min, at 0.25 times the sustainable speed: more than 0.25 % bad events',
    'level 3 is told when more than 80 % of the budget is spent',
    'no pair rings with fewer than 1 bad event in the long window, or below 99 % confidence',
    'a level resolves after 10 s below half of its factors',
  ])
  expect(sentences({ target: 99, window: 'month', policy: { milestones: [] } })[0]).toContain(
    '2.0 % of the monthly budget (of 30 days)',
  )
})

test('a share far below a percent is not rounded away', () => {
  const short = { target: 99, policy: { pairs: [{ level: 1, long: '60s', short: '5s', factor: 14.4 }] } }
  expect(sentences(short)[0]).toContain('after 0.0333 % of the 30-day budget is spent within 1 min')
})

test('what rings is data, too', () => {
  expect(adviseOn(definitionOf(99.5)).objectives[0]).toMatchObject({
    journey: 'view-result',
    objective: { name: 'latency' },
    rings: [
      {
        pair: { level: 1 },
        factor: { num: 72, den: 5 },
        threshold: { num: 9, den: 125 },
        spentPpm: 20_000,
        possible: true,
      },
      { spentPpm: 50_000 },
      { spentPpm: 100_000 },
      { spentPpm: 100_000 },
    ],
  })
})

test('14.4 times is impossible at 90 %, and the highest possible factor is named', () => {
  expect(sentences(90)[0]).toBe(
    'level 1 never rings by its 1h/5m pair: 14.4 times the sustainable speed would be 144 % bad events',
  )
  expect(problems(90)).toEqual([
    {
      code: 'BUDGET_NEVER_RINGS',
      severity: 'warning',
      message:
        'The 1h/5m pair of level 1 can never ring: at a target of 90 % even a total outage burns 10 times the sustainable speed, and it needs more than 14.4',
      hint: 'the highest factor that can be exceeded is 9.999',
      path: ['journeys', 'view-result', 'objectives', 'latency'],
      part: 'key',
    },
  ])
})

test('a factor that only a total outage reaches is not exceeded by it', () => {
  expect(problems({ target: 90, policy: pair({ factor: 10 }) })).toMatchObject([
    { code: 'BUDGET_NEVER_RINGS', severity: 'warning' },
    { code: 'BUDGET_NOTHING_RINGS', severity: 'error' },
  ])
  expect(problems({ target: 90, policy: pair({ factor: 9.999 }) })).toEqual([])
})

test('the highest factor is given as a share where the pair states a share', () => {
  const [impossible] = problems({ target: 90, policy: pair({ spends: '2%' }) })
  expect(impossible?.hint).toBe('the highest factor that can be exceeded is 9.999, that is 1.38 % of the budget')
  expect(problems({ target: 90, policy: pair({ spends: '1.38%' }) })).toEqual([])
})

test('a level that rings while the objective is met is told', () => {
  expect(problems({ target: 99, policy: pair({ factor: 0.5 }) })).toMatchObject([
    { code: 'BUDGET_RINGS_WHILE_MET', message: expect.stringContaining('its factor is 0.5') },
  ])
  expect(problems({ target: 99, policy: pair({ factor: 1 }) })).toEqual([])
})

test('a level that rings when all is lost is told', () => {
  expect(problems({ target: 99, window: '1d' })).toMatchObject([
    { code: 'BUDGET_RINGS_TOO_LATE', message: expect.stringContaining('The 6h/30m pair of level 1 rings only after') },
    { code: 'BUDGET_RINGS_TOO_LATE', message: expect.stringContaining('(300 % of it)') },
    { code: 'BUDGET_RINGS_TOO_LATE', message: expect.stringContaining('(300 % of it)') },
  ])
  expect(problems({ target: 99, window: '1h', policy: pair({ factor: 1 }) })).toEqual([])
})

test('numbers that cannot be compared exactly are refused', () => {
  const policy = { pairs: [{ level: 1, long: '86399s', short: '5m', spends: '3.3333%' }] }
  expect(problems({ target: 99.9999, window: '34559999s', policy })).toMatchObject([
    { code: 'BUDGET_TOO_FINE', severity: 'error' },
  ])
})

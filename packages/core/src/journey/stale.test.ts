import { expect, test } from 'vitest'
import { readJourneys } from './document.ts'
import { stalePartOf } from './stale.ts'

const HOUR = 3_600_000

function read(ofFile: string, ofJourney = '', alerts = '', ofPay = '') {
  const text = `timeZone: Asia/Tokyo
classes: { read: 300ms, write: 1s, heavy: 20s }
${ofFile}
journeys:
  checkout:
    title: { en: Check out, ja: 購入 }
    owner: shop-team
    runbook: https://wiki.example.org/checkout
    alerts: { excluded: false${alerts} }
    ${ofJourney}
    objectives: { availability: 99 }
    steps: { pay: { http: POST /orders, within: write${ofPay} } }
`
  return readJourneys(text, 'journeys.yaml')
}

function ruleOf(ofFile: string, ofJourney?: string, alerts?: string) {
  const found = read(ofFile, ofJourney, alerts)
  if (!found.ok) throw new Error(found.problems.map(({ message }) => message).join('\n'))
  return (found.definition.journeys[0]?.alerts ?? []).map(({ name, level, condition }) => [
    name,
    level,
    condition.kind === 'absent' ? condition.forMs / HOUR : condition.kind,
  ])
}

test('an hour at level 2 is what every journey has; the file says otherwise for all, and a journey for itself', () => {
  expect(ruleOf('')).toEqual([['stale', 2, 1]])
  expect(ruleOf('staleAfter: 30m')).toEqual([['stale', 2, 0.5]])
  expect(ruleOf('staleAfter: { after: 2h, level: 1 }')).toEqual([['stale', 1, 2]])
  expect(ruleOf('staleAfter: { after: 2h, level: 1 }', 'staleAfter: 3h')).toEqual([['stale', 2, 3]])
  expect(ruleOf('staleAfter: false')).toEqual([])
  expect(ruleOf('staleAfter: false', 'staleAfter: 3h')).toEqual([['stale', 2, 3]])
  expect(ruleOf('staleAfter: 30m', 'staleAfter: false')).toEqual([])
})

test('a rule of the journey’s own takes its place, and one of another kind may not have its name', () => {
  expect(ruleOf('staleAfter: 30m', '', ', target absent for 5m: 1')).toEqual([['target-absent-for-5m', 1, 5 / 60]])
  expect(ruleOf('', '', ', target absent for 5m: { level: 1, name: stale }')).toEqual([['stale', 1, 5 / 60]])
  const found = read('', '', ', errors > 5 in 1h: { level: 1, name: stale }')
  expect(found.ok ? [] : found.problems).toMatchObject([{ code: 'JOURNEYS_ALERT_TWICE', at: { line: 9 } }])
})

test('where each step says it, nothing is left to say', () => {
  const found = read('', '', '', ', alerts: { target absent for 5m: 1 }')
  expect(found.ok && found.definition.journeys[0]?.alerts?.map(({ step, name }) => [step, name])).toEqual([
    ['pay', 'target-absent-for-5m'],
  ])
})

test.each([
  ['staleAfter: true', '3:13 Expected `staleAfter` to be false, got true'],
  ['staleAfter: 3', '3:13 Expected `staleAfter` to be a duration such as `1h`'],
  ['staleAfter: soon', '3:13 Expected `staleAfter` to be a duration of whole seconds'],
  ['staleAfter: { after: 1h, level: 4 }', 'Expected `staleAfter.level` to be '],
  ['staleAfter: { level: 1 }', 'Expected `staleAfter.after` to be a duration'],
])('%s is refused', (stated, message) => {
  const found = read(stated)
  const told = found.ok ? [] : found.problems.map(({ at, message: what }) => `${at?.line}:${at?.column} ${what}`)
  expect(told.join('\n')).toContain(message)
})

test('what a journey comes to is stated as it would be written', () => {
  const stated = (ofJourney: string, alerts = '') => {
    const found = read('', ofJourney, alerts)
    return found.ok ? stalePartOf(found.definition.journeys[0]?.alerts ?? []) : found.problems
  }
  expect(stated('')).toEqual({})
  expect(stated('staleAfter: 1h')).toEqual({})
  expect(stated('staleAfter: 90s')).toEqual({ staleAfter: '90s' })
  expect(stated('staleAfter: { after: 1h, level: 3 }')).toEqual({ staleAfter: { after: '1h', level: 3 } })
  expect(stated('staleAfter: false')).toEqual({ staleAfter: false })
  expect(stated('', ', target absent for 5m: 1')).toEqual({})
})

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fillAddress, fillDocument, nextRun, type ProbeRun, runReading, worstOf } from './index.ts'
import { isPointer, valueAtPointer } from './pointer.ts'

const SLOT = `\${value}`

test('whatever is filled into an address stays one piece of it, or the address is none', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 30 }), (value) => {
      const filled = fillAddress(`https://studio.test/a/${SLOT}/b?q=${SLOT}`, new Map([['value', value]]))
      const isNone = ['', '.', '..'].includes(value) || /[\uD800-\uDFFF]/u.test(value)
      expect(filled === undefined).toBe(isNone)
      if (filled === undefined) return
      const url = new URL(filled)
      expect(url.origin).toBe('https://studio.test')
      expect(url.pathname.split('/').map(decodeURIComponent)).toEqual(['', 'a', value, 'b'])
      expect([...url.searchParams]).toEqual([['q', value]])
    }),
  )
})

test('half a character fits into no address', () => {
  expect(fillAddress(`https://studio.test/${SLOT}`, new Map([['value', 'a\ud800']]))).toBeUndefined()
})

test('whatever is filled into a document stays a text', () => {
  const value = '"},{"admin":true,"x":"'
  expect(fillDocument({ a: [SLOT, 1], b: { c: null } }, new Map([['value', value]]))).toEqual({
    a: [value, 1],
    b: { c: null },
  })
})

test('a pointer finds what stands there, and nothing of the prototype', () => {
  const document = { 'a/b': { 'c~d': [10, { e: null }] } }
  expect(valueAtPointer(document, '/a~1b/c~0d/1/e')).toBe(null)
  expect(valueAtPointer(document, '')).toBe(document)
  for (const none of ['/a', '/a~1b/c~0d/length', '/a~1b/c~0d/01', '/constructor', '/__proto__/x']) {
    expect(valueAtPointer(document, none)).toBeUndefined()
  }
  expect(['', '/', '/a~0', 'a', '/a~2'].map(isPointer)).toEqual([true, true, true, false, false])
})

describe('the next run', () => {
  test('is a moment of the probe’s own in every interval, whenever it is asked for', () => {
    const asked = [fc.string(), fc.integer({ min: 100, max: 3_600_000 }), fc.integer({ min: 0, max: 2 ** 42 })] as const
    fc.assert(
      fc.property(...asked, (name, interval, now) => {
        const next = nextRun(name, interval, now)
        expect(next).toBeGreaterThan(now)
        expect(next).toBeLessThanOrEqual(now + interval)
        expect(nextRun(name, interval, next)).toBe(next + interval)
      }),
    )
  })

  test('of many probes is spread over the interval', () => {
    const tenths = Array.from({ length: 200 }, (_, i) => Math.floor(nextRun(`probe-${i}`, 1_000, 0) / 100))
    expect(new Set(tenths).size).toBeGreaterThanOrEqual(10)
  })
})

const step = (name: string, outcome: ProbeRun['outcome']): ProbeRun['steps'][number] => {
  return { ...{ step: name, outcome, request: '', elapsedMs: 1, withinMs: 1, requests: 1 }, checks: [], captured: [] }
}
const runOf = (...steps: ProbeRun['steps']): ProbeRun => {
  const times = { startedAt: 1_000, endedAt: 2_000 }
  return { ...{ probe: 'outside', journey: 'measure', certificates: [] }, ...times, outcome: worstOf(steps), steps }
}

test('a run is one interval of added counts, and what is inconclusive is in none', () => {
  const run = runOf(step('a', 'good'), step('b', 'slow'), step('a', 'good'), step('c', 'inconclusive'))
  expect(run.outcome).toBe('inconclusive')
  const point = { journey: 'measure', role: 'probe', from: 1_000_000_000n, to: 2_000_000_000n }
  expect(runReading(run)).toEqual({
    speaker: { id: 'probe outside', identified: true, service: 'outside' },
    points: [
      { ...point, step: 'a', outcome: 'good', count: 2 },
      { ...point, step: 'b', outcome: 'slow', count: 1 },
    ],
  })
  expect(runReading(runOf(step('c', 'inconclusive')))).toBeUndefined()
  expect(worstOf([step('a', 'slow'), step('b', 'error'), step('c', 'inconclusive')])).toBe('error')
})

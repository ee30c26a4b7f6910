import fc from 'fast-check'
import { expect, test } from 'vitest'
import { decodeHandOver } from './hand-over.ts'
import { FUZZ_TIMEOUT_MS, fuzzRuns } from './testing/fuzz.ts'

const ARRIVED = Date.parse('2026-10-01T12:00:00Z')

function document(over: Readonly<Record<string, unknown>> = {}): unknown {
  return {
    schema: 'tabiji.hand-over/v1',
    processId: 'p-1',
    service: 'body-api',
    startedAt: '2026-10-01T09:00:00Z',
    at: '2026-10-01T20:59:59+09:00',
    fingerprint: '0123456789abcdef',
    sdkVersion: '0.1.0',
    steps: [{ journey: 'measure-feet', step: 'upload', counts: [10, 2, 1, 0] }],
    ...over,
  }
}

function messages(value: unknown): readonly string[] {
  const decoded = decodeHandOver(value, ARRIVED)
  return decoded.ok ? [] : decoded.problems.map(({ message }) => message)
}

test('a hand-over is a reading at the moment when it arrived', () => {
  expect(decodeHandOver(document({ later: 'versions may say more' }), ARRIVED)).toEqual({
    ok: true,
    reading: {
      speaker: {
        id: 'p-1',
        identified: true,
        service: 'body-api',
        startedAt: Date.parse('2026-10-01T09:00:00Z'),
      },
      at: ARRIVED,
      steps: [{ journey: 'measure-feet', step: 'upload', role: 'own', counts: [10, 2, 1, 0] }],
      fingerprint: '0123456789abcdef',
    },
  })
})

test('a clock that is ahead is seen by a document from the future, and its start is moved back as far', () => {
  const decoded = decodeHandOver(document({ at: '2026-10-01T12:05:00Z' }), ARRIVED)
  expect(decoded.ok && decoded.reading.speaker.startedAt).toBe(Date.parse('2026-10-01T08:55:00Z'))
  expect(decoded.ok && decoded.reading.at).toBe(ARRIVED)
})

test('a clock that was set back leaves the start unknown', () => {
  const decoded = decodeHandOver(document({ at: '2026-10-01T08:00:00Z' }), ARRIVED)
  expect(decoded.ok && decoded.reading.speaker).toEqual({ id: 'p-1', identified: true, service: 'body-api' })
})

test('everything that is wrong is told at once', () => {
  const step = (counts: unknown) => ({ journey: 'j', step: 's', counts })
  const steps = [
    step([1, 2, 3]),
    step([1.5, -1, 2 ** 53, '1']),
    step([null, 1e300, 0, 0]),
    7,
    { journey: 'a b', step: '' },
  ]
  const wrong = { schema: 'v0', processId: 7, service: ' ', startedAt: '2026-02-30T00:00:00Z', at: null, steps }
  expect(messages(document(wrong))).toEqual([
    'Expected `schema` to be "tabiji.hand-over/v1", got "v0"',
    'Expected `processId` to be a text, got 7',
    'Expected `service` to be 1 to 128 characters without blanks and control characters, got " "',
    'Expected `startedAt` to be a time in ISO 8601 with offset, got "2026-02-30T00:00:00Z"',
    'Expected `at` to be a text, got null',
    'Expected `steps[0].counts` to be a list of at least 4, got a list',
    'Expected `steps[1].counts[0]` to be a whole number, got 1.5',
    'Expected `steps[1].counts[1]` to be at least 0, got -1',
    'Expected `steps[1].counts[2]` to be at most 9007199254740991, got 9007199254740992',
    'Expected `steps[1].counts[3]` to be a number, got "1"',
    'Expected `steps[2].counts[0]` to be a number, got null',
    'Expected `steps[2].counts[1]` to be at most 9007199254740991, got 1e+300',
    'Expected `steps[3]` to be an object, got 7',
    'Expected `steps[4].journey` to be 1 to 128 characters without blanks and control characters, got "a b"',
    'Expected `steps[4].step` to be 1 to 128 characters without blanks and control characters, got ""',
    'Expected `steps[4].counts` to be a list, got nothing',
  ])
})

test('a step that is told twice has no count', () => {
  const step = { journey: 'j', step: 's', counts: [1, 0, 0, 0] }
  expect(decodeHandOver(document({ steps: [step, step] }), ARRIVED)).toEqual({
    ok: false,
    problems: [
      {
        code: 'HAND_OVER_REPEATED_STEP',
        severity: 'error',
        path: ['steps', 1],
        message: 'Expected each step once, got "j/s" again',
      },
    ],
  })
})

test.each([null, undefined, 7, 'x', [], [[]]])('%j is no hand-over', (value) => {
  expect(messages(value)[0]).toMatch(/^Expected the body to be an object, got /)
})

test('a thousand problems are not all told', () => {
  const told = messages(document({ steps: Array.from({ length: 1_000 }, () => 7) }))
  expect(told).toHaveLength(51)
  expect(told[50]).toBe('… and 950 more problems')
})

test('a list that is too long is told once', () => {
  const steps = Array.from({ length: 10_001 }, (_, i) => ({ journey: 'j', step: `s${i}`, counts: [0, 0, 0, 0] }))
  expect(messages(document({ steps }))).toEqual(['Expected `steps` to be a list of at most 10000, got a list'])
})

test('a negative zero is a zero', () => {
  const decoded = decodeHandOver(document({ steps: [{ journey: 'j', step: 's', counts: [-0, 0, 0, 0] }] }), ARRIVED)
  expect(decoded.ok && Object.is(decoded.reading.steps[0]?.counts[0], 0)).toBe(true)
})

test('no document makes the decoder throw or book what is no count', { timeout: FUZZ_TIMEOUT_MS }, () => {
  const value = fc.oneof(fc.jsonValue(), fc.constantFrom(1, 2 ** 53, -0, 0.5, Number.NaN, '', 'a', '\u0000'))
  const counts = fc.oneof(value, fc.array(fc.oneof(fc.nat(), value), { minLength: 3, maxLength: 5 }))
  const step = fc.oneof(value, fc.record({ journey: fc.oneof(fc.constant('j'), value), step: fc.string(), counts }))
  const over = fc.dictionary(fc.constantFrom('processId', 'service', 'startedAt', 'at', '__proto__', 'steps'), value)
  const almost = fc.record({ steps: fc.oneof(value, fc.array(step, { maxLength: 4 })) }).map((steps) => document(steps))
  fc.assert(
    fc.property(fc.oneof(value, over.map(document), almost), (foreign) => {
      const decoded = decodeHandOver(foreign, ARRIVED)
      const counts = decoded.ok ? decoded.reading.steps.flatMap((one) => [...one.counts]) : []
      expect(counts.every((count) => Number.isSafeInteger(count) && count >= 0)).toBe(true)
      expect(decoded.ok || decoded.problems.length > 0).toBe(true)
    }),
    { numRuns: fuzzRuns(0.1) },
  )
})

test('a document that waited is as old as its sender says, whatever the sender’s clock shows', () => {
  const waited = document({
    startedAt: '2026-09-01T00:00:00Z',
    at: '2026-09-01T01:00:00Z',
    sentAt: '2026-09-01T01:30:00Z',
  })
  const decoded = decodeHandOver(waited, ARRIVED)
  expect(decoded.ok && decoded.reading.at).toBe(ARRIVED - 30 * 60_000)
  const ahead = document({ at: '2026-10-01T12:05:00Z', sentAt: '2026-10-01T12:15:00Z' })
  const shifted = decodeHandOver(ahead, ARRIVED)
  expect(shifted.ok && shifted.reading.speaker.startedAt).toBe(Date.parse('2026-10-01T08:45:00Z'))
})

test('a process says whether it was its last word', () => {
  const decoded = decodeHandOver(document({ final: true }), ARRIVED)
  expect(decoded.ok && decoded.reading.final).toBe(true)
  expect(messages(document({ final: 1 }))).toEqual(['Expected `final` to be true or false, got 1'])
})

test('what was done for journeys of other services comes along; a body of a version that had none is taken as ever', () => {
  const done = { journey: 'measure-feet', serviceStep: 'keep-photos.put', counts: [3, 0, 1, 0] }
  const decoded = decodeHandOver(document({ dependencies: [done] }), ARRIVED)
  expect(decoded.ok && decoded.reading.steps).toEqual([
    { journey: 'measure-feet', step: 'upload', role: 'own', counts: [10, 2, 1, 0] },
    { journey: 'measure-feet', step: 'keep-photos.put', role: 'dependency', counts: [3, 0, 1, 0] },
  ])
  expect(decodeHandOver(document(), ARRIVED)).toEqual(decodeHandOver(document({ dependencies: [] }), ARRIVED))
  expect(messages(document({ dependencies: [done, done] }))).toEqual([
    'Expected each step once, got "measure-feet/keep-photos.put" again',
  ])
  expect(messages(document({ dependencies: [{ ...done, counts: [1.5, 0, 0, 0] }] }))).toEqual([
    'Expected `dependencies[0].counts[0]` to be a whole number, got 1.5',
  ])
})

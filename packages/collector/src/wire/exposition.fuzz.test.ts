import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createExpositionParser, type ExpositionLimits, type Format } from './exposition.ts'
import { body, edit, edits } from './testing/bodies.ts'
import { FUZZ_TIMEOUT_MS, fuzzRuns } from './testing/fuzz.ts'

const LIMITS: ExpositionLimits = { maxBytes: 100_000, maxSeries: 10, maxLabelBytes: 60 }
const EVERY = { has: () => true } as unknown as ReadonlySet<string>

const fresh = (bytes: Buffer, format: Format) => createExpositionParser(LIMITS, EVERY).parse(bytes, format)

test('a well-formed body is read as it was meant', { timeout: FUZZ_TIMEOUT_MS }, () => {
  fc.assert(
    fc.property(body, ({ text, format, samples }) => {
      fc.pre(samples.length <= LIMITS.maxSeries)
      const read = fresh(Buffer.from(text), format)
      if (!read.ok) throw new Error(read.message)
      expect(read.samples).toBe(samples.length)
      expect(read.series.map(({ name, labels }) => ({ name, labels }))).toEqual(
        samples.map(({ name, labels }) => ({ name, labels })),
      )
      const values = samples.map(({ value }) => (/inf|nan/i.test(value) ? INFINITE[value] : Number(value)))
      expect([...read.numbers]).toEqual(values)
    }),
    { numRuns: fuzzRuns(0.2) },
  )
})

const INFINITE: Readonly<Record<string, number>> = { NaN: Number.NaN, '+Inf': Infinity, '-inf': -Infinity }

/** Everything but where it stands. */
function said(read: ReturnType<typeof fresh>) {
  return read.ok ? { samples: read.samples, series: read.series, numbers: read.numbers, whole: read.whole } : read
}

test('the layout of the last body never changes what is read of the next', { timeout: FUZZ_TIMEOUT_MS }, () => {
  let byLayout = 0
  fc.assert(
    fc.property(body, fc.array(edits, { minLength: 1, maxLength: 3 }), ({ text, format }, steps) => {
      const parser = createExpositionParser(LIMITS, EVERY)
      let bytes: Buffer = Buffer.from(text)
      let last = parser.parse(bytes, format)
      for (const changes of steps) {
        bytes = edit(bytes, changes)
        // The next answer is received into the same memory.
        const room = Buffer.from(bytes)
        const read = parser.parse(room, format)
        room.fill('x')
        expect(said(read)).toEqual(said(fresh(bytes, format)))
        if (read.ok && last.ok && read.layout === last.layout && read.samples > 0) byLayout++
        last = read
      }
    }),
    { numRuns: fuzzRuns(0.4) },
  )
  // Otherwise this test would compare the full parse with itself.
  expect(byLayout).toBeGreaterThan(fuzzRuns(0.4) / 10)
})

test('no bytes make the parser throw, and what it takes as whole is whole', { timeout: FUZZ_TIMEOUT_MS }, () => {
  const anything = fc.uint8Array({ maxLength: 80 }).map((bytes) => Buffer.from(bytes))
  const almost = fc.tuple(body, edits).map(([{ text }, changes]) => edit(Buffer.from(text), changes))
  fc.assert(
    fc.property(fc.oneof(anything, almost), fc.constantFrom<Format>('text', 'openmetrics'), (bytes, format) => {
      const read = fresh(bytes, format)
      if (!read.ok) expect(read.message).toMatch(/^(?:Line \d+: )?Expected /)
      else
        read.numbers.forEach((number, i) => {
          if (read.whole[i] === 1 && Number.isFinite(number)) expect(Number.isInteger(number)).toBe(true)
        })
    }),
    { numRuns: fuzzRuns(0.2) },
  )
})

test('a label that stands twice in a line is found, whatever the lines above it hold', () => {
  const lines = fc.array(fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 4 }), { maxLength: 5 })
  fc.assert(
    fc.property(lines, (named) => {
      const body = named.map((names) => `f_total{${names.map((name) => `${name}="x"`).join(',')}} 1\n`).join('')
      const read = createExpositionParser(LIMITS, new Set(['f_total'])).parse(Buffer.from(body), 'text')
      expect(read.ok).toBe(named.every((names) => new Set(names).size === names.length))
    }),
    { numRuns: 1_000 },
  )
})

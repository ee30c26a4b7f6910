import { type Counts, METRIC } from '@tabiji/core/journey'
import type { Reading } from '@tabiji/core/ledger'
import type { Exposition } from './exposition.ts'
import { type Plan, placeOf, planReading } from './reading-plan.ts'

/** The samples of a body that a reading is made of. */
export const READING_METRICS: ReadonlySet<string> = new Set([
  METRIC.events,
  METRIC.dependencies,
  METRIC.definition,
  METRIC.dropped,
  // What prom-client makes of a counter's name when it is registered wrongly: seen, it explains what is missing.
  `${METRIC.events}_total`,
  `${METRIC.dependencies}_total`,
])

type DecodedReading =
  | { readonly ok: true; readonly reading: Reading; readonly warnings: readonly string[] }
  /** Taken as a whole or not at all: `message` says why not. */
  | { readonly ok: false; readonly message: string }

export type ReadingDecoder = {
  /** @param at when the body was read, by the collector's clock, milliseconds */
  decode(exposition: Exposition, at: number): DecodedReading
}

/**
 * Makes the decoder for one target. What the series mean is worked out once per layout; after that a body costs one look
 * at each number.
 *
 * @param address names a process that does not say who it is; no user, password or query may be in it
 */
export function createReadingDecoder(service: string, address: string): ReadingDecoder {
  let layout: object | undefined
  let plan: Plan | string = ''
  return {
    decode(exposition, at) {
      if (exposition.layout !== layout) {
        layout = exposition.layout
        plan = planReading(exposition.series, service, address)
      }
      return typeof plan === 'string' ? { ok: false, message: plan } : follow(plan, exposition, at)
    },
  }
}

function follow(plan: Plan, exposition: Exposition, at: number): DecodedReading {
  const problem = valueProblem(plan, exposition)
  if (problem !== undefined) return { ok: false, message: problem }
  const { numbers } = exposition
  // Adding zero makes a plain zero of `-0`.
  const count = (index: number) => (index === -1 ? 0 : (numbers[index] as number) + 0)
  const steps = plan.steps.map(({ journey, step, role, counters: [good, slow, error, excluded] }) => {
    const counts: Counts = [count(good), count(slow), count(error), count(excluded)]
    return { journey, step, role, counts }
  })
  const dropped = plan.dropped.filter(({ index }) => count(index) > 0).map(({ warning }) => warning)
  const { speaker, fingerprint } = plan
  const reading = { speaker, at, steps, ...(fingerprint === undefined ? {} : { fingerprint }) }
  return { ok: true, reading, warnings: [...plan.warnings, ...dropped] }
}

/** One number that is no count makes the whole body doubtful: the books are exact or they are nothing. */
function valueProblem(plan: Plan, exposition: Exposition): string | undefined {
  const { numbers, whole } = exposition
  const expected = (index: number, what: string) => {
    const { line, name } = exposition.series[index] ?? {}
    return `${placeOf(line)}Expected ${name} to be ${what}, got ${numbers[index]}`
  }
  for (const { counters } of plan.steps) {
    for (const index of counters) {
      if (index === -1) continue
      const value = numbers[index] as number
      if (whole[index] !== 1 || value < 0 || value > Number.MAX_SAFE_INTEGER) {
        return expected(index, 'a whole number from 0 to 9007199254740991')
      }
    }
  }
  const { definition } = plan
  return definition === undefined || numbers[definition] === 1 ? undefined : expected(definition, '1')
}

import { LABEL, METRIC, OUTCOMES } from '@tabiji/core/journey'
import type { Reading, Role, StepReading } from '@tabiji/core/ledger'
import type { EngineSample, EngineSeries } from './engine/answer.ts'
import { addressOf, isIdentified, type Target, targetsOf } from './engine-targets.ts'
import { type Exposition, labelValue, type Series } from './exposition.ts'
import { isName } from './name.ts'
import { createReadingDecoder } from './reading.ts'

/** What processes said, as an engine heard it: readings, ascending by time. */
export type Heard = { readonly readings: readonly Reading[]; readonly warnings: readonly string[] }

export type Hearing = {
  /** Names sources that do not say who they are. */
  readonly engine: string
  /** The label that holds the service. */
  readonly serviceLabel: string
  /** Keys of the targets that were seen to say who they are; grows. */
  readonly identified: Set<string>
}

/**
 * Puts raw samples back together into readings: all samples of a target with the same time came from one scrape, so the
 * process that the definition of that moment names is the one that counted.
 */
export function hearProcesses(series: readonly EngineSeries[], hearing: Hearing): Heard {
  const warnings = new Set<string>()
  const { identified, engine } = hearing
  const targets = targetsOf(series)
  for (const target of targets) if (isIdentified(target)) identified.add(target.key)
  const speakers = targets.filter(({ key }) => !identified.has(key)).map((target) => addressOf(target, engine))
  const readings = targets.flatMap((target) => {
    const address = addressOf(target, engine)
    const isAmbiguous = !identified.has(target.key) && speakers.indexOf(address) !== speakers.lastIndexOf(address)
    if (!isAmbiguous) return readTarget(target, address, hearing, warnings)
    // Replicas scrape at different times by different clocks: what looks like a restart may be the other one's older sample.
    const hint = 'let the engine put the series of its replicas together, or `match` those of one of them'
    warnings.add(`Expected one set of labels for ${address}, which tells no process_id, got several; ${hint}`)
    return []
  })
  return { readings: readings.sort((a, b) => a.at - b.at), warnings: [...warnings] }
}

function readTarget(
  { labels, key, series, moments }: Target,
  address: string,
  { serviceLabel, identified }: Hearing,
  warnings: Set<string>,
): readonly Reading[] {
  const service = labels.get(serviceLabel) ?? ''
  if (!isName(service)) {
    warnings.add(`Expected the label ${serviceLabel} of ${address} to name a service; its series are left out`)
    return []
  }
  const decoder = createReadingDecoder(service, address)
  const layouts = new Map<string, Layout>()
  const readings: Reading[] = []
  for (const [at, samples] of [...moments].sort(([a], [b]) => a - b)) {
    const layout = layoutOf([...samples.keys()], series, layouts)
    const decoded = decoder.decode(exposed(layout, samples), at)
    if (!decoded.ok) {
      warnings.add(`${address}: ${decoded.message}; what was scraped then is left out`)
      continue
    }
    // Samples of one scrape may arrive one after the other: nobody knows yet whose counts these are.
    if (identified.has(key) && !decoded.reading.speaker.identified) continue
    for (const warning of decoded.warnings) warnings.add(`${address}: ${warning}`)
    const steps = decoded.reading.steps.map(
      (step): StepReading =>
        layout.partial.has(nameOf(step.role, step.journey, step.step)) ? { ...step, partial: true } : step,
    )
    readings.push({ ...decoded.reading, steps })
  }
  return readings
}

/** Which series have a sample in a moment; most moments of a target are alike. */
type Layout = {
  readonly numbers: readonly number[]
  readonly series: readonly Series[]
  /** Steps that lack a counter: one that is not there says nothing, and is none that went back to zero. */
  readonly partial: ReadonlySet<string>
}

function layoutOf(told: number[], all: readonly Series[], known: Map<string, Layout>): Layout {
  const numbers = told.sort((a, b) => a - b)
  const name = numbers.join()
  const layout = known.get(name)
  if (layout !== undefined) return layout
  const series = numbers.map((number) => all[number] as Series)
  const made = { numbers, series, partial: partialSteps(series) }
  known.set(name, made)
  return made
}

function partialSteps(series: readonly Series[]): ReadonlySet<string> {
  const counters = new Map<string, number>()
  for (const { name, labels } of series) {
    if (name !== METRIC.events && name !== METRIC.dependencies) continue
    const role = name === METRIC.events ? 'own' : 'dependency'
    const step = labelValue(labels, role === 'own' ? LABEL.step : LABEL.serviceStep)
    const key = nameOf(role, labelValue(labels, LABEL.journey), step)
    counters.set(key, (counters.get(key) ?? 0) + 1)
  }
  return new Set([...counters].filter(([, count]) => count < OUTCOMES.length).map(([key]) => key))
}

function nameOf(role: Role, journey: string | undefined, step: string | undefined): string {
  return `${role}\u0000${journey}\u0000${step}`
}

function exposed(layout: Layout, samples: ReadonlyMap<number, EngineSample>): Exposition {
  const { numbers, series } = layout
  const told = numbers.map((number) => samples.get(number) as EngineSample)
  return {
    ok: true,
    samples: told.length,
    layout,
    series,
    numbers: Float64Array.from(told, ({ value }) => value),
    whole: Uint8Array.from(told, ({ whole }) => Number(whole)),
  }
}

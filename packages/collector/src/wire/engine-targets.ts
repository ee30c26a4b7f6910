import { LABEL, METRIC } from '@tabiji/core/journey'
import type { EngineSample, EngineSeries } from './engine/answer.ts'
import { labelValue, type Series } from './exposition.ts'

/** Everything that an engine got from one `/metrics` address, by the labels that it gave to it. */
export type Target = {
  readonly key: string
  readonly labels: ReadonlyMap<string, string>
  readonly series: readonly Series[]
  /** What was scraped in one moment, by the number of the series. */
  readonly moments: ReadonlyMap<number, ReadonlyMap<number, EngineSample>>
}

/** Labels of the contract; all others are the target's. */
const OWN: ReadonlySet<string> = new Set([...Object.values(LABEL), '__name__'])

type Draft = Pick<Target, 'key' | 'labels'> & {
  readonly series: Series[]
  readonly moments: Map<number, Map<number, EngineSample>>
}

export function targetsOf(all: readonly EngineSeries[]): readonly Target[] {
  const targets = new Map<string, Draft>()
  for (const { labels, samples } of all) {
    const entries = [...labels].sort(([a], [b]) => (a < b ? -1 : 1))
    const others = entries.filter(([name]) => !OWN.has(name))
    const key = JSON.stringify(others)
    const target: Draft = targets.get(key) ?? { key, labels: new Map(others), series: [], moments: new Map() }
    targets.set(key, target)
    const own = entries.filter(([name]) => OWN.has(name) && name !== '__name__').flat()
    const name = labels.get('__name__') ?? ''
    const number = target.series.push({ name, labels: own, type: undefined, line: undefined }) - 1
    for (const sample of samples) {
      const moment = target.moments.get(sample.at) ?? new Map<number, EngineSample>()
      target.moments.set(sample.at, moment.set(number, sample))
    }
  }
  return [...targets.values()]
}

/** Whether its processes say who they are. */
export function isIdentified({ series }: Target): boolean {
  return series.some(
    ({ name, labels }) => name === METRIC.definition && (labelValue(labels, LABEL.processId) ?? '') !== '',
  )
}

/** How a source without an id is known. */
export function addressOf({ labels }: Target, engine: string): string {
  return `${engine}/${labels.get('job') ?? ''}/${labels.get('instance') ?? ''}`
}

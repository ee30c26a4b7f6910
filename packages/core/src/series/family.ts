import type { Standing, Standings } from './standing.ts'

type Labels = Readonly<Record<string, string>>

/** One value with its labels. A value that is not known is no sample: never NaN. */
export type Sample = { readonly labels: Labels; readonly value: number }

/** All series of one name. */
export type Family = {
  readonly name: string
  readonly help: string
  readonly type: 'gauge' | 'counter'
  samples(standings: Standings): Iterable<Sample>
}

/** A gauge with any number of samples for each objective. */
export function gauge(name: string, help: string, samplesOf: (standing: Standing) => Iterable<Sample>): Family {
  return {
    name,
    help,
    type: 'gauge',
    *samples({ objectives }) {
      for (const standing of objectives) yield* samplesOf(standing)
    },
  }
}

/** Makes gauges with one sample for each objective, or none while its value is not known. */
export function gaugesWith(labelsOf: (standing: Standing) => Labels) {
  return (name: string, help: string, valueFor: (standing: Standing) => number | undefined): Family =>
    gauge(name, help, (standing) => {
      const value = valueFor(standing)
      return value === undefined ? [] : [{ labels: labelsOf(standing), value }]
    })
}

/** How many lines are put together at a time: small enough that nobody waits for one, some 100 kB. */
const LINES = 500

/**
 * The families in the text format of Prometheus 0.0.4, piece by piece, so that whoever writes them may let others go
 * first. A family without samples is left out whole.
 */
export function* seriesText(families: readonly Family[], standings: Standings): Generator<string, void, void> {
  for (const { name, help, type, samples } of families) {
    let lines = [`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`]
    let isEmpty = true
    for (const { labels, value } of samples(standings)) {
      isEmpty = false
      if (lines.push(`${name}{${labelText(labels)}} ${value}`) < LINES) continue
      yield `${lines.join('\n')}\n`
      lines = []
    }
    if (!isEmpty && lines.length > 0) yield `${lines.join('\n')}\n`
  }
}

function labelText(labels: Labels): string {
  return Object.entries(labels)
    .map(([label, value]) => `${label}="${escaped(value)}"`)
    .join(',')
}

function escaped(value: string): string {
  return value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')
}

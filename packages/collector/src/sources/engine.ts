import type { PastSource } from '../ports/past-source.ts'
import type { Engine } from '../wire/engine.ts'
import { hearProcesses } from '../wire/engine-readings.ts'
import { READING_METRICS } from '../wire/reading.ts'

/** A Prometheus-compatible engine that scrapes services, as the configuration names it. */
export type EnginePlace = {
  readonly name: string
  /** Values of the label that are services of ours. */
  readonly services: readonly string[]
  readonly serviceLabel: string
  /** Further labels and the values that they must have. */
  readonly match: Readonly<Record<string, string>>
  readonly intervalMs: number
  readonly delayMs: number
}

/** Makes a source of the counters that an engine scraped: raw samples, so that counts stay what the services said. */
export function createEngineSource(place: EnginePlace, engine: Engine): PastSource {
  const { name, serviceLabel, intervalMs, delayMs } = place
  const selector = selectorOf(place)
  const hearing = { engine: name, serviceLabel, identified: new Set<string>() }
  return {
    // What scrapes are called begins with a service; so a target and an engine never share a name.
    name: `engine ${name}`,
    choice: selector,
    intervalMs,
    delayMs,
    read: async (stretch, signal) => {
      const answer = await engine.raw(selector, stretch, signal)
      if (!answer.ok) return answer
      if (answer.partial) {
        const why = answer.warnings.join('; ') || 'it says so itself'
        return { ok: false, failure: 'partial', message: `Expected a whole answer of the engine: ${why}` }
      }
      return { ok: true, ...hearProcesses(answer.series, hearing) }
    },
  }
}

/** All that we read in one question: so what was scraped in one moment comes in one answer. */
function selectorOf({ services, serviceLabel, match }: EnginePlace): string {
  const matchers = [
    `__name__=~${quoted([...READING_METRICS].join('|'))}`,
    `${serviceLabel}=~${quoted(services.map(escaped).join('|'))}`,
    ...Object.entries(match).map(([label, value]) => `${label}=${quoted(value)}`),
  ]
  return `{${matchers.join(',')}}`
}

/** PromQL takes the escapes of JSON that these texts can need. */
const quoted = (text: string) => JSON.stringify(text)

/** In a regular expression of RE2, a name is only itself. */
const escaped = (name: string) => name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')

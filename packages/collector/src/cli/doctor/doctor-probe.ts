import { LABEL, METRIC, OUTCOMES } from '@tabiji/core/journey'
import { type Place, readTarget, type Sample, type TargetRead } from '../../app/target.ts'

/** What one reading of a target said. */
export type Said = {
  readonly processes: readonly { readonly id: string; readonly fingerprint: string; readonly startedAt: string }[]
  /** Events by `journey/step`, all outcomes together. */
  readonly events: ReadonlyMap<string, number>
  readonly dropped: ReadonlyMap<string, number>
  /** Distinct paths by the name of a metric that labels by path. */
  readonly paths: ReadonlyMap<string, number>
  /** The target's clock minus ours in milliseconds, as far as its `Date` header tells; undefined without one. */
  readonly clockMs: number | undefined
}

export type Probed = { readonly ok: true; readonly said: Said } | Extract<TargetRead, { readonly ok: false }>

const BY_PATH: ReadonlySet<string> = new Set(
  [
    'http_request_duration_seconds',
    'http_request_duration_ms',
    'http_server_request_duration_seconds',
    'http_server_request_duration',
    'http_server_duration',
  ].map((name) => `${name}_count`),
)
const PATH_LABELS: readonly string[] = ['path', 'route', 'http_route', 'url', 'uri']
const WANTED: ReadonlySet<string> = new Set([METRIC.events, METRIC.definition, METRIC.dropped, ...BY_PATH])

/** Reads a target once. */
export async function probe(place: Place, timeoutMs: number, now: () => number): Promise<Probed> {
  const began = now()
  const read = await readTarget(place, WANTED, timeoutMs)
  if (!read.ok) return read
  const date = Date.parse(read.date ?? '')
  // A Date header is cut to whole seconds; half of one is the least wrong.
  const clockMs = Number.isNaN(date) ? undefined : date + 500 - (began + now()) / 2
  return { ok: true, said: { ...saidBy(read.samples), clockMs } }
}

function saidBy(samples: readonly Sample[]): Omit<Said, 'clockMs'> {
  const events = new Map<string, number>()
  const dropped = new Map<string, number>()
  const paths = new Map<string, Set<string>>()
  const processes: Said['processes'][number][] = []
  for (const { name, labels, value } of samples) {
    const label = (key: string) => labels.get(key) ?? ''
    if (name === METRIC.definition) {
      processes.push({
        id: label(LABEL.processId),
        fingerprint: label(LABEL.fingerprint),
        startedAt: label(LABEL.startedAt),
      })
    } else if (name === METRIC.events && OUTCOMES.some((outcome) => outcome === label(LABEL.outcome))) {
      const step = `${label(LABEL.journey)}/${label(LABEL.step)}`
      events.set(step, (events.get(step) ?? 0) + value)
    } else if (name === METRIC.dropped) dropped.set(label(LABEL.reason), value)
    else if (BY_PATH.has(name)) {
      const path = PATH_LABELS.map((key) => labels.get(key)).find((found) => found !== undefined)
      if (path !== undefined) paths.set(name, (paths.get(name) ?? new Set()).add(path))
    }
  }
  return { processes, events, dropped, paths: new Map([...paths].map(([name, found]) => [name, found.size])) }
}

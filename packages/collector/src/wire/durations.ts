import { LABEL, METRIC } from '@tabiji/core/journey'
import type { StepDurations } from '@tabiji/core/ledger'
import {
  createExpositionParser,
  type Exposition,
  type ExpositionLimits,
  type Format,
  labelValue,
} from './exposition.ts'
import { isName } from './name.ts'

const BUCKET = `${METRIC.duration}_bucket`

/** The samples that durations are made of. */
const DURATION_METRICS: ReadonlySet<string> = new Set([BUCKET])

/** Histograms are cumulative and for advice: taken now and then they cost a reading nothing, and miss only a process's end. */
const EVERY_MS = 5 * 60_000

export type DurationReader = {
  /** @param at milliseconds. @returns the histograms of the body; none until the last ones are five minutes old */
  read(body: Buffer, format: Format, at: number): readonly StepDurations[]
}

/** Parses a body that was read already once more, for its buckets alone; no layout is kept for it. */
export function createDurationReader(limits: ExpositionLimits): DurationReader {
  let tookAt = Number.NEGATIVE_INFINITY
  return {
    read: (body, format, at) => {
      if (Math.abs(at - tookAt) < EVERY_MS) return []
      tookAt = at
      const exposition = createExpositionParser(limits, DURATION_METRICS).parse(body, format)
      return exposition.ok ? decodeDurations(exposition) : []
    },
  }
}

/**
 * The histograms of a body, one for each step. They are for advice: a histogram that cannot be read (no last bucket, an edge
 * twice, buckets that fall) is left out, and nothing else suffers.
 */
function decodeDurations({ series, numbers, whole }: Exposition): readonly StepDurations[] {
  const steps = new Map<string, { journey: string; step: string; buckets: Map<number, number> | undefined }>()
  for (const [i, { labels }] of series.entries()) {
    const [journey, step, le] = [LABEL.journey, LABEL.step, 'le'].map((label) => labelValue(labels, label))
    if (journey === undefined || step === undefined || !isName(journey) || !isName(step)) continue
    const edge = le === '+Inf' ? Number.POSITIVE_INFINITY : Number(le) * 1000
    const key = `${journey}\u0000${step}`
    const known = steps.get(key) ?? { journey, step, buckets: new Map<number, number>() }
    steps.set(key, known)
    const below = numbers[i] as number
    if (Number.isNaN(edge) || edge < 0 || whole[i] !== 1 || known.buckets?.has(edge) === true) known.buckets = undefined
    known.buckets?.set(edge, below)
  }
  let last: readonly number[] = []
  return [...steps.values()].flatMap(({ journey, step, buckets }) => {
    const sorted = [...(buckets ?? [])].sort(([a], [b]) => a - b)
    // A service has the same edges everywhere; they are remembered until its next histograms come.
    const own = sorted.map(([edge]) => edge)
    const edges = own.length === last.length && own.every((edge, i) => edge === last[i]) ? last : own
    last = edges
    const counts = sorted.map(([, below], i) => below - (sorted[i - 1]?.[1] ?? 0))
    const isWhole = edges.at(-1) === Number.POSITIVE_INFINITY && counts.every((count) => count >= 0)
    return isWhole ? [{ journey, step, edges, counts }] : []
  })
}

import { type Metadata, type MetricType, scanComment, typeOf } from './comment.ts'
import type { Labels } from './labels.ts'
import { type Layout, layOut, type Series, type Values } from './layout.ts'
import { isWholeAt, numberAt, scanNumber } from './number.ts'
import { scanSampleLabels, scanSampleName, scanTail } from './sample.ts'
import {
  areSame,
  byteAt,
  createScan,
  type Format,
  fail,
  HASH,
  isLineEnd,
  type Scan,
  scanLineEnd,
  skipBlanks,
  textOf,
} from './scan.ts'

export type Limits = {
  readonly maxBytes: number
  /** Samples of all kinds, also those that nobody asked for. */
  readonly maxSeries: number
  /** Longest metric name, label name or label value. */
  readonly maxLabelBytes: number
}

export type Refused = {
  readonly ok: false
  readonly failure: 'malformed' | 'too_large' | 'too_many_series'
  readonly message: string
}

export type WholeBody = {
  readonly ok: true
  readonly layout: Layout
  /** What was asked for. */
  readonly series: readonly Series[]
  readonly values: Values
}

/** A body on its way through the parser. */
type Progress = {
  readonly scan: Scan
  readonly wanted: ReadonlySet<string>
  readonly metadata: Metadata
  line: number
  samples: number
  /** See {@link layOut}; `fixedFrom` is where the stretch began that is going on. */
  readonly fixed: number[]
  fixedFrom: number
  readonly taken: number[]
  /** Types are filled in at the end: in what order comments and samples stand is no concern of ours. */
  readonly series: (Omit<Series, 'type'> & { type: MetricType | undefined })[]
  readonly numbers: number[]
  readonly whole: number[]
  /** The last bare name, and whether it is wanted: the series of a metric stand together. */
  nameFrom: number
  nameTo: number
  isNameWanted: boolean
}

/**
 * Parses a body line by line. The grammar of every line is checked; what a line means is kept only for the wanted names.
 * Lines are read strictly from left to right, which is what lets a later body be read by its layout.
 */
export function parseWholeBody(
  bytes: Buffer,
  format: Format,
  limits: Limits,
  wanted: ReadonlySet<string>,
): WholeBody | Refused {
  const progress = begin(createScan(bytes, format, limits.maxLabelBytes), wanted)
  const { scan, metadata, fixed, taken, series } = progress
  while (scan.at < scan.end) {
    progress.line++
    if (!scanLine(progress)) return malformed(progress)
    if (progress.samples > limits.maxSeries) {
      const message = `Expected at most ${limits.maxSeries} series, but line ${progress.line} holds another one`
      return { ok: false, failure: 'too_many_series', message }
    }
  }
  if (format === 'openmetrics' && !metadata.ended) {
    fail(scan, 'Expected OpenMetrics to end with # EOF: the body was cut short')
    return malformed(progress)
  }
  fixed.push(progress.fixedFrom, scan.end)
  for (const one of series) one.type = typeOf(one.name, format, metadata)
  const values = { numbers: Float64Array.from(progress.numbers), whole: Uint8Array.from(progress.whole) }
  return { ok: true, layout: layOut(bytes, format, fixed, taken), series, values }
}

function begin(scan: Scan, wanted: ReadonlySet<string>): Progress {
  const metadata = { types: new Map(), helped: new Set<string>(), ended: false }
  const lists = { fixed: [], taken: [], series: [], numbers: [], whole: [] }
  const lastName = { nameFrom: 0, nameTo: 0, isNameWanted: false }
  return { scan, wanted, metadata, line: 0, samples: 0, fixedFrom: 0, ...lists, ...lastName }
}

function malformed({ line, scan }: Progress): Refused {
  return { ok: false, failure: 'malformed', message: `Line ${Math.max(1, line)}: ${scan.reason}` }
}

function scanLine(progress: Progress): boolean {
  const { scan, metadata } = progress
  if (metadata.ended) return fail(scan, 'Expected nothing after # EOF')
  skipBlanks(scan)
  if (byteAt(scan, scan.at) === HASH) return scanComment(scan, metadata) && scanLineEnd(scan)
  return (isLineEnd(scan) || scanSample(progress)) && scanLineEnd(scan)
}

function scanSample(progress: Progress): boolean {
  const { scan } = progress
  const nameFrom = scan.at
  const name = scanSampleName(scan)
  if (name === false) return false
  const isQuoted = typeof name === 'string'
  const isWanted = isQuoted ? progress.wanted.has(name) : isBareNameWanted(progress, nameFrom, scan.at)
  const nameTo = scan.at
  const labels: Labels | undefined = isWanted ? [] : undefined
  if (!scanSampleLabels(scan, isQuoted, labels)) return false
  const valueFrom = scan.at
  const form = scanNumber(scan)
  if (form === undefined) return false
  if (labels !== undefined) {
    progress.taken.push(progress.samples)
    const text = isQuoted ? name : textOf(scan, nameFrom, nameTo, 0)
    progress.series.push({ name: text, labels, type: undefined, line: progress.line })
    progress.numbers.push(numberAt(scan, valueFrom, form))
    progress.whole.push(isWholeAt(scan, valueFrom, form) ? 1 : 0)
  }
  progress.samples++
  if (!scanTail(scan)) return false
  progress.fixed.push(progress.fixedFrom, valueFrom)
  progress.fixedFrom = scan.at
  return true
}

/** Asks the set of wanted names only when the name is another one than on the line before. */
function isBareNameWanted(progress: Progress, from: number, to: number): boolean {
  const { nameFrom, nameTo, wanted } = progress
  const { bytes } = progress.scan
  progress.nameFrom = from
  progress.nameTo = to
  if (!areSame(bytes, nameFrom, nameTo, from, to)) {
    progress.isNameWanted = wanted.has(bytes.toString('latin1', from, to))
  }
  return progress.isNameWanted
}

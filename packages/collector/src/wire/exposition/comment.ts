import { quotedText, scanMetricName, scanQuoted } from './labels.ts'
import {
  byteAt,
  CR,
  expected,
  type Format,
  fail,
  isLineEnd,
  LF,
  QUOTE,
  type Scan,
  SPACE,
  skipBlanks,
  TAB,
} from './scan.ts'

const METRIC_TYPES = [
  'counter',
  'gauge',
  'histogram',
  'gaugehistogram',
  'summary',
  'info',
  'stateset',
  'unknown',
  'untyped',
] as const
export type MetricType = (typeof METRIC_TYPES)[number]

/** What the comments of a body have said so far. */
export type Metadata = {
  readonly types: Map<string, MetricType>
  readonly helped: Set<string>
  /** `# EOF` was read: OpenMetrics allows nothing after it. */
  ended: boolean
}

/**
 * Moves past a comment, up to the end of its line. HELP, TYPE, UNIT and EOF are checked; anything else after `#` is
 * free text, also in OpenMetrics, since a remark measures nothing.
 */
export function scanComment(scan: Scan, metadata: Metadata): boolean {
  const from = scan.at
  scan.at++
  skipBlanks(scan)
  const keyword = scanWord(scan)
  const isOpenMetrics = scan.format === 'openmetrics'
  if (keyword === 'TYPE') return scanType(scan, metadata)
  if (keyword === 'HELP') return scanHelp(scan, metadata)
  if (keyword === 'UNIT' && isOpenMetrics) return scanFamily(scan) !== undefined && skipRest(scan)
  const isEnd = keyword === 'EOF' && isOpenMetrics && isLineEnd(scan)
  if (isEnd && scan.bytes.toString('latin1', from, scan.at) === '# EOF') metadata.ended = true
  return skipRest(scan)
}

function scanHelp(scan: Scan, { helped }: Metadata): boolean {
  const family = scanFamily(scan)
  if (family === undefined) return false
  if (helped.has(family)) return twice(scan, 'HELP', family)
  helped.add(family)
  return skipRest(scan)
}

function scanType(scan: Scan, { types }: Metadata): boolean {
  const family = scanFamily(scan)
  if (family === undefined) return false
  if (types.has(family)) return twice(scan, 'TYPE', family)
  skipBlanks(scan)
  const at = scan.at
  const word = scanWord(scan)
  const type = METRIC_TYPES.find((one) => one === word)
  if (type === undefined) {
    scan.at = at
    return expected(scan, 'a metric type')
  }
  types.set(family, type)
  skipBlanks(scan)
  return isLineEnd(scan) || expected(scan, 'nothing after the metric type')
}

function twice(scan: Scan, keyword: string, family: string): false {
  return fail(scan, `Expected one ${keyword} line per metric, got a second one for ${JSON.stringify(family)}`)
}

/**
 * What a sample's family is declared to be. The family of an OpenMetrics counter or info is named without the suffix of
 * its sample.
 */
export function typeOf(name: string, format: Format, { types }: Metadata): MetricType | undefined {
  const own = types.get(name)
  if (own !== undefined || format === 'text') return own
  const suffix = ['_total', '_info'].find((one) => name.endsWith(one))
  return suffix === undefined ? undefined : types.get(name.slice(0, -suffix.length))
}

/** The metric name after a keyword, bare or quoted. */
function scanFamily(scan: Scan): string | undefined {
  skipBlanks(scan)
  const from = scan.at
  if (byteAt(scan, from) === QUOTE) return scanQuoted(scan) && endsWord(scan) ? quotedText(scan, from, 0) : undefined
  return scanMetricName(scan) && endsWord(scan) ? scan.bytes.toString('latin1', from, scan.at) : undefined
}

function endsWord(scan: Scan): boolean {
  const byte = byteAt(scan, scan.at)
  return byte === SPACE || byte === TAB || isLineEnd(scan) || expected(scan, 'a blank after the metric name')
}

/** The bytes up to the next blank or line end; keywords and types are short, so a longer word is cut off. */
function scanWord(scan: Scan): string {
  const from = scan.at
  const isPart = (byte: number) => byte !== SPACE && byte !== TAB && !isLineEnd(scan)
  while (scan.at - from < LONGEST_WORD && isPart(byteAt(scan, scan.at))) scan.at++
  return scan.bytes.toString('latin1', from, scan.at)
}

const LONGEST_WORD = 20

function skipRest(scan: Scan): true {
  const lineFeed = scan.bytes.indexOf(LF, scan.at)
  if (lineFeed === -1) scan.at = scan.end
  else scan.at = lineFeed > scan.at && byteAt(scan, lineFeed - 1) === CR ? lineFeed - 1 : lineFeed
  return true
}

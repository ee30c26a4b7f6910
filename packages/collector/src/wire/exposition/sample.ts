import { type Labels, quotedText, scanLabels, scanMetricName, scanQuoted } from './labels.ts'
import { type NumberForm, scanNumber } from './number.ts'
import {
  BRACE,
  byteAt,
  COMMA,
  END_BRACE,
  expected,
  HASH,
  isLineEnd,
  QUOTE,
  type Scan,
  SPACE,
  skipBlanks,
  TAB,
} from './scan.ts'

/**
 * Moves past the name at the beginning of a sample: `name`, or `{"name"` with the comma or before the closing brace.
 *
 * @returns the name when it is quoted, `true` for a bare one, `false` when there is none
 */
export function scanSampleName(scan: Scan): boolean | string {
  if (byteAt(scan, scan.at) !== BRACE) return scanMetricName(scan)
  scan.at++
  skipBlanks(scan)
  const from = scan.at
  if (byteAt(scan, from) !== QUOTE) return expected(scan, 'a quoted metric name')
  if (!scanQuoted(scan)) return false
  const name = quotedText(scan, from, 0)
  skipBlanks(scan)
  const byte = byteAt(scan, scan.at)
  if (byte === COMMA) scan.at++
  else if (byte !== END_BRACE) return expected(scan, 'a comma or a closing brace after the metric name')
  return name
}

/** Moves past the labels, if any, and the blanks before the value. */
export function scanSampleLabels(scan: Scan, isQuoted: boolean, into: Labels | undefined): boolean {
  const from = scan.at
  if (isQuoted) {
    if (!scanLabels(scan, into)) return false
  } else {
    skipBlanks(scan)
    if (byteAt(scan, scan.at) === BRACE) {
      scan.at++
      if (!scanLabels(scan, into)) return false
    } else if (scan.at === from) return expected(scan, 'a blank or labels after the metric name')
  }
  skipBlanks(scan)
  return true
}

/** Moves past everything behind the value: a timestamp, in OpenMetrics an exemplar, and blanks. */
export function scanTail(scan: Scan): boolean {
  const first = byteAt(scan, scan.at)
  if (first !== SPACE && first !== TAB) return true
  skipBlanks(scan)
  if (byteAt(scan, scan.at) !== HASH && !isLineEnd(scan) && !scanTimestamp(scan)) return false
  if (byteAt(scan, scan.at) !== HASH) return true
  return scan.format === 'openmetrics' ? scanExemplar(scan) : expected(scan, 'the end of the line')
}

/** Whole milliseconds in the text format, seconds as a decimal in OpenMetrics. Only checked: the collector's clock counts. */
function scanTimestamp(scan: Scan): boolean {
  const from = scan.at
  const form = scanNumber(scan)
  if (form === undefined) return false
  if (!isTimestamp(form, scan)) {
    scan.at = from
    return expected(scan, 'a timestamp')
  }
  skipBlanks(scan)
  return true
}

function isTimestamp(form: NumberForm, scan: Scan): boolean {
  return form === 'digits' || form === 'integer' || (form === 'decimal' && scan.format === 'openmetrics')
}

function scanExemplar(scan: Scan): boolean {
  scan.at++
  skipBlanks(scan)
  if (byteAt(scan, scan.at) !== BRACE) return expected(scan, 'the labels of an exemplar')
  scan.at++
  if (!scanLabels(scan, undefined)) return false
  skipBlanks(scan)
  if (scanNumber(scan) === undefined) return false
  skipBlanks(scan)
  return isLineEnd(scan) || scanTimestamp(scan)
}

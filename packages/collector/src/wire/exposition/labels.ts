import {
  BACKSLASH,
  byteAt,
  COMMA,
  END_BRACE,
  EQUALS,
  expected,
  fail,
  LF,
  NOTHING,
  QUOTE,
  type Scan,
  skipBlanks,
  textOf,
} from './scan.ts'

/** Names and values by turns: a body has tens of thousands of labels, and nothing smaller holds them. */
export type Labels = string[]

const LETTER = 1
const DIGIT = 2
const COLON = 4

const CHARACTER_KIND = Uint8Array.from({ length: 256 }, (_, byte) => {
  const character = String.fromCharCode(byte)
  if (/[A-Za-z_]/.test(character)) return LETTER
  return /\d/.test(character) ? DIGIT : character === ':' ? COLON : 0
})

/** Moves past a metric name that is written without quotes. */
export function scanMetricName(scan: Scan): boolean {
  return scanBareName(scan, LETTER | COLON, 'a metric name')
}

function scanBareName(scan: Scan, start: number, what: string): boolean {
  const { bytes, end } = scan
  const from = scan.at
  if (from >= end || ((CHARACTER_KIND[bytes[from] as number] as number) & start) === 0) return expected(scan, what)
  let at = from + 1
  while (at < end && ((CHARACTER_KIND[bytes[at] as number] as number) & (start | DIGIT)) !== 0) at++
  scan.at = at
  return isShort(scan, from, at)
}

/**
 * Moves past a quoted text. A line feed, a double quote and a backslash are escaped in it. Another escape is malformed
 * in the text format; OpenMetrics lets a backslash before any other character stand for itself.
 */
export function scanQuoted(scan: Scan): boolean {
  const { bytes, end } = scan
  const from = scan.at + 1
  let at = from
  scan.escaped = false
  for (; at < end; at++) {
    const byte = bytes[at] as number
    if (byte === QUOTE) {
      scan.at = at + 1
      return isShort(scan, from, at)
    }
    if (byte === LF) break
    if (byte === BACKSLASH) {
      scan.escaped = true
      const next = byteAt(scan, ++at)
      if (next === LF || next === NOTHING) break
      if (scan.format === 'text' && next !== BACKSLASH && next !== QUOTE && next !== LOWER_N) {
        scan.at = at - 1
        return expected(scan, 'one of the escapes \\\\, \\" and \\n')
      }
    }
  }
  scan.at = Math.min(at, end)
  return expected(scan, 'a closing quote')
}

const LOWER_N = 110

function isShort(scan: Scan, from: number, to: number): boolean {
  if (to - from <= scan.maxLabelBytes) return true
  return fail(scan, `Expected names and label values of at most ${scan.maxLabelBytes} bytes, got ${to - from}`)
}

/** The quoted text that {@link scanQuoted} moved past, its quotes and escapes taken off. */
export function quotedText(scan: Scan, from: number, place: number): string {
  const text = textOf(scan, from + 1, scan.at - 1, place)
  if (!scan.escaped) return text
  return text.replace(/\\([\\"n])/g, (_, character: string) => (character === 'n' ? '\n' : character))
}

/**
 * Moves past labels and their closing brace; `scan.at` stands behind the opening one, or behind the comma of a quoted
 * metric name. A comma may follow the last label.
 *
 * @param into gets the labels; without it they are only checked, which is what most series of a body need
 */
export function scanLabels(scan: Scan, into: Labels | undefined): boolean {
  for (;;) {
    skipBlanks(scan)
    if (byteAt(scan, scan.at) === END_BRACE) break
    if (!scanLabel(scan, into)) return false
    skipBlanks(scan)
    const byte = byteAt(scan, scan.at)
    if (byte === END_BRACE) break
    if (byte !== COMMA) return expected(scan, 'a comma or a closing brace')
    scan.at++
  }
  scan.at++
  return true
}

function scanLabel(scan: Scan, into: Labels | undefined): boolean {
  const from = scan.at
  const isQuoted = byteAt(scan, from) === QUOTE
  if (!(isQuoted ? scanQuoted(scan) : scanBareName(scan, LETTER, 'a label name'))) return false
  const name = into === undefined ? '' : labelName(scan, from, isQuoted, into.length + 1)
  skipBlanks(scan)
  if (byteAt(scan, scan.at) !== EQUALS) return expected(scan, '= after a label name')
  scan.at++
  skipBlanks(scan)
  const valueFrom = scan.at
  if (byteAt(scan, valueFrom) !== QUOTE) return expected(scan, 'a quoted label value')
  if (!scanQuoted(scan)) return false
  if (into === undefined) return true
  if (labelValue(into, name) !== undefined) {
    return fail(scan, `Expected each label once, got ${JSON.stringify(name.slice(0, 40))} twice`)
  }
  into.push(name, quotedText(scan, valueFrom, into.length + 2))
  return true
}

function labelName(scan: Scan, from: number, isQuoted: boolean, place: number): string {
  return isQuoted ? quotedText(scan, from, place) : textOf(scan, from, scan.at, place)
}

/** The value of a label; `undefined` when the series does not have it. */
export function labelValue(labels: readonly string[], name: string): string | undefined {
  for (let i = 0; i < labels.length; i += 2) if (labels[i] === name) return labels[i + 1]
  return undefined
}

import { byteAt, CR, expected, LF, NOTHING, type Scan, SPACE, TAB } from './scan.ts'

/**
 * How a number is written: plain digits, an integer with a sign or of more than fifteen digits, a decimal, an infinity
 * or NaN.
 */
export type NumberForm = 'digits' | 'integer' | 'decimal' | 'special'

const PLUS = 43
const MINUS = 45
const POINT = 46
const ZERO = 48

/** A double holds every integer of this many digits exactly. */
const EXACT_DIGITS = 15

/**
 * Moves past a number that ends at a blank, at the end of the line or of the body.
 *
 * @returns how it is written, or `undefined` when no number stands here; `scan.digits` holds the value of `digits`, the
 *   others are read by {@link numberOf} when somebody wants them
 */
export function scanNumber(scan: Scan): NumberForm | undefined {
  const { bytes, end } = scan
  const from = scan.at
  let at = from
  let value = 0
  for (; at < end; at++) {
    const digit = (bytes[at] as number) - ZERO
    if (digit < 0 || digit > 9) break
    value = value * 10 + digit
  }
  if (at > from && at - from <= EXACT_DIGITS && endsToken(byteAt(scan, at))) {
    scan.at = at
    scan.digits = value
    return 'digits'
  }
  return scanAnyNumber(scan)
}

function scanAnyNumber(scan: Scan): NumberForm | undefined {
  const from = scan.at
  const sign = byteAt(scan, from)
  let at = sign === PLUS || sign === MINUS ? from + 1 : from
  const whole = digitsFrom(scan, at)
  at += whole
  let form: NumberForm = 'integer'
  let fraction = 0
  if (byteAt(scan, at) === POINT) {
    form = 'decimal'
    fraction = digitsFrom(scan, at + 1)
    at += 1 + fraction
  }
  if (whole + fraction === 0) return scanSpecial(scan)
  if ((byteAt(scan, at) | 32) === E) {
    form = 'decimal'
    const exponentSign = byteAt(scan, ++at)
    if (exponentSign === PLUS || exponentSign === MINUS) at++
    const exponent = digitsFrom(scan, at)
    if (exponent === 0) return noNumber(scan)
    at += exponent
  }
  if (!endsToken(byteAt(scan, at))) return noNumber(scan)
  scan.at = at
  return form
}

const E = 101

/** Spellings by the grammar of OpenMetrics, in any case; NaN has no sign. */
const SPECIAL = /^(?:[+-]?inf(?:inity)?|nan)$/i
const LONGEST_SPECIAL = '+infinity'.length

function scanSpecial(scan: Scan): NumberForm | undefined {
  let to = scan.at
  while (to - scan.at <= LONGEST_SPECIAL && !endsToken(byteAt(scan, to))) to++
  if (!SPECIAL.test(scan.bytes.toString('latin1', scan.at, to))) return noNumber(scan)
  scan.at = to
  return 'special'
}

function noNumber(scan: Scan): undefined {
  expected(scan, 'a number')
  return undefined
}

function digitsFrom(scan: Scan, from: number): number {
  let at = from
  for (let byte = byteAt(scan, at); byte >= ZERO && byte <= ZERO + 9; byte = byteAt(scan, ++at));
  return at - from
}

function endsToken(byte: number): boolean {
  return byte === LF || byte === SPACE || byte === NOTHING || byte === CR || byte === TAB
}

/** The value of the number that {@link scanNumber} moved past, rounded to the nearest double. */
export function numberAt(scan: Scan, from: number, form: NumberForm): number {
  if (form === 'digits') return scan.digits
  const text = scan.bytes.toString('latin1', from, scan.at)
  if (form !== 'special') return Number(text)
  if (/^nan$/i.test(text)) return Number.NaN
  return text.startsWith('-') ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY
}

/**
 * Whether the number that {@link scanNumber} moved past denotes a whole one, judged by its text: rounding to a double
 * makes 4503599627370497.5 look whole. `1.5e+06` is whole, because the digits that stay behind the point are zeros.
 */
export function isWholeAt(scan: Scan, from: number, form: NumberForm): boolean {
  if (form === 'digits' || form === 'integer') return true
  if (form === 'special') return false
  const text = scan.bytes.toString('latin1', from, scan.at)
  const [, whole = '', fraction = '', exponent = '0'] = /^[+-]?(\d*)\.?(\d*)(?:e([+-]?\d+))?$/i.exec(text) ?? []
  const behindPoint = `${whole}${fraction}`.slice(Math.max(0, whole.length + Number(exponent)))
  return /^0*$/.test(behindPoint)
}

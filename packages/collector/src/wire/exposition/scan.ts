/** The two formats that the parser reads: Prometheus text 0.0.4 and OpenMetrics 1.0. */
export type Format = 'text' | 'openmetrics'

/**
 * A body that is being read, and where. One object serves a whole body, so that the hot loops make no others. A scan
 * function moves `at` past what it read and returns `true`; otherwise it states the reason and returns `false`.
 */
export type Scan = {
  readonly bytes: Buffer
  readonly end: number
  readonly format: Format
  /** Longest metric name, label name or label value, in bytes. */
  readonly maxLabelBytes: number
  at: number
  /** Whether the last quoted text holds escapes. */
  escaped: boolean
  /** See {@link textOf}. */
  readonly texts: Texts
  /** The last number read, when it was written as at most fifteen digits; otherwise its text must be asked. */
  digits: number
  reason: string
}

/** Texts that were decoded before. */
type Texts = {
  /** The whole body as one character per byte, once it is needed. */
  oneByte?: string
  readonly known: Map<string, string>
  /** Where the last text stood that was asked for in this place of a line, and what it was. */
  readonly places: { from: number; to: number; text: string }[]
}

export const TAB = 9
export const LF = 10
export const CR = 13
export const SPACE = 32
export const QUOTE = 34
export const HASH = 35
export const COMMA = 44
export const EQUALS = 61
export const BACKSLASH = 92
export const BRACE = 123
export const END_BRACE = 125

/** What {@link byteAt} gives at the end of the body. */
export const NOTHING = -1

export function createScan(bytes: Buffer, format: Format, maxLabelBytes: number): Scan {
  const state = { at: 0, escaped: false, digits: 0, reason: '' }
  return { bytes, end: bytes.length, format, maxLabelBytes, texts: { places: [], known: new Map() }, ...state }
}

export function byteAt(scan: Scan, at: number): number {
  return at < scan.end ? (scan.bytes[at] as number) : NOTHING
}

export function skipBlanks(scan: Scan): void {
  let byte = byteAt(scan, scan.at)
  while (byte === SPACE || byte === TAB) byte = byteAt(scan, ++scan.at)
}

/** Whether a line ends here: at LF, CR LF, or the end of the body. */
export function isLineEnd(scan: Scan): boolean {
  const byte = byteAt(scan, scan.at)
  return byte === LF || byte === NOTHING || (byte === CR && byteAt(scan, scan.at + 1) === LF)
}

/** Moves to the beginning of the next line. */
export function scanLineEnd(scan: Scan): boolean {
  if (!isLineEnd(scan)) return expected(scan, 'the end of the line')
  if (byteAt(scan, scan.at) === CR) scan.at++
  if (scan.at < scan.end) scan.at++
  return true
}

export function fail(scan: Scan, reason: string): false {
  scan.reason = reason
  return false
}

/** Fails with what should stand here and what does. */
export function expected(scan: Scan, what: string): false {
  return fail(scan, `Expected ${what}, got ${found(scan)}`)
}

/** A few characters at most: enough to find the place, too little to carry a secret or a page into a log. */
function found(scan: Scan): string {
  if (scan.at >= scan.end) return 'the end of the body'
  if (isLineEnd(scan)) return 'the end of the line'
  const [line = ''] = scan.bytes.toString('utf8', scan.at, Math.min(scan.end, scan.at + 48)).split(/\r?\n/)
  const characters = [...line]
  return characters.length > 12 ? `${JSON.stringify(characters.slice(0, 12).join(''))}…` : JSON.stringify(line)
}

/**
 * The text of some bytes. Neighbouring lines repeat each other and names repeat all over a body, while decoding a text
 * takes a hundred times as long as comparing it. What is returned is a copy: a slice would keep the body in memory.
 *
 * @param place the number of the name or value in its line
 */
export function textOf(scan: Scan, from: number, to: number, place: number): string {
  const { bytes, texts } = scan
  const above = texts.places[place]
  if (above === undefined) {
    const text = bytes.toString('utf8', from, to)
    texts.places[place] = { from, to, text }
    return text
  }
  if (!areSame(bytes, above.from, above.to, from, to)) above.text = lookUp(scan, from, to)
  above.from = from
  above.to = to
  return above.text
}

function lookUp({ bytes, texts }: Scan, from: number, to: number): string {
  texts.oneByte ??= bytes.toString('latin1')
  const slice = texts.oneByte.slice(from, to)
  const known = texts.known.get(slice)
  if (known !== undefined) return known
  const text = bytes.toString('utf8', from, to)
  texts.known.set(slice, text)
  return text
}

/** Compares from the end, where names that differ usually do. */
export function areSame(bytes: Buffer, aFrom: number, aTo: number, bFrom: number, bTo: number): boolean {
  if (aTo - aFrom !== bTo - bFrom) return false
  for (let i = bTo - bFrom - 1; i >= 0; i--) if (bytes[aFrom + i] !== bytes[bFrom + i]) return false
  return true
}

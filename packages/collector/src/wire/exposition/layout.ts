import type { MetricType } from './comment.ts'
import { isWholeAt, numberAt, scanNumber } from './number.ts'
import { scanTail } from './sample.ts'
import { createScan, type Format } from './scan.ts'

/** A series that was asked for. */
export type Series = {
  readonly name: string
  /** Names and values by turns, as they stand in the body; see `labelValue`. */
  readonly labels: readonly string[]
  /** What the body declares its family to be. */
  readonly type: MetricType | undefined
  /** The line that it stands on, counted from 1; what comes from an engine stands on none. */
  readonly line: number | undefined
}

/** Values in the order of the series. */
export type Values = {
  readonly numbers: Float64Array
  /** 1 where the number is written as a whole one, judged by its text and not by the double that it rounds to. */
  readonly whole: Uint8Array
}

/**
 * Where the numbers stood in a body that was parsed in full. All other bytes are fixed: as long as a later body has the
 * same ones, it holds the same series on the same lines, and only the numbers need to be read.
 */
export type Layout = {
  readonly bytes: Buffer
  readonly format: Format
  /** Beginnings and ends of the fixed stretches by turns; a number stands behind each one but the last. */
  readonly fixed: Int32Array
  readonly samples: number
  /** The samples that were asked for, ascending. */
  readonly taken: Int32Array
}

/**
 * Reads the numbers of a body that is laid out like an earlier one. Every byte is compared or parsed by the very
 * functions of the full parse, so whatever this accepts, the full parse accepts with the same result.
 *
 * @returns the values, or `undefined` when anything else than a value, timestamp or exemplar differs
 */
export function readByLayout(layout: Layout, bytes: Buffer, maxLabelBytes: number): Values | undefined {
  const scan = createScan(bytes, layout.format, maxLabelBytes)
  const old = viewOf(layout.bytes)
  const view = viewOf(bytes)
  const { fixed, samples, taken } = layout
  const values: Values = { numbers: new Float64Array(taken.length), whole: new Uint8Array(taken.length) }
  let next = 0
  for (let i = 0; i < samples; i++) {
    const from = fixed[2 * i] as number
    const length = (fixed[2 * i + 1] as number) - from
    if (!sameBytes(old, from, view, scan.at, length)) return undefined
    scan.at += length
    const at = scan.at
    const form = scanNumber(scan)
    if (form === undefined) return undefined
    if (taken[next] === i) {
      values.numbers[next] = numberAt(scan, at, form)
      values.whole[next++] = isWholeAt(scan, at, form) ? 1 : 0
    }
    if (!scanTail(scan)) return undefined
  }
  const from = fixed[2 * samples] as number
  const length = (fixed[2 * samples + 1] as number) - from
  if (scan.at + length !== bytes.length || !sameBytes(old, from, view, scan.at, length)) return undefined
  return values
}

function viewOf(bytes: Buffer): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}

/** Compares eight bytes at a time: a call out of JavaScript per stretch would cost more than the stretch. */
function sameBytes(a: DataView, aFrom: number, b: DataView, bFrom: number, length: number): boolean {
  if (bFrom + length > b.byteLength) return false
  let i = 0
  for (; i + 8 <= length; i += 8) {
    const first = a.getInt32(aFrom + i, true) ^ b.getInt32(bFrom + i, true)
    const second = a.getInt32(aFrom + i + 4, true) ^ b.getInt32(bFrom + i + 4, true)
    if ((first | second) !== 0) return false
  }
  for (; i < length; i++) if (a.getUint8(aFrom + i) !== b.getUint8(bFrom + i)) return false
  return true
}

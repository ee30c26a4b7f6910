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
 * What stood around the numbers of a body that was parsed in full. As long as a later body has the same bytes there, it holds the
 * same series on the same lines, and only the numbers need to be read. Most of a line is that of the line before, so a stretch
 * is kept as how much it shares with the last one and what it adds: a fifth of the body.
 */
export type Layout = {
  readonly format: Format
  readonly samples: number
  /** Of each stretch, one more than there are samples: how many of its first bytes are those of the stretch before. */
  readonly shared: Int32Array
  /** Where the bytes end that each stretch adds, in `added`. */
  readonly ends: Int32Array
  readonly added: Buffer
  /** The samples that were asked for, ascending. */
  readonly taken: Int32Array
}

/** @param fixed beginnings and ends of the stretches by turns; a number stands behind each one but the last */
export function layOut(bytes: Buffer, format: Format, fixed: readonly number[], taken: readonly number[]): Layout {
  const stretches = fixed.length / 2
  const [shared, ends] = [new Int32Array(stretches), new Int32Array(stretches)]
  let length = 0
  for (let i = 0; i < stretches; i++) {
    const [from, to] = [fixed[2 * i] as number, fixed[2 * i + 1] as number]
    const alike = i === 0 ? 0 : commonLength(bytes, fixed[2 * i - 2] as number, fixed[2 * i - 1] as number, from, to)
    shared[i] = alike
    length += to - from - alike
    ends[i] = length
  }
  // Not from the pool of small buffers: a layout lives for days, and would keep its neighbours.
  const added = Buffer.allocUnsafeSlow(length)
  for (let i = 0, at = 0; i < stretches; i++) {
    const [end, to] = [ends[i] as number, fixed[2 * i + 1] as number]
    bytes.copy(added, at, to - (end - at), to)
    at = end
  }
  return { format, samples: stretches - 1, shared, ends, added, taken: Int32Array.from(taken) }
}

function commonLength(bytes: Buffer, aFrom: number, aTo: number, bFrom: number, bTo: number): number {
  const most = Math.min(aTo - aFrom, bTo - bFrom)
  let length = 0
  while (length < most && bytes[aFrom + length] === bytes[bFrom + length]) length++
  return length
}

/** A body that is laid out like this, with zero for every number. */
export function bodyLike({ shared, ends, added }: Layout): Buffer {
  const parts: Buffer[] = []
  let before = Buffer.alloc(0)
  shared.forEach((alike, i) => {
    before = Buffer.concat([before.subarray(0, alike), added.subarray(i === 0 ? 0 : ends[i - 1], ends[i])])
    parts.push(before, ZERO)
  })
  // A number stands behind each stretch but the last.
  return Buffer.concat(parts.slice(0, -1))
}

const ZERO = Buffer.from('0')

/**
 * Reads the numbers of a body that is laid out like an earlier one. Every byte is compared or parsed by the very
 * functions of the full parse, so whatever this accepts, the full parse accepts with the same result.
 *
 * @returns the values, or `undefined` when anything else than a value, timestamp or exemplar differs
 */
export function readByLayout(layout: Layout, bytes: Buffer, maxLabelBytes: number): Values | undefined {
  const scan = createScan(bytes, layout.format, maxLabelBytes)
  const [view, own] = [viewOf(bytes), viewOf(layout.added)]
  const { shared, ends, samples, taken } = layout
  const values: Values = { numbers: new Float64Array(taken.length), whole: new Uint8Array(taken.length) }
  let next = 0
  let [before, from] = [0, 0]
  for (let i = 0; i <= samples; i++) {
    const begin = scan.at
    const alike = shared[i] as number
    const to = ends[i] as number
    // The stretch before is the same as it was, so what this one shares with it can be looked up in this very body.
    if (!sameBytes(view, before, view, begin, alike)) return undefined
    if (!sameBytes(own, from, view, begin + alike, to - from)) return undefined
    scan.at = begin + alike + to - from
    before = begin
    from = to
    if (i === samples) break
    const at = scan.at
    const form = scanNumber(scan)
    if (form === undefined) return undefined
    if (taken[next] === i) {
      values.numbers[next] = numberAt(scan, at, form)
      values.whole[next++] = isWholeAt(scan, at, form) ? 1 : 0
    }
    if (!scanTail(scan)) return undefined
  }
  return scan.at === bytes.length ? values : undefined
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

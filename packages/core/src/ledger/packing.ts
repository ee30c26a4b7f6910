import type { Counts } from '../journey/index.ts'
import type { Entry } from './entry.ts'
import type { AccountCounts } from './position.ts'
import type { Slot } from './slot.ts'

/**
 * The log's format: one packed body per slot and commit. Per entry, in ascending order of account:
 * varint(account − previous account), a byte of marks, then a varint for each outcome whose mark is set.
 * Most entries have one outcome and take three bytes.
 */
const COVERED = 16
const PLACED = 32
const REVERSAL = 64

/** A body of entries that share one slot. */
export type PackedSlot = { readonly slot: Slot; readonly body: Uint8Array }

/** Packs entries into one body per slot, slots ascending. Entries without any count or mark are left out. */
export function packEntries(entries: readonly Entry[]): readonly PackedSlot[] {
  const bySlot = new Map<string, Entry[]>()
  // Entries of one reading share their slot, so most of them go where the last one went.
  let last: Entry[] = []
  for (const entry of entries) {
    const { slot, counts } = entry
    if (!entry.covered && counts[0] === 0 && counts[1] === 0 && counts[2] === 0 && counts[3] === 0) continue
    if (last[0]?.slot !== slot) {
      const key = `${slot.start}/${slot.width}`
      last = bySlot.get(key) ?? []
      bySlot.set(key, last)
    }
    last.push(entry)
  }
  return [...bySlot.values()]
    .map((same) => ({ slot: (same[0] as Entry).slot, body: packSlot(same) }))
    .sort((a, b) => a.slot.start - b.slot.start || a.slot.width - b.slot.width)
}

function packSlot(entries: readonly Entry[]): Uint8Array {
  const writer = new VarintWriter(entries.length * 4)
  let previous = 0
  let merged: Entry | undefined
  const write = (entry: Entry) => {
    writer.write(entry.account - previous)
    previous = entry.account
    writeEntry(writer, entry)
  }
  // One entry per account and direction: a hundred processes of one service are one line in the books.
  for (const entry of ascending(entries)) {
    if (merged !== undefined && order(merged, entry) === 0) merged = sum(merged, entry)
    else {
      if (merged !== undefined) write(merged)
      merged = entry
    }
  }
  if (merged !== undefined) write(merged)
  return writer.bytes()
}

function writeEntry(writer: VarintWriter, { counts, covered, placed, reversal }: Entry): void {
  let marks = (covered ? COVERED : 0) | (placed ? PLACED : 0) | (reversal ? REVERSAL : 0)
  for (let i = 0; i < 4; i++) if (counts[i] !== 0) marks |= 1 << i
  writer.write(marks)
  for (let i = 0; i < 4; i++) if (counts[i] !== 0) writer.write(counts[i] as number)
}

/** By account; what is taken away comes after what is added. */
function order(a: Entry, b: Entry): number {
  return a.account - b.account || Number(a.reversal) - Number(b.reversal)
}

/** A process tells its accounts in the order of their numbers nearly always, and then there is nothing to sort. */
function ascending(entries: readonly Entry[]): readonly Entry[] {
  const isSorted = entries.every((entry, i) => i === 0 || order(entries[i - 1] as Entry, entry) <= 0)
  return isSorted ? entries : entries.toSorted(order)
}

function sum(a: Entry, b: Entry): Entry {
  const counts = a.counts.map((count, i) => count + (b.counts[i] ?? 0)) as unknown as Counts
  return { ...a, counts, covered: a.covered || b.covered, placed: a.placed || b.placed }
}

/**
 * Reads a packed body and calls `visit` once per entry; no object is made per entry, because cursors walk many.
 *
 * @throws RangeError when the body is cut short or holds a count beyond 2⁵³ − 1: the store is damaged.
 */
export function unpackEntries(
  body: Uint8Array,
  visit: (account: number, good: number, slow: number, error: number, excluded: number, marks: Marks) => void,
): void {
  const reader = new VarintReader(body)
  let account = 0
  while (!reader.done()) {
    account += reader.read()
    const marks = reader.read()
    const good = marks & 1 ? reader.read() : 0
    const slow = marks & 2 ? reader.read() : 0
    const error = marks & 4 ? reader.read() : 0
    const excluded = marks & 8 ? reader.read() : 0
    visit(account, good, slow, error, excluded, marks)
  }
}

/** The byte of marks as it stands in the log; read it with the functions below. */
export type Marks = number

export const isCovered = (marks: Marks): boolean => (marks & COVERED) !== 0
export const isPlaced = (marks: Marks): boolean => (marks & PLACED) !== 0
export const isReversal = (marks: Marks): boolean => (marks & REVERSAL) !== 0

/** Packs whole numbers ≥ 0, such as cumulative counts, one varint each. */
export function packNumbers(numbers: ArrayLike<number>): Uint8Array {
  const writer = new VarintWriter(numbers.length * 2)
  for (let i = 0; i < numbers.length; i++) writer.write(numbers[i] as number)
  return writer.bytes()
}

/** Reads what {@link packNumbers} wrote. @throws RangeError when it is cut short. */
export function unpackNumbers(body: Uint8Array): Float64Array {
  const reader = new VarintReader(body)
  const numbers: number[] = []
  while (!reader.done()) numbers.push(reader.read())
  return Float64Array.from(numbers)
}

/** Packs the counts of a process: the number of an account and its four counts, again and again. */
export function packCounts({ accounts, counts }: AccountCounts): Uint8Array {
  const writer = new VarintWriter(counts.length * 2)
  for (let row = 0; row < accounts.length; row++) {
    writer.write(accounts[row] as number)
    for (let i = 0; i < 4; i++) writer.write(counts[row * 4 + i] as number)
  }
  return writer.bytes()
}

/** Reads what {@link packCounts} wrote. @throws RangeError when it is cut short */
export function unpackCounts(body: Uint8Array): AccountCounts {
  const reader = new VarintReader(body)
  const accounts: number[] = []
  const counts: number[] = []
  while (!reader.done()) {
    accounts.push(reader.read())
    for (let i = 0; i < 4; i++) counts.push(reader.read())
  }
  return { accounts, counts }
}

/** LEB128 without sign, up to 2⁵³ − 1. */
class VarintWriter {
  #bytes: Uint8Array
  #length = 0

  constructor(capacity: number) {
    this.#bytes = new Uint8Array(Math.max(16, capacity))
  }

  write(value: number): void {
    if (!Number.isSafeInteger(value) || value < 0) throw new RangeError(`Expected a whole number ≥ 0, got ${value}`)
    if (this.#length + 8 > this.#bytes.length) this.#grow()
    let rest = value
    while (rest >= 128) {
      this.#bytes[this.#length++] = (rest % 128) | 128
      rest = Math.floor(rest / 128)
    }
    this.#bytes[this.#length++] = rest
  }

  bytes(): Uint8Array {
    return this.#bytes.slice(0, this.#length)
  }

  #grow(): void {
    const wider = new Uint8Array(this.#bytes.length * 2)
    wider.set(this.#bytes)
    this.#bytes = wider
  }
}

class VarintReader {
  readonly #bytes: Uint8Array
  #at = 0

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes
  }

  done(): boolean {
    return this.#at >= this.#bytes.length
  }

  read(): number {
    const first = this.#bytes[this.#at++]
    if (first !== undefined && first < 128) return first
    let value = (first ?? 0) & 127
    for (let scale = 128, byte = first; byte === undefined || byte >= 128; scale *= 128) {
      byte = this.#bytes[this.#at++]
      if (byte === undefined) throw new RangeError('Expected another byte of a number, but the packed body ends')
      value += (byte & 127) * scale
      if (byte === 0) throw new RangeError('Expected a number in its fewest bytes in the packed body')
    }
    if (!Number.isSafeInteger(value)) throw new RangeError('Expected a count of at most 2^53 - 1 in the packed body')
    return value
  }
}

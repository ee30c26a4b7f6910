import type { Budgeting, Objective } from '../journey/index.ts'
import type { Tally } from '../slo/index.ts'
import { compareProducts, mulDiv } from './ratio.ts'

/** A whole slice, in the millionths that slices are added up in. */
const SLICE = 1_000_000

/**
 * How many of its units make one event, or one slice: the mean of ratios is kept in whole millionths of a slice, everything
 * else in wholes.
 */
export function unitOf({ budgeting }: Pick<Objective, 'budgeting'>): number {
  return budgeting?.method === 'ratio-timeslices' ? SLICE : 1
}

/** A verdict: millionths of the slice that were bad, or a reason for having none. */
export type SliceVerdict = number | 'not counted' | 'no data'

/**
 * Judges one slice by its events.
 *
 * - Timeslices (OpenSLO v1, "budgetingMethod"): good when good ÷ valid ≥ the slice's target. One that was read and had no event
 *   hurt nobody, and is good.
 * - RatioTimeslices (ibid.): the slice's own ratio, here bad ÷ valid in millionths, rounded down so that never more is bad than
 *   was. Without an event there is no ratio, and the slice is not in the mean.
 *
 * @param read whether any slot of the slice was really read; what was only placed into it may have happened beside it
 */
export function judgeSlice(budgeting: Budgeting, { bad, valid }: Tally, read: boolean): SliceVerdict {
  if (!read) return 'no data'
  if (budgeting.method === 'ratio-timeslices') return valid === 0 ? 'not counted' : mulDiv(bad, SLICE, valid)
  return compareProducts(valid - bad, SLICE, valid, budgeting.sliceTargetPpm) >= 0 ? 0 : SLICE
}

/** Bad and counted slices in the objective's units, and how many of all slices nobody read. */
export type SliceSums = Tally & { readonly unread: number }

/** Slices of one objective that are over, from the first one on. Times in seconds. */
export type SliceBook = {
  readonly budgeting: Budgeting
  readonly width: number
  /** Where the first slice begins. */
  from: number
  /** How many slices are over. */
  length: number
  /** The first slice that counts: before it nobody had ever heard of the objective. */
  begins: number
  /** By slice: bad millionths with the marks below. */
  values: Uint32Array
  /** By block: bad millionths, counted and unread slices of all slices before it. */
  before: Float64Array
}

const BLOCK = 64
const UNREAD = 0x80000000
const NOT_COUNTED = 0x40000000
const MILLIONTHS = 0xfffff

/** @param from seconds, a multiple of the slice; @param known whether the objective was read before that */
export function createSliceBook(budgeting: Budgeting, from: number, known: boolean): SliceBook {
  return {
    budgeting,
    width: budgeting.sliceMs / 1000,
    from,
    length: 0,
    begins: known ? 0 : Number.POSITIVE_INFINITY,
    values: new Uint32Array(BLOCK),
    before: new Float64Array(3),
  }
}

/** Lets time go on to `until` (seconds): slices that are over by then had no data, until somebody says otherwise. */
export function closeSlices(book: SliceBook, until: number): void {
  const length = Math.floor((until - book.from) / book.width)
  while (book.length < length) {
    const at = book.length
    if (at === book.values.length) grow(book)
    if (at % BLOCK === 0) noteBlock(book, at / BLOCK)
    book.values[at] = at < book.begins ? NOT_COUNTED : withoutData(book, at)
    book.length++
  }
}

/** Says what a slice that is over came to, the first time or again because something of it came late. */
export function setSlice(book: SliceBook, start: number, verdict: SliceVerdict): void {
  const at = (start - book.from) / book.width
  if (at < 0 || at >= book.length) return
  let until = at + 1
  if (verdict !== 'no data' && at < book.begins) {
    // Whoever is heard earlier than ever before had no data in between.
    until = Math.min(book.begins, book.length)
    book.begins = at
  }
  if (verdict === 'no data') change(book, at, at < book.begins ? NOT_COUNTED : withoutData(book, at))
  else change(book, at, verdict === 'not counted' ? NOT_COUNTED : verdict)
  for (let next = at + 1; next < book.length && (next < until || isHeld(book, next)); next++) {
    change(book, next, withoutData(book, next))
  }
}

/** The slices that begin in [from, to), seconds: the difference of two sums, each of at most one block's slices. */
export function sumSlices(book: SliceBook, from: number, to: number): SliceSums {
  const indexOf = (at: number) => Math.min(book.length, Math.max(0, Math.ceil((at - book.from) / book.width)))
  const [first, last] = [indexOf(from), indexOf(to)]
  if (last <= first) return { bad: 0, valid: 0, unread: 0 }
  const [a, b] = [sumBefore(book, first), sumBefore(book, last)]
  const bad = b[0] - a[0]
  const slices = b[1] - a[1]
  const isRatio = book.budgeting.method === 'ratio-timeslices'
  return { bad: isRatio ? bad : bad / SLICE, valid: isRatio ? slices * SLICE : slices, unread: b[2] - a[2] }
}

/** Lets go of whole blocks that begin before `at`, seconds: no window reaches back to them any more. */
export function forgetSlices(book: SliceBook, at: number): void {
  const blocks = Math.floor((at - book.from) / book.width / BLOCK)
  if (blocks <= 0 || blocks * BLOCK >= book.length) return
  book.values = book.values.slice(blocks * BLOCK)
  book.before = book.before.slice(blocks * 3)
  book.from += blocks * BLOCK * book.width
  book.length -= blocks * BLOCK
  book.begins = Math.max(0, book.begins - blocks * BLOCK)
}

function isHeld({ budgeting, values }: SliceBook, at: number): boolean {
  return budgeting.onNoData === 'hold' && unreadOf(values[at] as number) === 1
}

function withoutData({ budgeting, values }: SliceBook, at: number): number {
  if (budgeting.onNoData === 'good') return UNREAD
  if (budgeting.onNoData === 'bad') return UNREAD + SLICE
  if (budgeting.onNoData === 'hold' && at > 0) return UNREAD + ((values[at - 1] as number) & (NOT_COUNTED | MILLIONTHS))
  return UNREAD + NOT_COUNTED
}

function change(book: SliceBook, at: number, value: number): void {
  const old = book.values[at] as number
  if (old === value) return
  book.values[at] = value
  const bad = badOf(value) - badOf(old)
  const counted = countedOf(value) - countedOf(old)
  const unread = unreadOf(value) - unreadOf(old)
  for (let block = Math.floor(at / BLOCK) + 1; block * BLOCK < book.length; block++) {
    const i = block * 3
    book.before[i] = (book.before[i] as number) + bad
    book.before[i + 1] = (book.before[i + 1] as number) + counted
    book.before[i + 2] = (book.before[i + 2] as number) + unread
  }
}

function noteBlock(book: SliceBook, block: number): void {
  if (block > 0) book.before.set(addSlices(book, block - 1, book.length), block * 3)
}

function sumBefore(book: SliceBook, at: number): readonly [number, number, number] {
  // The end of the last block has no sum of its own yet.
  const block = Math.floor(at === book.length ? Math.max(0, at - 1) / BLOCK : at / BLOCK)
  return addSlices(book, block, at)
}

function addSlices({ values, before }: SliceBook, block: number, to: number): [number, number, number] {
  let [bad, counted, unread] = [before[block * 3] ?? 0, before[block * 3 + 1] ?? 0, before[block * 3 + 2] ?? 0]
  for (let i = block * BLOCK; i < to; i++) {
    const value = values[i] as number
    bad += badOf(value)
    counted += countedOf(value)
    unread += unreadOf(value)
  }
  return [bad, counted, unread]
}

const badOf = (value: number) => ((value & NOT_COUNTED) === 0 ? value & MILLIONTHS : 0)
const countedOf = (value: number) => ((value & NOT_COUNTED) === 0 ? 1 : 0)
const unreadOf = (value: number) => ((value & UNREAD) === 0 ? 0 : 1)

function grow(book: SliceBook): void {
  const values = new Uint32Array(book.values.length * 2)
  values.set(book.values)
  book.values = values
  const before = new Float64Array((values.length / BLOCK) * 3)
  before.set(book.before)
  book.before = before
}

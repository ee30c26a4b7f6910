import { type Counts, NO_COUNTS } from '../journey/index.ts'
import { COLUMNS, isCovered, isReversal, type LogRow, unpackEntries } from '../ledger/index.ts'
import { type Tally, tally } from '../slo/index.ts'
import { isInside, type Range } from '../time/index.ts'
import { readSteps, type StepsRead } from './course-coverage.ts'
import type { CourseGrid } from './course-grid.ts'
import { type CompiledObjective, tallyBetween } from './evaluation.ts'
import { closeSlices, createSliceBook, judgeSlice, type SliceBook, setSlice, sumSlices } from './slices.ts'
import { burnRateMilli } from './spending.ts'

/** Who is read for an objective: its accounts of one service, by their numbers; `known` before the log is walked. */
export type CourseReader = Omit<StepsRead, 'seconds'> & { readonly accounts: readonly number[] }

/** What a course is made of besides the log. */
export type CoursePlan = CourseGrid & {
  /** Windows whose burn is asked for, milliseconds; none is narrower than a slot. */
  readonly windowsMs: readonly number[]
  /** What corrections exclude, in seconds, united. */
  readonly excluded: readonly Range[]
  readonly readers: readonly CourseReader[]
  /** Targets with the times (milliseconds) from which on they held, ascending, the first at or before the first step. */
  readonly targets: readonly { readonly at: number; readonly targetPpm: number }[]
  /** Seconds: entries of slots before it were let go. */
  readonly keptFrom: number
}

/** What a rule saw of a window that ended at a point. Of a budget in slices, in its own units. */
type Burn = Tally & {
  /** Thousandths of the sustainable speed by the target that held. */
  readonly burnMilli: number
}

/** One step of a course. */
export type CoursePoint = {
  /** Milliseconds: the end of the step, and of the windows. */
  readonly at: number
  /** What was booked in the step, as it was booked. */
  readonly counts: Counts
  /** The same by the objective's indicator, and what corrections leave out of its budget; absent when that is nothing. */
  readonly bad: number
  readonly valid: number
  readonly leftOut?: Tally
  /** False where nobody knows how it went: what was counted there was told later, together with what came after. */
  readonly read: boolean
  /** In the order of the windows; absent for one that begins before what is kept. */
  readonly burns: readonly (Burn | undefined)[]
}

/** A course while the log is walked: cumulative rows at the few moments that it needs, so its size is known before. */
export type CourseBook = {
  readonly compiled: CompiledObjective
  readonly plan: CoursePlan
  /** Seconds, ascending, each once. */
  readonly edges: Float64Array
  /** By edge: what {@link COLUMNS} says, then what is excluded as bad and valid, then seconds read by reader. */
  readonly sums: Float64Array
  readonly running: Float64Array
  next: number
  /** Readers by account, plus one; 0: none of its business. */
  readonly readerOf: Uint16Array
  readonly slices?: { readonly book: SliceBook; start: number; bad: number; valid: number; read: boolean }
}

const EXCLUDED = COLUMNS
const READERS = COLUMNS + 2

/** Seconds: the slot from which on the log has to be walked for a plan. */
export function courseStart({
  from,
  windowsMs,
  slotSeconds,
}: Pick<CoursePlan, keyof CourseGrid | 'windowsMs'>): number {
  return windowStart(from, Math.max(0, ...windowsMs), slotSeconds)
}

/** As `edgeAt` has it: after the last edge of a slot that keeps the window no longer than asked. */
function windowStart(at: number, windowMs: number, slotSeconds: number): number {
  return Math.ceil(Math.floor((at - windowMs) / 1000) / slotSeconds) * slotSeconds
}

/** @param sliced of a budget in slices: where its slices begin (seconds), and whether it was read before */
export function openCourse(
  compiled: CompiledObjective,
  plan: CoursePlan,
  sliced: { readonly from: number; readonly known: boolean },
): CourseBook {
  const { from, stepMs, steps, windowsMs, slotSeconds } = plan
  const edges = new Set<number>()
  for (let i = 0; i <= steps; i++) {
    const at = from + i * stepMs
    edges.add(at / 1000)
    if (i > 0) for (const windowMs of windowsMs) edges.add(windowStart(at, windowMs, slotSeconds))
  }
  const stride = READERS + plan.readers.length
  const readerOf = new Uint16Array(Math.max(0, ...compiled.accounts) + 1)
  plan.readers.forEach(({ accounts }, i) => {
    for (const account of accounts) readerOf[account] = i + 1
  })
  const { budgeting } = compiled.objective
  return {
    compiled,
    plan,
    edges: Float64Array.from(edges).sort(),
    sums: new Float64Array(edges.size * stride),
    running: new Float64Array(stride),
    next: 0,
    readerOf,
    ...(budgeting !== undefined && {
      slices: { book: createSliceBook(budgeting, sliced.from, sliced.known), ...NO_SLICE, start: sliced.from },
    }),
  }
}

const NO_SLICE = { bad: 0, valid: 0, read: false }

/** Counts one row of the log; rows come ascending by slot, from {@link courseStart} on. */
export function countRow(course: CourseBook, { start, width, body }: LogRow): void {
  passEdges(course, start)
  const { running, readerOf, plan, compiled, slices } = course
  if (slices !== undefined) turnSlice(course, start)
  const isLeftOut = plan.excluded.length > 0 && isInside(plan.excluded, start)
  unpackEntries(body, (account, good, slow, error, excluded, marks) => {
    const reader = readerOf[account] ?? 0
    if (reader === 0) return
    const sign = isReversal(marks) ? -1 : 1
    const counts: Counts = [sign * good, sign * slow, sign * error, sign * excluded]
    for (let i = 0; i < counts.length; i++) add(running, i, counts[i] as number)
    if (isCovered(marks)) {
      add(running, COLUMNS - 1, sign * width)
      add(running, READERS + reader - 1, sign * width)
    }
    if (!isLeftOut && slices === undefined) return
    const { bad, valid } = tally(compiled.objective.indicator, counts)
    if (isLeftOut) {
      add(running, EXCLUDED, bad)
      add(running, EXCLUDED + 1, valid)
    }
    if (slices === undefined) return
    slices.bad += bad
    slices.valid += valid
    slices.read ||= isCovered(marks) && sign > 0
  })
}

const add = (row: Float64Array, i: number, count: number) => {
  row[i] = (row[i] as number) + count
}

/** What stood before a slot is the cumulative row of every edge up to it. */
function passEdges(course: CourseBook, start: number): void {
  const { edges, sums, running } = course
  for (; course.next < edges.length && (edges[course.next] as number) <= start; course.next++) {
    sums.set(running, course.next * running.length)
  }
}

/** Judges the slice that is over when the walk comes to another one. */
function turnSlice({ slices, compiled }: CourseBook, at: number): void {
  const { budgeting } = compiled.objective
  if (slices === undefined || budgeting === undefined) return
  const { book } = slices
  const start = Math.floor(at / book.width) * book.width
  if (start === slices.start) return
  closeSlices(book, start)
  // One that nobody read was closed as such.
  if (slices.read) setSlice(book, slices.start, judgeSlice(budgeting, slices, true))
  Object.assign(slices, NO_SLICE, { start })
}

/** The points, once all rows were counted. */
export function closeCourse(course: CourseBook): readonly CoursePoint[] {
  const { plan, compiled } = course
  const { from, stepMs, steps } = plan
  const end = from + steps * stepMs
  if (steps === 0) return []
  passEdges(course, Number.POSITIVE_INFINITY)
  if (course.slices !== undefined) turnSlice(course, end / 1000)
  const read = readSteps(stepsRead(course), stepMs, steps)
  const whole = { ...compiled, accounts: [0] }
  return Array.from({ length: steps }, (_, i): CoursePoint => {
    const at = from + (i + 1) * stepMs
    const [before, after] = [rowAt(course, (at - stepMs) / 1000), rowAt(course, at / 1000)]
    const leftOut = { bad: between(before, after, EXCLUDED), valid: between(before, after, EXCLUDED + 1) }
    return {
      at,
      counts: NO_COUNTS.map((_, column) => between(before, after, column)) as unknown as Counts,
      ...tallyBetween(whole, before, after),
      ...(leftOut.valid !== 0 && { leftOut }),
      read: read[i] === true,
      burns: plan.windowsMs.map((windowMs) => burnAt(course, whole, at, windowMs)),
    }
  })
}

function stepsRead(course: CourseBook): readonly StepsRead[] {
  const { readers, from, stepMs, steps } = course.plan
  return readers.map(({ accounts: _, ...reader }, i) => {
    const until = (step: number) => rowAt(course, (from + step * stepMs) / 1000)[READERS + i] as number
    const seconds = Array.from({ length: steps }, (_, step) => until(step + 1) - until(step))
    return { ...reader, seconds, known: reader.known || until(0) > 0 }
  })
}

const between = (before: Float64Array, after: Float64Array, column: number) =>
  (after[column] as number) - (before[column] as number)

/** The same difference of two cumulative points, and the same division, by which rules are judged at every tick. */
function burnAt(course: CourseBook, whole: CompiledObjective, at: number, windowMs: number): Burn | undefined {
  const { plan, slices } = course
  const targetPpm = plan.targets.findLast((target) => target.at < at)?.targetPpm ?? whole.objective.targetPpm
  if (slices !== undefined) {
    const { width } = slices.book
    const end = Math.floor(at / 1000 / width) * width
    if (end - windowMs / 1000 < plan.keptFrom) return undefined
    const { bad, valid } = sumSlices(slices.book, end - windowMs / 1000, end)
    return { bad, valid, burnMilli: burnRateMilli({ bad, valid }, targetPpm) }
  }
  const start = windowStart(at, windowMs, plan.slotSeconds)
  if (start < plan.keptFrom) return undefined
  const told = tallyBetween(whole, rowAt(course, start), rowAt(course, at / 1000))
  return { ...told, burnMilli: burnRateMilli(told, targetPpm) }
}

/** The cumulative row at one of the edges, found by halving. */
function rowAt({ edges, sums, running }: CourseBook, at: number): Float64Array {
  let [low, high] = [0, edges.length - 1]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((edges[middle] as number) < at) low = middle + 1
    else high = middle
  }
  return sums.subarray(low * running.length, (low + 1) * running.length)
}

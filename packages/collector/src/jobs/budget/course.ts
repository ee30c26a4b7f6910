import {
  type CompiledObjective,
  type CoursePlan,
  type CoursePoint,
  type CourseReader,
  closeCourse,
  countRow,
  courseGrid,
  courseStart,
  courseWindows,
  openCourse,
  refreshAccounts,
} from '@tabiji/core/budget'
import { coveredSeconds, type Edge, floorTo, slotAt } from '@tabiji/core/ledger'
import { clipRanges, DAY, MINUTE, type Range } from '@tabiji/core/time'
import type { CourseQuery } from '../../ports/courses.ts'
import type { LedgerPast } from '../../ports/ledger-store.ts'
import { type Judge, targetsBetween } from './budgets.ts'
import type { Patience } from './freshness.ts'
import { pointBy, STEP_BYTES } from './frozen-books.ts'

/** A course before the log is walked; the same plan gives the same course, until something of its time comes late. */
export type PlannedCourse = {
  readonly compiled: CompiledObjective
  readonly plan: Omit<CoursePlan, 'readers'>
  /** Seconds: where the walk begins. */
  readonly start: number
  /** What is excluded within the course, milliseconds. */
  readonly excluded: readonly Range[]
}

type Planned = { readonly ok: true; readonly planned: PlannedCourse } | { readonly ok: false; readonly leastMs: number }

/** How long nobody is missed whom nobody reads at a known pace. */
const USUAL_PATIENCE_MS = 5 * MINUTE

/** @param keptFrom seconds: entries of slots before it were let go; @param now milliseconds */
export function planCourse(
  judge: Judge,
  compiled: CompiledObjective,
  query: CourseQuery,
  keptFrom: number,
  now: number,
): Planned {
  const { grid: slots } = judge.ledger
  const asked = query.windowsMs ?? courseWindows(compiled.objective)
  const from = Math.max(query.from, keptFrom * 1000)
  const oldest = Math.max(from - Math.max(0, ...asked), keptFrom * 1000)
  const slotSeconds = slotAt(slots, Math.min(oldest, now), now).width
  const until = floorTo(now, slots[0].width * 1000)
  const cut = courseGrid({ ...query, from, to: Math.max(from, query.to) }, slotSeconds, until)
  if (!cut.ok) return cut
  const { grid } = cut
  const windowsMs = asked.filter((ms) => ms >= slotSeconds * 1000)
  const to = grid.from + grid.steps * grid.stepMs
  const excluded = judge.exclusions.ranges(judge.evaluator, compiled.id, now)
  const plan = { ...grid, windowsMs, excluded, keptFrom, targets: targetsBetween(judge, compiled, grid.from, to) }
  const inMilliseconds = excluded.map((range) => ({ from: range.from * 1000, to: range.to * 1000 }))
  return {
    ok: true,
    planned: {
      compiled,
      plan,
      start: startOf(compiled, plan),
      excluded: clipRanges(inMilliseconds, { from: grid.from, to }),
    },
  }
}

/** Seconds. A window of slices ends with the last one that is over; one without data may stand for the one before it. */
function startOf({ objective: { budgeting } }: CompiledObjective, plan: Omit<CoursePlan, 'readers'>): number {
  const start = courseStart(plan)
  if (budgeting === undefined) return Math.max(0, start)
  const width = budgeting.sliceMs / 1000
  const held = budgeting.onNoData === 'hold' ? DAY / 1000 : 0
  return Math.max(0, floorTo(start - width - held, width))
}

/**
 * Walks the log once for a planned course, in steps of some milliseconds with room for others in between. What it holds
 * meanwhile is a few numbers for each point, however long the stretch is.
 *
 * @param past must stay as it is from the first step to the last
 */
export function* walkCourse(
  judge: Judge,
  past: LedgerPast,
  { compiled, plan, start }: PlannedCourse,
  patience: Patience,
): Generator<void, readonly CoursePoint[], void> {
  refreshAccounts(judge.evaluator, judge.ledger.books)
  const before = yield* pointBy(past, start)
  const readers = readersOf(judge, compiled, patience, before)
  const course = openCourse(compiled, { ...plan, readers }, { from: start, known: readers.some(({ known }) => known) })
  let bytes = 0
  for (const row of past.rows(start, (plan.from + plan.steps * plan.stepMs) / 1000)) {
    countRow(course, row)
    bytes += row.body.length
    if (bytes < STEP_BYTES) continue
    bytes = 0
    yield
  }
  return closeCourse(course)
}

/** By service: each is read as a whole. */
function readersOf(
  { ledger: { books } }: Judge,
  { accounts }: CompiledObjective,
  patience: Patience,
  before: Edge,
): readonly CourseReader[] {
  const byService = new Map<string, number[]>()
  for (const number of accounts) {
    const service = books.accounts[number]?.service ?? ''
    byService.set(service, [...(byService.get(service) ?? []), number])
  }
  return [...byService].map(([service, own]): CourseReader => {
    const wait = patience.get(service)
    return {
      accounts: own,
      patienceMs: wait ?? USUAL_PATIENCE_MS,
      awaited: wait !== undefined,
      known: own.some((number) => coveredSeconds(NOTHING, before, number) > 0),
    }
  })
}

const NOTHING: Edge = { at: 0, rows: new Float64Array(0) }

import type { Entry } from '@tabiji/core/ledger'
import type { Judge } from '../jobs/budget/budgets.ts'
import { type PlannedCourse, planCourse, walkCourse } from '../jobs/budget/course.ts'
import type { Patience } from '../jobs/budget/freshness.ts'
import type { Ledger } from '../jobs/ledger/ledger.ts'
import type { Course, CourseAnswer, CourseQuery, Courses } from '../ports/courses.ts'
import type { LedgerPast, LedgerStore } from '../ports/ledger-store.ts'
import { keepDays } from './last-days.ts'
import { createQueue, runSteps } from './steps.ts'

type Parts = {
  readonly store: Pick<LedgerStore, 'snapshot' | 'keptFrom'>
  readonly ledger: Pick<Ledger, 'onBooked'>
  readonly judge: () => Judge
  readonly patience: Patience
  readonly now: () => number
}

/** How many courses are kept: a page that follows the books asks for the same ones again and again. */
const MOST_KEPT = 16

export function openCourses(parts: Parts): Courses {
  // One at a time: each holds the log as it stood. Apart from months, which take longer than somebody at night can wait.
  const queue = createQueue()
  const walk = <Result>(steps: (past: LedgerPast) => Generator<void, Result, void>): Promise<Result> =>
    queue(async () => {
      const past = parts.store.snapshot()
      try {
        // Nobody breaks it off, so there is a result.
        return (await runSteps(steps(past), new AbortController().signal)) as Result
      } finally {
        past.close()
      }
    })
  const days = keepDays(parts.judge, parts.now, walk)
  const kept = new Map<string, { readonly judge: Judge; readonly to: number; readonly course: Promise<Course> }>()
  parts.ledger.onBooked((entries) => {
    const earliest = earliestOf(entries)
    for (const [key, { to }] of kept) if (earliest < to) kept.delete(key)
    days.booked(entries)
  })
  const courseOf = (judge: Judge, planned: PlannedCourse): Promise<Course> => {
    const key = keyOf(planned)
    const known = kept.get(key)
    kept.delete(key)
    const { plan } = planned
    const made =
      known?.judge === judge
        ? known
        : {
            judge,
            to: plan.from + plan.steps * plan.stepMs,
            course: walk((past) => tell(judge, past, planned, parts.patience)),
          }
    kept.set(key, made)
    for (const oldest of kept.keys()) if (kept.size > MOST_KEPT) kept.delete(oldest)
    // What failed once may be well at the next look.
    made.course.catch(() => kept.delete(key))
    return made.course
  }
  return {
    of: async (query) => {
      const judge = parts.judge()
      const found = find(judge, query)
      if ('ok' in found) return found
      const plan = planCourse(judge, found.compiled, query, parts.store.keptFrom(), parts.now())
      if (!plan.ok) return { ok: false, why: 'step', leastMs: plan.leastMs }
      return { ok: true, course: await courseOf(judge, plan.planned) }
    },
    lastDays: days.tell,
  }
}

function find({ definition, evaluator }: Judge, { journey, objective }: CourseQuery) {
  const known = definition.journeys.find(({ name }) => name === journey)
  const refused = (why: 'journey' | 'objective', names: readonly { readonly name: string }[]): CourseAnswer => ({
    ok: false,
    why,
    known: names.map(({ name }) => name),
  })
  if (known === undefined) return refused('journey', definition.journeys)
  const compiled = evaluator.objectives.find((each) => each.journey === known && each.objective.name === objective)
  return compiled === undefined ? refused('objective', known.objectives) : { compiled }
}

/** What a course depends on besides the log: another correction is another course. */
function keyOf({ compiled, plan }: PlannedCourse): string {
  const { from, stepMs, steps, windowsMs, excluded } = plan
  return JSON.stringify([compiled.id, from, stepMs, steps, windowsMs, excluded.map((range) => [range.from, range.to])])
}

function* tell(
  judge: Judge,
  past: LedgerPast,
  planned: PlannedCourse,
  patience: Patience,
): Generator<void, Course, void> {
  const { compiled, plan, excluded } = planned
  const { indicator, targetPpm, budgeting, name } = compiled.objective
  const { from, stepMs, steps, windowsMs } = plan
  return {
    journey: compiled.journey.name,
    objective: name,
    indicator,
    targetPpm,
    ...(budgeting !== undefined && { budgeting }),
    timeZone: judge.definition.timeZone,
    from,
    to: from + steps * stepMs,
    stepMs,
    windowsMs,
    excluded,
    points: yield* walkCourse(judge, past, planned, patience),
  }
}

/** Milliseconds. */
function earliestOf(entries: readonly Entry[]): number {
  let earliest = Number.POSITIVE_INFINITY
  for (const { slot } of entries) if (slot.start * 1000 < earliest) earliest = slot.start * 1000
  return earliest
}

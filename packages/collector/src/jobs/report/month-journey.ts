import type { CompiledObjective } from '@tabiji/core/budget'
import type { Counts, Journey } from '@tabiji/core/journey'
import { cell, coveredSeconds, type Edge } from '@tabiji/core/ledger'
import { type JourneyMonth, judgeObjective } from '@tabiji/core/report'
import { isoIn, type Range } from '@tabiji/core/time'
import { calendarParts, type Judge, rawOf } from '../budget/budgets.ts'
import type { ExcludedCoverage } from '../budget/exclusion-coverage.ts'
import type { Sums } from '../budget/exclusion-scan.ts'
import { noDataOf, unreadOf } from '../budget/sliced-budget.ts'

/** The two cumulative points that a month lies between, and the way to any point and any exclusion inside it. */
export type Pages = {
  readonly start: Edge
  readonly end: Edge
  readonly range: Range
  readonly pointAt: (at: number) => Edge
  readonly excluded: (from: number, to: number) => Sums
  /** What corrections leave out of the stretch for an objective; nothing when none does. */
  readonly left: (objective: string) => ExcludedCoverage | undefined
  readonly probes: ReadonlyMap<string, number>
}

/**
 * One journey's month: its objectives, the counts of its steps, and what was read of it.
 *
 * @param accounts the journey's own ones
 */
export function journeyMonth(
  judge: Judge,
  journey: Journey,
  objectives: readonly CompiledObjective[],
  accounts: readonly number[],
  pages: Pages,
): JourneyMonth {
  const coverage = coverageOf(judge, accounts, pages)
  return {
    name: journey.name,
    title: journey.title,
    ...(journey.owner !== undefined && { owner: journey.owner }),
    tier: journey.tier,
    objectives: objectives.map((compiled) => {
      const left = pages.left(compiled.id)
      // Who watched from outside is another one than who was read.
      const isProbed = compiled.objective.of === 'probe'
      const fed = isProbed ? compiled.accounts : accounts
      const own = left === undefined && !isProbed ? undefined : coverageOf(judge, fed, pages, left)
      return { ...objectiveMonth(judge, compiled, own ?? coverage, pages), ...(own !== undefined && { coverage: own }) }
    }),
    ...(journey.composites !== undefined && { composites: journey.composites }),
    steps: journey.steps.map((step) => ({
      name: step.name,
      counts: countsBetween(
        accounts.filter((number) => judge.ledger.books.accounts[number]?.step === step.name),
        pages,
      ),
    })),
    coverage,
  }
}

function objectiveMonth(
  judge: Judge,
  compiled: CompiledObjective,
  coverage: JourneyMonth['coverage'],
  { end, range, pointAt, excluded }: Pages,
) {
  const { name, indicator, step, targetPpm, window, estimate, budgeting } = compiled.objective
  const zone = judge.definition.timeZone
  const seconds = (at: number) => Math.floor(at / 1000)
  const until = Number.isFinite(end.at) ? end.at : Number.MAX_SAFE_INTEGER
  const parts = calendarParts(judge, compiled, range.from, range.to, pointAt, end, (at, next) => {
    const sums = excluded(seconds(at), next === undefined ? until : seconds(next))
    return sums.get(compiled.id) ?? { bad: 0, valid: 0 }
  })
  const promised = {
    name,
    indicator,
    ...(step !== undefined && { step }),
    targetPpm: parts.at(-1)?.targetPpm ?? targetPpm,
    window,
    ...(estimate !== undefined && { estimate }),
    ...(budgeting !== undefined && { budgeting }),
    ...noDataOf(compiled, unreadOf(parts).unread),
  }
  const told = parts.map(({ from, to, excluded: _, unread: __, ...rest }) => ({
    from: isoIn(from, zone),
    to: isoIn(to, zone),
    ...rest,
  }))
  return judgeObjective(promised, told, coverage, rawOf(parts))
}

function countsBetween(accounts: readonly number[], { start, end }: Pages): Counts {
  const sum = (column: number) =>
    accounts.reduce((total, number) => total + cell(end, number, column) - cell(start, number, column), 0)
  return [sum(0), sum(1), sum(2), sum(3)]
}

const NOTHING_YET: Edge = { at: 0, rows: new Float64Array(0) }

/**
 * Slots in which the journey's worst read service was read, of all that the stretch holds. A service is read as a whole,
 * so a step that is new in the month is covered by the steps that were there before it.
 *
 * A probe looks into one slot of each of its intervals, and what it saw there stands for the interval.
 *
 * @param left what is left out of the stretch: its slots are not expected, and those that were read do not count
 */
function coverageOf(
  { ledger }: Judge,
  accounts: readonly number[],
  { start, end, range, probes }: Pages,
  left: ExcludedCoverage = { seconds: 0, read: new Map() },
) {
  const width = ledger.grid[0].width
  const seconds = (range.to - range.from) / 1000 - left.seconds
  const expectedSlots = Math.max(0, Math.floor(seconds / width))
  const byService = new Map<string, number>()
  for (const number of accounts) {
    // Who joined only afterwards was not missing.
    if (coveredSeconds(NOTHING_YET, end, number) === 0) continue
    const service = ledger.books.accounts[number]?.service ?? ''
    const read = coveredSeconds(start, end, number) - (left.read.get(number) ?? 0)
    const standsFor = Math.max(width, (probes.get(service) ?? 0) / 1000)
    const slots = Math.floor((read * standsFor) / width / width)
    byService.set(service, Math.max(slots, byService.get(service) ?? 0))
  }
  return { readSlots: byService.size === 0 ? 0 : Math.min(expectedSlots, ...byService.values()), expectedSlots }
}

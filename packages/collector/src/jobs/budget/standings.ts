import { type CompiledObjective, calendarRange, type Evaluator } from '@tabiji/core/budget'
import { type Counts, type Level, NO_COUNTS, type Objective } from '@tabiji/core/journey'
import { cell } from '@tabiji/core/ledger'
import {
  DASHBOARD_WINDOWS,
  type OpenAlert,
  type Standing,
  type Standings,
  type StepStanding,
} from '@tabiji/core/series'
import type { AlertStore, EpisodeRecord } from '../../ports/alert-store.ts'
import { type Judge, spendingNow, tallyNow, windowRows } from './budgets.ts'
import { isFresh, type Patience } from './freshness.ts'

/** How many objectives are looked at before somebody else may go first: some milliseconds. */
const AT_ONCE = 100

/**
 * How every objective and step stands now, for a scrape. Works in short steps, so that a reading or an evaluation never
 * waits for it; each objective is of one moment, and two of them may be some milliseconds apart.
 */
export function* standingsNow(
  judge: Judge,
  alerts: Pick<AlertStore, 'listEpisodes'>,
  patience: Patience,
  now: () => number,
): Generator<void, Standings, void> {
  const open = alerts.listEpisodes({ state: 'open', limit: Number.MAX_SAFE_INTEGER })
  const levels = countOpen(open)
  const objectives: Standing[] = []
  for (const compiled of judge.evaluator.objectives) {
    objectives.push(standingOf(judge, compiled, levels.get(compiled.id), patience, now()))
    if (objectives.length % AT_ONCE === 0) yield
  }
  return { objectives, steps: stepStandings(judge), alerts: open.map(openAlert) }
}

/** Lengths of the windows that standings have: all alerting ones, and those that dashboards know by name. */
export function standingWindows({ windows }: Evaluator): readonly number[] {
  return [...new Set([...windows, ...DASHBOARD_WINDOWS])].sort((a, b) => a - b)
}

const LEVELS = [1, 2, 3] as const

type ByLevel = ReadonlyMap<Level, number>

function standingOf(
  judge: Judge,
  compiled: CompiledObjective,
  open: ByLevel | undefined,
  patience: Patience,
  now: number,
): Standing {
  const { ledger, evaluator, definition } = judge
  // Brings the evaluator's accounts up to date as well.
  windowRows(judge, now)
  const { journey, objective, pairs } = compiled
  const own = pairs.flatMap(({ long, short }) => [evaluator.windows[long] ?? 0, evaluator.windows[short] ?? 0])
  const lengths = [...new Set([...own, ...DASHBOARD_WINDOWS])].sort((a, b) => a - b)
  return {
    journey,
    objective,
    windows: lengths.flatMap((ms) => {
      const edge = ledger.windowEdge(ms, now)
      const seconds = now / 1000 - edge.at
      // A slot may be wider than a window that only dashboards know.
      if (seconds <= 0) return []
      return [{ ms, seconds, ...tallyNow(judge, compiled, ms, now) }]
    }),
    budget: spendingNow(judge, compiled, now),
    periodMs: periodMs(objective, definition.timeZone, now),
    fresh: isFresh(compiled, ledger, patience, now),
    open: LEVELS.map((level) => ({ level, count: open?.get(level) ?? 0 })),
  }
}

function periodMs({ window }: Objective, timeZone: string, now: number): number {
  if (window.kind === 'rolling') return window.ms
  const { from, to } = calendarRange(window, now, timeZone)
  return to - from
}

/** Open alerts by objective and level. */
function countOpen(open: readonly EpisodeRecord[]): ReadonlyMap<string, ByLevel> {
  const counts = new Map<string, Map<Level, number>>()
  for (const { level, facts } of open) {
    if (facts.objective === undefined) continue
    const id = `${facts.journey.name}/${facts.objective.name}`
    const ofObjective = counts.get(id) ?? new Map<Level, number>()
    counts.set(id, ofObjective.set(level, (ofObjective.get(level) ?? 0) + 1))
  }
  return counts
}

function openAlert({ id, rule, level, facts }: EpisodeRecord): OpenAlert {
  const { journey, objective, cause } = facts
  return {
    id,
    rule,
    level,
    journey: journey.name,
    ...(objective !== undefined && { objective: objective.name }),
    cause,
  }
}

/** The books of each step, of all services that have it as their own. */
function stepStandings({ definition, ledger: { books } }: Judge): readonly StepStanding[] {
  const sums = new Map<string, Counts>()
  books.accounts.forEach(({ journey, step, role }, number) => {
    if (role !== 'own') return
    const at = (column: number) => cell(books.total, number, column)
    const [good, slow, error, excluded] = sums.get(`${journey}/${step}`) ?? NO_COUNTS
    sums.set(`${journey}/${step}`, [good + at(0), slow + at(1), error + at(2), excluded + at(3)])
  })
  return definition.journeys.flatMap(({ name: journey, steps }) =>
    steps.map((step) => ({ journey, step, counts: sums.get(`${journey}/${step.name}`) ?? NO_COUNTS })),
  )
}

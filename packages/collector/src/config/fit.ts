import { policyOf } from '@tabiji/core/budget'
import { type Definition, longestWindow, type Objective, type SimpleAlert, windowText } from '@tabiji/core/journey'
import type { Grid } from '@tabiji/core/ledger'
import { type Path, type Problem, problem } from '@tabiji/core/problem'
import { DAY, formatDuration } from '@tabiji/core/time'
import type { Config } from './config.ts'

/** The part of a configuration that windows must fit. */
export type Fit = { readonly grid: Grid; readonly keepMs?: number; readonly intervalMs?: number }

/** What windows must fit of a configuration. */
export function fitOf({ ledger, evaluation }: Pick<Config, 'ledger' | 'evaluation'>): Fit {
  return { ...ledger, intervalMs: evaluation.intervalMs }
}

/**
 * Whether the ledger's slots can hold the windows of a definition. A window begins at the edge of a slot of its age: one
 * that is shorter than a slot would be empty or a whole slot at random, and one that is no multiple of it is cut short.
 * The paths of the problems lead to the objectives in the journeys file.
 */
export function fitProblems(fit: Fit, definition: Definition): readonly Problem[] {
  const { grid, keepMs } = fit
  return definition.journeys.flatMap((journey) => [
    ...journey.objectives.flatMap((objective) =>
      windowsOf(objective).flatMap((window) => {
        const path = ['journeys', journey.name, 'objectives', objective.name]
        return [...windowProblems(window, grid, path), ...keptProblems(window, keepMs, path)]
      }),
    ),
    ...journey.objectives.flatMap(({ name, window }) =>
      // Months are kept whole, whatever is kept; any other stretch of the calendar is kept to its beginning.
      window.kind === 'calendar'
        ? keptProblems(
            longestWindow(window),
            keepMs,
            ['journeys', journey.name, 'objectives', name],
            windowText(window),
          )
        : [],
    ),
    ...journey.objectives.flatMap((objective) =>
      sliceProblems(objective, grid, ['journeys', journey.name, 'objectives', objective.name]),
    ),
    ...(journey.alerts ?? []).flatMap((alert) => simpleProblems(alert, fit)),
  ])
}

/** The rule that nobody wrote is nobody's mistake, whatever the slots are. */
function simpleProblems({ condition, path }: SimpleAlert, fit: Fit): readonly Problem[] {
  if (path === undefined) return []
  const { intervalMs = 0 } = fit
  const spans = condition.kind === 'absent' ? [] : [condition.windowMs]
  const times = [...spans, ...(condition.forMs === undefined ? [] : [condition.forMs])]
  const shortest = Math.min(...times)
  const [short, pause] = [formatDuration(shortest), formatDuration(intervalMs)]
  const message = `Expected the times of a rule to be no shorter than the pause between two evaluations (${pause}), got ${short}`
  const hint = 'what passes between two evaluations is not seen; use a longer time, or a shorter `evaluation.interval`'
  const remarks = { severity: 'warning', part: 'key', hint } as const
  return [
    ...spans.flatMap((window) => [
      ...windowProblems(window, fit.grid, path),
      ...keptProblems(window, fit.keepMs, path),
    ]),
    ...(shortest < intervalMs ? [problem('CONFIG_RULE_TOO_SHORT', path, message, remarks)] : []),
  ]
}

/** Lengths of all windows of an objective, in milliseconds, each once. */
function windowsOf(objective: Objective): readonly number[] {
  const { window } = objective
  const pairs = policyOf(objective).pairs.flatMap(({ longMs, shortMs }) => [longMs, shortMs])
  return [...new Set(window.kind === 'rolling' ? [...pairs, window.ms] : pairs)].sort((a, b) => a - b)
}

/** This month and the last one are asked for in full. */
const TOLD_MS = 62 * DAY

/** A slice is judged by the events of its own time, so slots that are asked about must not be wider than it. */
function sliceProblems({ budgeting, window }: Objective, grid: Grid, path: Path): readonly Problem[] {
  if (budgeting === undefined) return []
  const asked = Math.max(TOLD_MS, longestWindow(window))
  const widths = grid.filter((tier) => tier.fromAgeSeconds * 1000 < asked).map(({ width }) => width * 1000)
  const wide = widths.find((width) => budgeting.sliceMs % width !== 0)
  if (wide !== undefined) {
    const what = `Expected a slice to be whole slots of the ledger (${formatDuration(wide)}), got ${formatDuration(budgeting.sliceMs)}`
    const hint = 'use a longer slice, or narrower slots in `ledger.slots` of the configuration'
    return [problem('CONFIG_SLICE_TOO_FINE', path, what, { part: 'key', hint })]
  }
  const later = grid.find(({ width }) => budgeting.sliceMs % (width * 1000) !== 0)
  if (later === undefined) return []
  const what = `Old entries stay in narrower slots than ${formatDuration(later.width * 1000)}, because slices of ${formatDuration(budgeting.sliceMs)} are judged by them`
  const hint = 'nothing is lost; the store is larger while the objective is kept in such slices'
  return [problem('CONFIG_SLICE_KEEPS_SLOTS', path, what, { severity: 'warning', part: 'key', hint })]
}

function windowProblems(window: number, grid: Grid, path: Path): readonly Problem[] {
  const width = widthAt(window, grid) * 1000
  const [long, slot] = [formatDuration(window), formatDuration(width)]
  if (window < width) {
    const message = `Expected every window to be at least one slot of the ledger (${slot}), got ${long}`
    const hint = `use a longer window, or narrower slots in \`ledger.slots\` of the configuration`
    return [problem('CONFIG_SLOT_TOO_WIDE', path, message, { part: 'key', hint })]
  }
  if (window % width === 0) return []
  const message = `Expected every window to be whole slots of the ledger (${slot}), got ${long}`
  const hint = `it will look back ${formatDuration(window - (window % width))} only`
  return [problem('CONFIG_SLOT_CUTS', path, message, { severity: 'warning', part: 'key', hint })]
}

function keptProblems(
  window: number,
  keepMs: number | undefined,
  path: Path,
  long = formatDuration(window),
): readonly Problem[] {
  if (keepMs === undefined || window <= keepMs) return []
  const kept = formatDuration(keepMs)
  const message = `Entries are kept longer than \`ledger.keep\` says (${kept}), because a window looks back ${long}`
  const hint = 'nothing is lost; the store is larger while the file has such a window'
  return [problem('CONFIG_WINDOW_KEEPS_ENTRIES', path, message, { severity: 'warning', part: 'key', hint })]
}

/** Seconds; the same rule as `edgeAt` of the ledger. */
function widthAt(window: number, grid: Grid): number {
  let width = grid[0].width
  for (const tier of grid) if (window >= tier.fromAgeSeconds * 1000) width = tier.width
  return width
}

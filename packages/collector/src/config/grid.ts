import type { Grid, Tier } from '@tabiji/core/ledger'
import { expected, type Problem } from '@tabiji/core/problem'
import { formatDuration } from '@tabiji/core/time'

/** A line of `ledger.slots`, in seconds. */
export type SlotLine = { readonly width: number; readonly from?: number }

const DAY_SECONDS = 86_400

export const DEFAULT_GRID: Grid = [
  { fromAgeSeconds: 0, width: 15 },
  { fromAgeSeconds: 3 * DAY_SECONDS, width: 60 },
  { fromAgeSeconds: 100 * DAY_SECONDS, width: 300 },
]

/** Fifteen months: the same month of last year, and the quarter before it. */
export const DEFAULT_KEEP_MS = 460 * DAY_SECONDS * 1000

/** Every zone's offset from UTC is a multiple of it, and so is every first instant of a month. */
const MONTH_STEP = 900

/** The grid that the lines describe. It is sound when {@link gridProblems} has nothing to say about them. */
export function resolveGrid(lines: readonly SlotLine[] | undefined): Grid {
  const [first, ...rest] = (lines ?? []).map(({ width, from = 0 }): Tier => ({ fromAgeSeconds: from, width }))
  return first === undefined ? DEFAULT_GRID : [first, ...rest]
}

/** Wider slots must be whole numbers of narrower ones, the older the wider: otherwise a window's edge cuts a slot. */
export function gridProblems(lines: readonly SlotLine[]): readonly Problem[] {
  return lines.flatMap(({ width, from }, i) => {
    const path = ['ledger', 'slots', i]
    const before = lines[i - 1]
    const problems: Problem[] = []
    if (before === undefined && from !== undefined) {
      problems.push(
        expected('CONFIG_SLOTS', [...path, 'from'], 'absent: the first width holds from age zero', text(from)),
      )
    }
    if (before !== undefined && (from === undefined || from <= (before.from ?? 0))) {
      const what = `an age above that of the line before (${text(before.from ?? 0)})`
      problems.push(expected('CONFIG_SLOTS', [...path, 'from'], what, from === undefined ? from : text(from)))
    }
    if (before !== undefined && (width <= before.width || width % before.width !== 0)) {
      const what = `a multiple of the width before (${text(before.width)})`
      problems.push(expected('CONFIG_SLOTS', [...path, 'width'], what, text(width)))
    }
    if (MONTH_STEP % width !== 0) {
      const hint = 'otherwise a slot may lie across the end of a month, and all of it is booked to the earlier one'
      const remarks = { severity: 'warning', hint } as const
      problems.push(expected('CONFIG_SLOTS', [...path, 'width'], 'a divisor of 15 minutes', text(width), remarks))
    }
    return problems
  })
}

const text = (seconds: number): string => (seconds === 0 ? '0s' : formatDuration(seconds * 1000))

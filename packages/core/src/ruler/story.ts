import type { Tally } from '../slo/index.ts'

/** A stretch of a made-up past in which as much happens in every interval. */
export type Stage = { readonly intervals: number; readonly perInterval: Tally }

/** A made-up past: what is told of it begins at zero. */
export type Story = { readonly intervalMs: number; readonly stages: readonly Stage[] }

/** When the stage is over, in milliseconds from the beginning. */
export function endOf({ intervalMs, stages }: Story, stage: number): number {
  return intervalMs * intervalsIn(stages.slice(0, stage + 1))
}

/**
 * What a window that ends with the stage holds, as a ruler sees it: from its first sample in the window to its last one.
 * Absent when there is no second sample to compare with.
 */
export function tallyAt(story: Story, stage: number, windowMs: number): Tally | undefined {
  const told = intervalsIn(story.stages.slice(0, stage + 1))
  let wanted = Math.min(told, Math.floor(windowMs / story.intervalMs))
  if (wanted === 0) return undefined
  let bad = 0
  let valid = 0
  for (const { intervals, perInterval } of story.stages.slice(0, stage + 1).toReversed()) {
    const taken = Math.min(wanted, intervals)
    bad += taken * perInterval.bad
    valid += taken * perInterval.valid
    wanted -= taken
  }
  return { bad, valid }
}

/** A counter over the story in promtool's notation; `rate` picks what of a stage it counts per interval. */
export function valuesOf({ stages }: Story, rate: (perInterval: Tally) => number): string {
  let total = 0
  const parts = stages.map(({ intervals, perInterval }) => {
    const step = rate(perInterval)
    const first = total + step
    total += step * intervals
    return `${first}+${step}x${intervals - 1}`
  })
  return ['0', ...parts].join(' ')
}

function intervalsIn(stages: readonly Stage[]): number {
  return stages.reduce((sum, { intervals }) => sum + intervals, 0)
}

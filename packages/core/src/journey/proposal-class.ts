import { formatDuration } from '../time/index.ts'

/** More classes than this nobody remembers. */
const MOST_CLASSES = 5

/** Round times that people promise: 1, 2, 3 and 5 of each power of ten. */
const ROUND = [
  50, 100, 200, 300, 500, 1_000, 2_000, 3_000, 5_000, 10_000, 20_000, 30_000, 60_000, 120_000, 300_000, 600_000,
]

/** A test run is quieter than the real traffic, so a promise leaves half of the 99th percentile on top of it. */
export const needed = (p99: number): number => (p99 * 3) / 2

/** The promise proposed for a step: a class by its name, or a time of its own. */
export type Choice = { readonly within: string; readonly withinMs: number; readonly isNewClass: boolean }

export type ProposedClass = { readonly name: string; readonly ms: number }

/**
 * Chooses a promise for each 99th percentile: the tightest class that leaves half of it on top. Where no class is long
 * enough new ones are proposed, of round times, as long as the file has no more than five; then the time itself.
 *
 * @param classes the file's classes by name, in milliseconds
 */
export function chooseClasses(
  classes: Readonly<Record<string, number>>,
  p99s: readonly number[],
): { readonly choose: (p99: number) => Choice; readonly added: readonly ProposedClass[] } {
  const known = Object.entries(classes).map(([name, ms]) => ({ name, ms }))
  const longest = Math.max(0, ...known.map(({ ms }) => ms))
  const missing = p99s.map(needed).filter((ms) => ms > longest)
  const added = merged(
    [...new Set(missing.map(roundUp))].sort((a, b) => a - b),
    MOST_CLASSES - known.length,
  )
    .map((ms) => ({ name: `within-${formatDuration(ms)}`, ms }))
    .filter(({ name }) => !Object.hasOwn(classes, name))
  const all = [...known, ...added].sort((a, b) => a.ms - b.ms)
  const choose = (p99: number): Choice => {
    const found = all.find(({ ms }) => ms >= needed(p99))
    if (found !== undefined) return { within: found.name, withinMs: found.ms, isNewClass: added.includes(found) }
    const own = roundUp(needed(p99))
    return { within: formatDuration(own), withinMs: own, isNewClass: false }
  }
  return { choose, added }
}

function roundUp(ms: number): number {
  return ROUND.find((round) => round >= ms) ?? Math.ceil(ms / 600_000) * 600_000
}

/** At most so many of the ascending times: of the two that are nearest to each other the shorter one goes. */
function merged(times: readonly number[], most: number): readonly number[] {
  if (most <= 0) return []
  const left = [...times]
  while (left.length > most) {
    const ratios = left.slice(0, -1).map((ms, i) => (left[i + 1] ?? ms) / ms)
    left.splice(ratios.indexOf(Math.min(...ratios)), 1)
  }
  return left
}

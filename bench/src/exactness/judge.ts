import type { Doubt } from '@tabiji/core/ledger'
import { type Life, truthOf } from './life.ts'
import { EPOCH, type Look, type Played } from './play.ts'
import { isDown, SCRAPE, type Scenario } from './scenario.ts'

/** By how many errors a side is off, for each window that it was asked for; negative: too few. */
export type Off = { readonly window: number; readonly off: number; readonly truth: number }

/** One of our looks beside the truth. `placed`: where its window begins nobody was read, and the books say so. */
export type OurOff = Off & { readonly good: number; readonly placed: boolean }

/**
 * Our looks beside the truth of the very stretch that each covers: what a slot holds was told in it, so a window begins
 * with what each process had been told of last before its first slot.
 */
export function ourOffs({ looks, told }: Played, lives: readonly Life[]): readonly OurOff[] {
  return looks.map((look) => {
    const off = { error: look.error, good: look.good }
    let truth = 0
    let placed = false
    for (const life of lives) {
      if (life.from > look.to || life.to + SCRAPE < look.from) continue
      const since = lastBefore(told.get(life) ?? [], look.from) ?? life.from
      placed ||= life.from < look.from && life.to > look.from && look.from - since > SCRAPE
      const counted = truthOf([life], since, look.to)
      truth += counted.error
      off.error -= counted.error
      off.good -= counted.good
    }
    return { window: look.window, off: off.error, good: off.good, truth, placed }
  })
}

/** The last of ascending numbers that lies below a limit. */
function lastBefore(numbers: readonly number[], limit: number): number | undefined {
  let [low, high] = [0, numbers.length]
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((numbers[middle] ?? 0) < limit) low = middle + 1
    else high = middle
  }
  return numbers[low - 1]
}

/** The peer's answers beside the truth of the window that it was asked for; no answer is none of the errors. */
export function peerOffs(
  looks: readonly Look[],
  answers: readonly (number | undefined)[],
  lives: readonly Life[],
): readonly Off[] {
  return looks.map(({ window, to }, i) => {
    const truth = truthOf(lives, to - window, to).error
    return { window, off: (answers[i] ?? 0) - truth, truth }
  })
}

/** What is missing of lives that were killed, and how much of it lies outside the time that their doubts declare. */
export function missingOf(
  { shown, doubts }: Played,
  { lives }: Scenario,
  end: number,
): { readonly missing: number; readonly outside: number } {
  const byProcess = new Map(doubts.map((doubt) => [doubt.process, doubt]))
  let missing = 0
  let outside = 0
  for (const life of lives) {
    if (life.ending !== 'killed' || life.to > end) continue
    const last = shown.get(life)?.at(-1)?.at ?? life.from
    for (let second = last; second < life.to; second++) {
      const { good, error } = truthOf([life], second, second + 1)
      missing += good + error
      if (!covers(byProcess.get(life.id), second)) outside += good + error
    }
  }
  return { missing, outside }
}

function covers(doubt: Doubt | undefined, second: number): boolean {
  if (doubt === undefined || doubt.settledAt !== undefined) return false
  const [from, to] = [EPOCH + second * 1_000, EPOCH + (second + 1) * 1_000]
  return doubt.from <= from && (doubt.to === undefined || doubt.to >= to)
}

/**
 * Instants at which both sides are asked, at random, the whole scenario at its end. An instant is one at which every
 * target was read: what a window covers is stated up to the last reading.
 */
export function instantsOf(
  scenario: Scenario,
  end: number,
  count: number,
  random: () => number,
): ReadonlyMap<number, readonly number[]> {
  const instants = new Map<number, readonly number[]>([[end, [300, 3_600, end]]])
  const isRead = (at: number) =>
    !isDown([...scenario.outages, ...scenario.restarts], at) && !scenario.misses(0, at) && isAnswered(scenario, at)
  while (instants.size <= count) {
    const at = SCRAPE * Math.ceil((3_600 + random() * (end - 3_600)) / SCRAPE)
    if (at < end && isRead(at)) instants.set(at, [300, 3_600])
  }
  return instants
}

/** Whether a process answers at each target, or said its last word when it ended. */
function isAnswered({ lives }: Scenario, at: number): boolean {
  return lives.every((life) => life.ending === 'hand-over' || life.to > at || life.to < at - 60)
}

import { count, events, left, length, percent, placesBeside } from '../../../report/testing/written/written.ts'

type Objective = {
  readonly bad: number
  readonly valid: number
  readonly allowedMillionths: number
  readonly budgeting?: { readonly method: string } | undefined
}

/** How many of what is counted make one: a mean of slices counts millionths of them. */
function unit({ budgeting }: Pick<Objective, 'budgeting'>): number {
  return budgeting?.method === 'ratio-timeslices' ? 1_000_000 : 1
}

export function judged(objective: Objective): string {
  return count(objective.valid / unit(objective))
}

export function badOf(objective: Objective): string {
  return `${count(objective.bad / unit(objective))} / ${events(Math.floor(objective.allowedMillionths / unit(objective)))}`
}

export function result({ bad, valid, targetPpm }: { bad: number; valid: number; targetPpm: number }): string {
  return valid === 0 ? '' : percent(valid - bad, valid, placesBeside(targetPpm))
}

/** Thousandths cut to tenths. */
export function burn(milli: number | undefined): string {
  return milli === undefined ? '' : percent(milli, 100_000, 1)
}

export function leftText(ppm: number | undefined): string {
  return ppm === undefined ? '' : left(ppm)
}

/** `1h`, `30d`. */
export function span(ms: number): string {
  const [unit, length] = (
    [
      ['d', 86_400_000],
      ['h', 3_600_000],
      ['m', 60_000],
    ] as const
  ).find(([, each]) => ms % each === 0) ?? ['s', 1_000]
  return `${ms / length}${unit}`
}

export { count, length as minutes, percent }

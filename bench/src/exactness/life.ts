/** Events of one second of a life, drawn from the traffic that it is given: all of them, and those that fail. */
export type Draw = { readonly good: number; readonly error: number }

/** How a life ends: it hands its final counters over, or it is killed and says nothing. */
export type Ending = 'hand-over' | 'killed'

/** One life of one process in whole seconds. Cumulative counts at any second are its truth. */
export type Life = {
  readonly id: string
  /** Which target answers for it. */
  readonly target: number
  readonly from: number
  /** It counts until here; beyond the end of the scenario it outlives it. */
  readonly to: number
  readonly ending: Ending
  /** Events before a second, since the life began. */
  before(second: number): Draw
}

/** Mean events a second by the second of the scenario and of the life. */
export type Traffic = (second: number, age: number) => { readonly good: number; readonly error: number }

export type LifePlan = Pick<Life, 'id' | 'target' | 'from' | 'to' | 'ending'>

/** Draws a life's events second by second; their sums are kept, so that any stretch can be counted later. */
export function live(plan: LifePlan, traffic: Traffic, end: number, random: () => number): Life {
  const last = Math.min(plan.to, end)
  const seconds = Math.max(0, last - plan.from)
  const good = new Uint32Array(seconds + 1)
  const error = new Uint32Array(seconds + 1)
  for (let age = 0; age < seconds; age++) {
    const mean = traffic(plan.from + age, age)
    good[age + 1] = (good[age] ?? 0) + poisson(mean.good, random)
    error[age + 1] = (error[age] ?? 0) + poisson(mean.error, random)
  }
  return {
    ...plan,
    before: (second) => {
      const age = Math.min(seconds, Math.max(0, second - plan.from))
      return { good: good[age] ?? 0, error: error[age] ?? 0 }
    },
  }
}

/** A Poisson draw by Knuth's product of uniforms (The Art of Computer Programming, vol. 2, 3.4.1); for small means. */
function poisson(mean: number, random: () => number): number {
  const limit = Math.exp(-mean)
  let count = 0
  for (let product = random(); product > limit; product *= random()) count++
  return count
}

/** Events of all lives in [from, to): the truth that both sides are compared with. */
export function truthOf(lives: readonly Life[], from: number, to: number): Draw {
  let good = 0
  let error = 0
  for (const life of lives) {
    if (life.to <= from || life.from >= to) continue
    const [until, since] = [life.before(to), life.before(from)]
    good += until.good - since.good
    error += until.error - since.error
  }
  return { good, error }
}

/** A generator of numbers in [0, 1) that gives the same ones for a seed: xorshift32 (Marsaglia 2003). */
export function randomOf(seed: number): () => number {
  let state = seed | 1
  return () => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return (state >>> 0) / 2 ** 32
  }
}

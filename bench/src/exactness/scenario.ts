import { type Ending, type Life, type LifePlan, live, randomOf, type Traffic } from './life.ts'

const MINUTE = 60
const HOUR = 3_600
const DAY = 86_400
/** Both sides read at whole quarter minutes. */
export const SCRAPE = 15

/** A stretch of seconds in which something is down. */
export type Down = { readonly from: number; readonly to: number }

export type Scenario = {
  readonly name: string
  readonly targets: number
  readonly lives: readonly Life[]
  /** Whether every life has labels of its own in Prometheus, as pods and jobs have. */
  readonly newLabels: boolean
  /** When nobody is read, because the network is down: neither by us nor by the peer. */
  readonly outages: readonly Down[]
  /** When our collector is down. Hand-overs wait in the spool until it is back. The peer goes on. */
  readonly restarts: readonly Down[]
  /** Whether the reading of a target at a second fails. */
  misses(target: number, second: number): boolean
}

type Plan = {
  readonly name: string
  readonly targets?: number
  readonly traffic: Traffic
  plans(end: number, random: () => number): Iterable<LifePlan>
  readonly newLabels?: true
  readonly missShare?: number
  readonly outages?: (end: number) => readonly Down[]
  readonly restarts?: (end: number) => readonly Down[]
}

const steady = (rate: number, errors: number): Traffic => {
  const mean = { good: rate * (1 - errors), error: rate * errors }
  return () => mean
}

/** One life after the other at one target, each as long as `length` says, a pause between them. */
function* chain(
  target: number,
  end: number,
  length: () => number,
  pause: number,
  ending: Ending = 'hand-over',
  first = 0,
): Iterable<LifePlan> {
  let number = 0
  for (let from = first; from < end; ) {
    const to = from + length()
    yield { id: `pod-${target}-${number++}`, target, from, to, ending }
    from = to + pause
  }
}

const between = (from: number, to: number, random: () => number) => Math.floor(from + random() * (to - from))

/** Six steady requests a second by night and fourteen by day, and now and then a minute of failures. */
const diurnal: Traffic = (second) => {
  const rate = 10 + 4 * Math.sin((second / DAY) * 2 * Math.PI)
  const burst = second % (7 * HOUR) < 3 * MINUTE ? 0.2 : 0.001
  return { good: rate * (1 - burst), error: rate * burst }
}

/** The seven scenarios of our reference on exactness, then a restart of the collector, an outage, and kills. */
const PLANS: readonly Plan[] = [
  { name: 'steady', traffic: steady(10, 0.001), plans: (end) => chain(0, end, () => end + DAY, 0) },
  {
    name: 'rolling deploy each 4 h, 3 pods',
    targets: 3,
    newLabels: true,
    traffic: steady(10 / 3, 0.001),
    *plans(end, random) {
      // A pod after the other, each at its own moment between two readings.
      for (const target of [0, 1, 2]) {
        yield* chain(target, end, () => 4 * HOUR + between(-20, 20, random), 3, 'hand-over', target * 47)
      }
    },
  },
  {
    name: 'crash loop of 5 min, errors in the last 20 s',
    traffic: (_, age) => (age % (5 * MINUTE) >= 280 ? { good: 1, error: 2 } : { good: 3, error: 0 }),
    plans: (end) => chain(0, end, () => 5 * MINUTE, 11),
  },
  { name: 'low traffic', traffic: steady(0.02, 0.01), plans: (end) => chain(0, end, () => end + DAY, 0) },
  {
    name: 'short jobs of 60 s',
    newLabels: true,
    traffic: steady(3, 0.02),
    plans: (end, random) => chain(0, end, () => MINUTE + between(-9, 9, random), 4),
  },
  { name: 'daily restart, diurnal, bursts', traffic: diurnal, plans: (end) => chain(0, end, () => DAY - 7, 7) },
  {
    name: '5 % missed readings, 4 restarts a day',
    traffic: steady(10, 0.001),
    plans: (end, random) => chain(0, end, () => 6 * HOUR + between(-99, 99, random), 9),
    missShare: 0.05,
  },
  {
    name: 'collector down 10 min each 9 h',
    traffic: steady(5, 0.002),
    plans: (end, random) => chain(0, end, () => HOUR + between(-99, 99, random), 6),
    restarts: (end) => every(9 * HOUR, 10 * MINUTE, end),
  },
  {
    name: 'scrape outage of 2 h each 3 days',
    traffic: steady(5, 0.002),
    plans: (end, random) => chain(0, end, () => 5 * HOUR + between(-99, 99, random), 6),
    outages: (end) => every(3 * DAY, 2 * HOUR, end),
  },
  {
    name: 'killed each 5 min, errors in the last 20 s',
    traffic: (_, age) => (age % (5 * MINUTE) >= 280 ? { good: 1, error: 2 } : { good: 3, error: 0 }),
    plans: (end, random) => chain(0, end, () => 5 * MINUTE + between(-60, 60, random), 11, 'killed'),
  },
]

/** Down for so long each time that the period has passed, never at the very end. */
function every(period: number, length: number, end: number): readonly Down[] {
  const downs: Down[] = []
  for (let from = Math.min(period, Math.floor(end / 3)); from + length < end - HOUR; from += period) {
    downs.push({ from, to: from + length })
  }
  return downs
}

/** All scenarios over so many seconds; the same seed gives the same events. */
export function* scenarios(end: number, seed: number): Generator<Scenario> {
  for (const [i, plan] of PLANS.entries()) {
    const { name, targets = 1, traffic, plans, missShare = 0, outages, restarts, newLabels = false } = plan
    const random = randomOf(seed + i * 7_919)
    const lives = [...plans(end, random)].map((each) => live(each, traffic, end, random))
    const missed = new Set<number>()
    for (let at = SCRAPE; at < end - HOUR; at += SCRAPE) if (random() < missShare) missed.add(at)
    yield {
      name,
      targets,
      newLabels,
      lives,
      outages: outages?.(end) ?? [],
      restarts: restarts?.(end) ?? [],
      misses: (_, second) => missed.has(second),
    }
  }
}

export function isDown(downs: readonly Down[], second: number): boolean {
  return downs.some(({ from, to }) => second >= from && second < to)
}

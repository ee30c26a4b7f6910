import { plusMonths } from '../calendar.ts'
import type { Work } from '../naive-work.ts'
import { endOf } from './debt.ts'
import { factsOfIncident, type IncidentFacts } from './incident.ts'

type One = IncidentFacts & { readonly key: string }
type Times = readonly { readonly key: string; readonly ms: number }[]

/** From which clock to which, and of which incidents. */
const MEASURES: Readonly<
  Record<string, readonly [take: (one: One) => number | undefined, concerns: (one: One) => boolean]>
> = {
  detect: [({ impactStarted, detected }) => between(impactStarted, detected), () => true],
  notify: [({ detected, delivered }) => between(detected, delivered), () => true],
  acknowledge: [({ delivered, acknowledged }) => between(delivered, acknowledged), ({ level }) => level === 1],
  mitigate: [({ impactStarted, mitigated }) => between(impactStarted, mitigated), () => true],
  resolve: [
    ({ impactStarted, resolved }) => between(impactStarted, resolved),
    ({ resolved }) => resolved !== undefined,
  ],
}

function between(from: number | undefined, to: number | undefined): number | undefined {
  return from === undefined || to === undefined ? undefined : Math.max(0, to - from)
}

/** How the incidents were answered whose impact began in the month, by all that is known of them. */
export function recountResponse(work: Work, month: string) {
  const all = [...work.incidents].map(([key, lines]) => ({ key, ...factsOfIncident(lines) }))
  const began = (from: number, to: number) => all.filter((one) => one.began >= from && one.began < to)
  const start = endOf(plusMonths(month, -1))
  const during = began(start, endOf(month))
  const real = during.filter(({ drill }) => !drill)
  const earlier = began(endOf(plusMonths(month, -4)), start).filter(({ drill }) => !drill)
  return {
    ...{ incidents: real.length, drills: during.length - real.length },
    open: real.filter(({ resolved }) => resolved === undefined).length,
    // A time that a person stated was seen by a person.
    detectedByUs: { numerator: 0, denominator: real.filter(({ detected }) => detected !== undefined).length },
    measures: Object.fromEntries(
      Object.entries(MEASURES).map(([name, [take, concerns]]) => {
        const timesOf = (some: readonly One[]) =>
          some.flatMap((one) => {
            const ms = take(one)
            return ms === undefined ? [] : [{ key: one.key, ms }]
          })
        const concerned = real.filter(concerns)
        const times = timesOf(concerned)
        const moved = hasMoved(times, timesOf(earlier.filter(concerns)))
        return [name, { ...spreadOf(times), unknown: concerned.length - times.length, moved }]
      }),
    ),
  }
}

function spreadOf(times: Times) {
  const sorted = times.map(({ ms }) => ms).sort((a, b) => a - b)
  const first = (tenths: number) => sorted.find((_, i) => (i + 1) * 10 >= sorted.length * tenths)
  return {
    ...{ count: times.length, medianMs: first(5), p90Ms: first(9) },
    ...(times.length < 10 && { list: Object.fromEntries(times.map(({ key, ms }) => [key, { ms }])) }),
  }
}

/**
 * Whether fewer than one in twenty ways of dealing all times into two such heaps set their middles as far apart as they are. All
 * ways are looked at, where the product throws dice.
 */
function hasMoved(now: Times, before: Times): boolean {
  if (now.length === 0 || before.length === 0) return false
  const all = [...now, ...before].map(({ ms }) => ms)
  const seen = Math.abs(middleOf(all.slice(0, now.length)) - middleOf(all.slice(now.length)))
  let [ways, asFar] = [0, 0]
  for (const taken of choices(all.length, now.length)) {
    const [here, there] = [all.filter((_, i) => taken.has(i)), all.filter((_, i) => !taken.has(i))]
    ways++
    if (Math.abs(middleOf(here) - middleOf(there)) >= seen) asFar++
  }
  return asFar * 20 < ways
}

function middleOf(times: readonly number[]): number {
  return [...times].sort((a, b) => a - b)[Math.ceil(times.length / 2) - 1] ?? 0
}

/** All ways of taking so many of so many. */
function* choices(of: number, take: number, from = 0): Iterable<Set<number>> {
  if (take === 0) yield new Set()
  else for (let i = from; i <= of - take; i++) for (const rest of choices(of, take - 1, i + 1)) yield rest.add(i)
}

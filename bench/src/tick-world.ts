import type { Config } from '@tabiji/collector'
import { RESPONSE_GOALS } from '@tabiji/core/fix'
import { type Definition, defineJourneys, type JourneysDocument, METRIC } from '@tabiji/core/journey'
import { ALWAYS_OPEN } from '@tabiji/core/time'

const DOOR = { host: '127.0.0.1', port: 0, tokens: [] }
/** The grid that a collector has by default: quarter minutes for three days, minutes for a hundred. */
const GRID: Config['ledger']['grid'] = [
  { fromAgeSeconds: 0, width: 15 },
  { fromAgeSeconds: 3 * 86_400, width: 60 },
  { fromAgeSeconds: 100 * 86_400, width: 300 },
]
/** Bucket edges of the histogram that the SDK writes beside the counters. */
const EDGES = ['0.15', '0.3', '0.6', '+Inf']
export const STEP = 'answer'

/**
 * A file of so many journeys, each with one step and one objective over rolling thirty days.
 *
 * @param guard false: one failure may count, for the comparison with peers that have no guard against few events
 */
export function documentOf(count: number, guard = true): JourneysDocument {
  const journey = {
    title: { en: 'Journey', ja: '旅路' },
    owner: 'team',
    runbook: 'https://wiki.example.org/runbook',
    tier: 2,
    objectives: { availability: 99.9 },
    steps: { [STEP]: { job: true, within: 'read' } },
  } as const
  const journeys = Object.fromEntries(Array.from({ length: count }, (_, i) => [journeyName(i), journey]))
  return {
    timeZone: 'Asia/Tokyo',
    classes: { read: '300ms' },
    ...(!guard && { policy: { guard: { badEvents: 1, confidence: 80 } } }),
    journeys,
  }
}

/** What such a file means. */
export function worldOf(count: number): Definition {
  // A collector reads a file and does not keep the document beside what it means.
  const { document: _, ...definition } = defineJourneys(documentOf(count))
  return definition
}

export function journeyName(number: number): string {
  return `journey-${number}`
}

export function configOf(storeFile: string, urls: readonly string[], intervalMs: number): Config {
  return {
    file: storeFile,
    journeysFile: storeFile,
    storeFile,
    language: 'en',
    discovery: [],
    engines: [],
    targets: urls.map((url, i) => ({ service: `service-${i}`, url, intervalMs, timeoutMs: intervalMs })),
    ledger: { grid: GRID, clockSkewMs: 5_000 },
    evaluation: { intervalMs, graceMs: 0 },
    listen: { api: DOOR, ingest: DOOR },
    hooks: {},
    incidents: { openOn: 'never', joinWithinMs: 0 },
    goals: RESPONSE_GOALS,
    runbooks: [],
    otlp: { services: [], intervalMs: 60_000 },
    metrics: { journeys: true, sloth: true, pyrra: true },
    limits: { maxBytes: 64 * 1024 ** 2, maxSeries: 1_000_000 },
    probes: { references: [], plans: [] },
    receivers: [],
    routes: { 1: [], 2: [], 3: [] },
    trackers: [],
    practice: { members: [], drillEvery: {}, checklist: () => [] },
    checklists: () => ({ 1: { items: [] }, 2: { items: [] }, 3: { items: [] } }),
    postmortems: { within: {} },
    updateEvery: {},
    inhibitions: [],
    maintenance: [],
    unanswered: {
      acknowledge: { pageMs: 3_600_000 },
      escalation: [],
      reminders: { everyMs: 1_800_000, atMost: 0 },
      ticketAfterDays: 3,
    },
    calendar: { desk: () => ALWAYS_OPEN, teams: new Map(), files: [] },
  }
}

/** Counts of one service that go on from call to call: some events each time, few of them bad. */
export type Traffic = { readonly counts: (readonly [good: number, error: number])[]; grow(): void }

export function trafficOf(journeys: number): Traffic {
  let seed = 20_261_124
  // Linear congruential generator with the constants of "Numerical Recipes" (Press et al.), section 7.1.
  const draw = (below: number) => {
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((seed / 2 ** 32) * below)
  }
  const counts: (readonly [number, number])[] = Array.from({ length: journeys }, () => [0, 0])
  return {
    counts,
    // About ten events a second at the quarter minute between two readings, of which one in 30,000 fails.
    grow: () => {
      for (const [i, [good, error]] of counts.entries()) {
        counts[i] = [good + 130 + draw(41), error + (draw(200) === 0 ? 1 : 0)]
      }
    },
  }
}

/** A body as the SDK writes it: four counters and a histogram for each step. */
export function bodyOf(processId: string, startedAt: number, first: number, traffic: Traffic): string {
  const started = new Date(startedAt).toISOString()
  const lines = [
    `# HELP ${METRIC.definition} Who is speaking, by which journeys file.`,
    `# TYPE ${METRIC.definition} gauge`,
    `${METRIC.definition}{process_id="${processId}",fingerprint="0123456789abcdef",sdk_version="0.1.0",started_at="${started}"} 1`,
    `# HELP ${METRIC.events} Events by outcome.`,
    `# TYPE ${METRIC.events} counter`,
  ]
  for (const [i, [good, error]] of traffic.counts.entries()) {
    const labels = `journey="${journeyName(first + i)}",step="${STEP}"`
    lines.push(
      `${METRIC.events}{${labels},outcome="good"} ${good}`,
      `${METRIC.events}{${labels},outcome="slow"} 0`,
      `${METRIC.events}{${labels},outcome="error"} ${error}`,
      `${METRIC.events}{${labels},outcome="excluded"} 0`,
    )
  }
  lines.push(`# HELP ${METRIC.duration} Time to answer.`, `# TYPE ${METRIC.duration} histogram`)
  for (const [i, [good, error]] of traffic.counts.entries()) {
    const labels = `journey="${journeyName(first + i)}",step="${STEP}"`
    for (const edge of EDGES) lines.push(`${METRIC.duration}_bucket{le="${edge}",${labels}} ${good}`)
    lines.push(`${METRIC.duration}_sum{${labels}} ${good / 8}`, `${METRIC.duration}_count{${labels}} ${good + error}`)
  }
  return `${lines.join('\n')}\n`
}

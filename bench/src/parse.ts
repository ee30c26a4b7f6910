import { createExpositionParser } from '@tabiji/collector'
import { METRIC } from '@tabiji/core/journey'
import parsePrometheus from 'parse-prometheus-text-format'
import { Histogram, Registry } from 'prom-client'
import { type Row, rowOf } from './result.ts'
import { runRounds } from './rounds.ts'

const ROUNDS = 15
const WARM_UP = 3
/** Bodies by turns, so that the numbers differ from scrape to scrape as they do in life. */
const SCRAPES = 6
/** At least this many times less CPU than the peer: for a target's first body, and for every later one. */
const GOAL = { first: 3, repeat: 20 }
const LIMITS = { maxBytes: 64 * 1024 ** 2, maxSeries: 1_000_000, maxLabelBytes: 4096 }
/** Buckets, `+Inf`, sum and count of one histogram child under prom-client's default buckets. */
const SAMPLES_PER_CHILD = 14
const NAME = 'http_request_duration_seconds'
const ALL_NAMES = new Set([`${NAME}_bucket`, `${NAME}_sum`, `${NAME}_count`])
/** What the collector takes of a body; all other samples are checked only. */
const READING = new Set<string>([METRIC.events, METRIC.definition, METRIC.dropped])

/**
 * What prom-client writes, parsed again and again: the body of a big service (2.3 MB) and of a small one (116 kB). Ours
 * parses bytes; the peer is given the text decoded beforehand, which favours it.
 */
export async function parse(): Promise<Row[]> {
  return [...(await parseBodies('large', 1429, 1)), ...(await parseBodies('small', 71, 20))]
}

async function parseBodies(size: string, children: number, times: number): Promise<Row[]> {
  const bodies = await scrape(children)
  const texts = bodies.map((body) => body.toString())
  const samples = children * SAMPLES_PER_CHILD
  mustAgree(bodies, samples)
  const repeating = createExpositionParser(LIMITS, READING)
  const contestants = [
    (at: number) => take(createExpositionParser(LIMITS, READING).parse(pick(bodies, at), 'text').ok),
    (at: number) => take(createExpositionParser(LIMITS, ALL_NAMES).parse(pick(bodies, at), 'text').ok),
    (at: number) => take(repeating.parse(pick(bodies, at), 'text').ok),
    (at: number) => take(parsePrometheus(pick(texts, at)).length === 1),
  ].map((parseOnce) => ({ times: times * samples, work: () => repeat(times, parseOnce) }))
  const [first = [], whole = [], again = [], peer = []] = runRounds(contestants, ROUNDS, WARM_UP)
  const what = `ns of CPU per sample, ${samples} histogram samples in ${(bodies[0]?.length ?? 0) / 1000} kB`
  return [
    row(`parse-first-${size}`, `${what}; a first body as the collector reads it`, first, peer, GOAL.first),
    row(
      `parse-all-${size}`,
      `${what}; a first body with every sample taken, as the peer does`,
      whole,
      peer,
      GOAL.first,
    ),
    row(`parse-repeat-${size}`, `${what}; a later body`, again, peer, GOAL.repeat),
  ]
}

function row(id: string, what: string, ours: readonly number[], peer: readonly number[], goal: number): Row {
  const result = rowOf(id, what, ours, peer, goal)
  const rate = (nanoseconds: number) => `${(1000 / nanoseconds).toPrecision(3)} M samples/s`
  return { ...result, note: `${rate(result.ours)} beside ${rate(result.peer)}` }
}

function repeat(times: number, parseOnce: (at: number) => void): void {
  for (let at = 0; at < times; at++) parseOnce(turn++)
}

/** Goes on from round to round, so that no parser meets the same body twice in a row. */
let turn = 0

const pick = <One>(list: readonly One[], at: number): One => list[at % list.length] as One

function take(isWell: boolean): void {
  if (!isWell) throw new Error('Expected both sides to parse what prom-client wrote')
}

/** A service's body as prom-client writes it, at several times of its life. */
async function scrape(children: number): Promise<readonly Buffer[]> {
  const registry = new Registry()
  const labelNames = ['method', 'route', 'status', 'tenant'] as const
  const histogram = new Histogram({ name: NAME, help: 'Time to answer.', labelNames, registers: [registry] })
  const of = Array.from({ length: children }, (_, i) => ({
    method: i % 3 === 0 ? 'POST' : 'GET',
    route: `/v1/measurements/${i % 37}`,
    status: i % 11 === 0 ? '500' : '200',
    tenant: `tenant-${i}`,
  }))
  const bodies: Buffer[] = []
  for (let scrape = 0; scrape < SCRAPES; scrape++) {
    of.forEach((labels, i) => {
      for (let event = 0; event <= (i + scrape) % 7; event++) histogram.observe(labels, ((i * 31 + event) % 97) / 100)
    })
    bodies.push(Buffer.from(await registry.metrics()))
  }
  return bodies
}

/**
 * A comparison counts only when both sides read the same. The peer melts all children of a histogram into one and so
 * loses most numbers, after reading every line; without the TYPE line it gives back each sample as it stands.
 */
function mustAgree(bodies: readonly Buffer[], samples: number): void {
  const ours = createExpositionParser(LIMITS, ALL_NAMES)
  for (const body of bodies) {
    const read = ours.parse(body, 'text')
    if (!read.ok) throw new Error(read.message)
    const said = read.series.map(({ name, labels }, i) => [name, ...labels, read.numbers[i]].join(' '))
    const untyped = body.toString().replaceAll(/^# TYPE .*\n/gm, '')
    const peers = parsePrometheus(untyped).flatMap(({ name, metrics }) =>
      metrics.map(({ labels, value }) => [name, ...Object.entries(labels).flat(), Number(value)].join(' ')),
    )
    const known = new Set(peers)
    const missing = said.find((sample) => !known.has(sample))
    if (said.length === samples && peers.length === samples && missing === undefined) continue
    throw new Error(`Expected the same ${samples} samples of both sides, got ${peers.length} and not ${missing}`)
  }
}

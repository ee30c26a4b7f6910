import { defineJourneys, METRIC, OUTCOMES } from '@tabiji/core/journey'
import { createRecorder } from '@tabiji/sdk'
import { Counter, Histogram, Registry } from 'prom-client'
import { type Row, rowOf } from './result.ts'

const [ROUNDS, WARM_UP] = [31, 4]
const GOAL = 5
/** Four counters and six lines of a histogram each. */
const [JOURNEYS, STEPS] = [20, 50]

/** Printing a registry with ten thousand series of ours, beside one with prom-client's own metrics that say the same. */
export async function render(): Promise<Row[]> {
  const names = Array.from({ length: JOURNEYS }, (_, i) => `journey-${i}`)
  const steps = Object.fromEntries(
    Array.from({ length: STEPS }, (_, i) => [`step-${i}`, { job: true, within: '1s' }] as const),
  )
  const journeys = defineJourneys({
    timeZone: 'UTC',
    journeys: Object.fromEntries(names.map((name) => [name, { steps }])),
  })
  const [ours, peer] = [new Registry(), new Registry()]
  const recorder = createRecorder(journeys, { registry: ours, service: 'bench' })
  const shared = { help: 'The same as ours.', registers: [peer] }
  const events = new Counter({ name: METRIC.events, labelNames: ['journey', 'step', 'outcome'], ...shared })
  const durations = new Histogram({
    name: METRIC.duration,
    labelNames: ['journey', 'step'],
    buckets: [0.5, 1, 2],
    ...shared,
  })
  for (const journey of names) {
    for (const step of Object.keys(steps)) {
      const tally = recorder.tally(journey, step)
      for (const outcome of OUTCOMES) {
        tally(outcome, 250)
        events.inc({ journey, step, outcome })
        if (outcome !== 'excluded') durations.observe({ journey, step }, 0.25)
      }
    }
  }
  const series = await mustSayTheSame(ours, peer)
  const figures: [number[], number[]] = [[], []]
  for (let round = -WARM_UP; round < ROUNDS; round++) {
    for (const [at, registry] of [ours, peer].entries()) {
      const before = process.cpuUsage()
      await registry.metrics()
      const { user, system } = process.cpuUsage(before)
      if (round >= 0) figures[at]?.push(((user + system) * 1000) / series)
    }
  }
  const what = `ns of CPU per series of ${series} printed by prom-client's registry; peer: its own metrics`
  return [rowOf('render-10000', what, ...figures, GOAL)]
}

/** @returns how many series both print, byte for byte alike. */
async function mustSayTheSame(ours: Registry, peer: Registry): Promise<number> {
  const lines = async (registry: Registry) =>
    (await registry.metrics()).split('\n').filter((line) => /^journey_step_/.test(line))
  const said = new Set((await lines(ours)).map(inOrder))
  const theirs = (await lines(peer)).map(inOrder)
  const different = theirs.filter((line) => !said.has(line))
  if (different.length > 0) throw new Error(`The two sides print differently, such as ${different[0]}`)
  return theirs.length
}

/** A line with its labels in the order of their names: both orders are right. */
function inOrder(line: string): string {
  return line.replace(/\{(.*)\}/, (_, labels: string) => `{${labels.split(',').sort().join(',')}}`)
}

import { medianWithInterval } from './interval.ts'
import { record } from './record.ts'
import { type Row, rowOf } from './result.ts'
import { addedPerRequest } from './sdk-added.ts'
import { baggage } from './sdk-baggage.ts'
import { render } from './sdk-render.ts'

const WHOLE = { rounds: 600, warmUp: 40, requests: 200 }
const QUICK = { rounds: 60, warmUp: 10, requests: 200 }

/** At most half of what express-prom-bundle adds, and a third of what OpenTelemetry adds. */
const GOALS = { 'express-prom-bundle': 2, 'prometheus-api-metrics': 1, otel: 3 } as const

/** What the SDK costs a service: per request of an express app on loopback, and per recorded event. */
export async function sdk(options: ReadonlySet<string>): Promise<Row[]> {
  const added = await addedPerRequest(options.has('--quick') ? QUICK : WHOLE)
  const of = (variant: Parameters<typeof added.get>[0]) => added.get(variant) ?? []
  const what = 'µs of CPU added to a request of a bare express 5 app'
  return [
    ...Object.entries(GOALS).map(([peer, goal]) =>
      addedRow(`sdk-${peer}`, `${what}; peer: ${peer}`, of('ours'), of(peer as keyof typeof GOALS), goal),
    ),
    controlRow(of('bare-again')),
    ...(await record()),
    ...(await baggage()),
    ...(await render()),
  ]
}

/** The upper bound of what we add beside the middle of what the peer adds, so that chance cannot flatter us. */
function addedRow(id: string, what: string, our: readonly number[], peer: readonly number[], goal: number): Row {
  const [ours, theirs] = [medianWithInterval(our), medianWithInterval(peer)]
  const bounds = {
    ours: [ours.low, ours.high],
    peer: [theirs.low, theirs.high],
  } as const
  const row = rowOf(id, what, [ours.high], [theirs.median], goal)
  const note = `ours: upper bound of the 95 % interval; our median ${ours.median.toFixed(1)}; in parentheses 95 % intervals`
  return { ...row, spread: bounds, note }
}

/** A bare app against itself: how far the method is wrong where there is nothing to be found. */
function controlRow(again: readonly number[]): Row {
  const { median, low, high } = medianWithInterval(again)
  const row = rowOf('sdk-control', 'µs of CPU that a bare app seems to add to itself', [Math.abs(median)], [1], 1)
  const note = `A/A control: signed median ${median.toFixed(2)}, 95 % interval in parentheses; no peer: 1 µs is the limit`
  return { ...row, spread: { ours: [low, high], peer: [1, 1] }, note }
}

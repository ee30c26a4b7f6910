import { once } from 'node:events'
import { createWriteStream, type WriteStream } from 'node:fs'
import { finished } from 'node:stream/promises'
import { METRIC } from '@tabiji/core/journey'
import { journeyName, STEP } from '../tick-world.ts'
import { ratioName, slothLabels } from './sloth.ts'
import { countsAt } from './traffic.ts'

const DAY = 86_400
/** The longest window that is asked of raw counters is three days. */
const RAW_SECONDS = 3.2 * DAY
const RAW_STEP = 15
const PERIOD_SECONDS = 30 * DAY

export type History = {
  readonly journeys: number
  /** As Prometheus will name the service that it scrapes. */
  readonly instance: string
  /** Seconds: where the history ends. */
  readonly until: number
  /** Seconds between two values of the recorded ratio, whose thirty days the period is worked out from. */
  readonly recordedStep: number
}

/** Writes what Prometheus must have had to answer all windows: raw counters, and the recorded ratio of five minutes. */
export async function writeHistory(file: string, history: History): Promise<void> {
  const out = createWriteStream(file)
  await writeCounters(out, history)
  await writeRatios(out, history)
  out.end('# EOF\n')
  await finished(out)
}

async function writeCounters(out: WriteStream, { journeys, instance, until }: History) {
  out.write(`# TYPE ${METRIC.events.replace(/_total$/, '')} counter\n`)
  const from = Math.floor(until - RAW_SECONDS)
  for (const [column, outcome] of ['good', 'error'].entries()) {
    for (let i = 0; i < journeys; i++) {
      const labels = `instance="${instance}",job="shop",journey="${journeyName(i)}",step="${STEP}",outcome="${outcome}"`
      const value = (at: number) => countsAt(at - from)[column] ?? 0
      await writeSeries(out, `${METRIC.events}{${labels}}`, from, until, RAW_STEP, value)
    }
  }
}

async function writeRatios(out: WriteStream, { journeys, until, recordedStep }: History) {
  out.write(`# TYPE ${ratioName('5m')} gauge\n`)
  const from = until - PERIOD_SECONDS
  for (let i = 0; i < journeys; i++) {
    const name = `${ratioName('5m')}{${slothLabels(i)},sloth_window="5m"}`
    await writeSeries(out, name, from, until, recordedStep, (at) => ratioAt(at - from))
  }
}

/** The share of failures in the five minutes before, as a rule would have recorded it. */
function ratioAt(at: number): number {
  const [good, error] = countsAt(at)
  const [goodBefore, errorBefore] = countsAt(Math.max(0, at - 300))
  const all = good - goodBefore + error - errorBefore
  return all === 0 ? 0 : (error - errorBefore) / all
}

async function writeSeries(
  out: WriteStream,
  name: string,
  from: number,
  until: number,
  step: number,
  valueAt: (at: number) => number,
): Promise<void> {
  let lines: string[] = []
  for (let at = from; at < until; at += step) {
    lines.push(`${name} ${valueAt(at)} ${at}`)
    if (lines.length < 10_000) continue
    if (!out.write(`${lines.join('\n')}\n`)) await once(out, 'drain')
    lines = []
  }
  if (lines.length > 0) out.write(`${lines.join('\n')}\n`)
}

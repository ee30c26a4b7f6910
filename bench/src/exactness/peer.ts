import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { join } from 'node:path'
import { finished } from 'node:stream/promises'
import { METRIC } from '@tabiji/core/journey'
import { createBlocks, startPrometheus } from '../prometheus.ts'
import type { Life } from './life.ts'
import { EPOCH, type Shown } from './play.ts'

const NAME = METRIC.events.replace(/_total$/, '')

/** An instant and a window, in seconds of the scenario. */
export type Question = { readonly at: number; readonly window: number }

/**
 * What a real Prometheus makes of the same readings: they are written as OpenMetrics with their times, made into its own
 * blocks by promtool, and asked by `increase()`.
 *
 * @param shown what each target showed, by life
 * @param newLabels whether every life has labels of its own, as pods and jobs have; else lives of a target are one series
 * @returns the increase of errors for each question; `undefined` where Prometheus has no answer
 */
export async function askPrometheus(
  folder: string,
  shown: ReadonlyMap<Life, readonly Shown[]>,
  newLabels: boolean,
  questions: readonly Question[],
): Promise<readonly (number | undefined)[]> {
  const file = join(folder, 'readings.txt')
  const data = join(folder, 'tsdb')
  await writeReadings(file, shown, newLabels)
  await createBlocks(file, data)
  const server = await startPrometheus(folder, data, '{}\n')
  try {
    const answers: (number | undefined)[] = []
    for (const { at, window } of questions) {
      answers.push(await server.ask(`sum(increase(${METRIC.events}{outcome="error"}[${window}s]))`, EPOCH / 1_000 + at))
    }
    return answers
  } finally {
    await server.close()
  }
}

async function writeReadings(file: string, shown: ReadonlyMap<Life, readonly Shown[]>, newLabels: boolean) {
  const out = createWriteStream(file)
  out.write(`# TYPE ${NAME} counter\n`)
  const lives = [...shown].sort(([a], [b]) => a.target - b.target || a.from - b.from)
  for (const outcome of ['good', 'error'] as const) {
    for (const [life, list] of lives) {
      const instance = newLabels ? life.id : `target-${life.target}`
      const labels = `instance="${instance}",outcome="${outcome}"`
      const lines = list.map((each) => `${METRIC.events}{${labels}} ${each[outcome]} ${EPOCH / 1_000 + each.at}`)
      if (!out.write(`${lines.join('\n')}\n`)) await once(out, 'drain')
    }
  }
  out.end('# EOF\n')
  await finished(out)
}

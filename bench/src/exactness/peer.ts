import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { finished } from 'node:stream/promises'
import { setTimeout as pause } from 'node:timers/promises'
import { METRIC } from '@tabiji/core/journey'
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
  // One pass over the file for each block: few long ones.
  const blocks = ['create-blocks-from', '--max-block-duration=8760h', 'openmetrics', '--quiet', file, data]
  await run('promtool', ['tsdb', ...blocks])
  const server = await startPrometheus(folder, data)
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

async function startPrometheus(folder: string, data: string) {
  const config = join(folder, 'prometheus.yaml')
  await writeFile(config, '{}\n')
  const port = await freePort()
  const child = spawn(
    'prometheus',
    [
      `--config.file=${config}`,
      `--storage.tsdb.path=${data}`,
      '--storage.tsdb.retention.time=100y',
      `--web.listen-address=127.0.0.1:${port}`,
      '--log.level=error',
    ],
    { stdio: 'inherit' },
  )
  const exited = once(child, 'exit')
  const url = `http://127.0.0.1:${port}`
  const isReady = () =>
    fetch(`${url}/-/ready`).then(
      ({ ok }) => ok,
      () => false,
    )
  while (!(await isReady())) {
    if (child.exitCode !== null) throw new Error('Expected Prometheus to start; what it said stands above')
    await pause(100)
  }
  return {
    ask: async (query: string, time: number): Promise<number | undefined> => {
      const answer = await fetch(`${url}/api/v1/query?${new URLSearchParams({ query, time: String(time) })}`)
      const { data } = (await answer.json()) as { data: { result: readonly { value: readonly [number, string] }[] } }
      const [first] = data.result
      return first === undefined ? undefined : Number(first.value[1])
    },
    close: async () => {
      child.kill('SIGTERM')
      await exited
    },
  }
}

async function run(command: string, words: readonly string[]): Promise<void> {
  const child = spawn(command, words, { stdio: ['ignore', 'ignore', 'inherit'] })
  const [status] = (await once(child, 'exit')) as [number | null]
  if (status !== 0) throw new Error(`Expected ${command} ${words.join(' ')} to exit with 0, got ${status}`)
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as { port: number }
  await new Promise((done) => server.close(done))
  return port
}

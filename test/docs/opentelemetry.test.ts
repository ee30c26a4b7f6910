import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { metrics } from '@opentelemetry/api'
import { OTLPMetricExporter } from '@opentelemetry/exporter-metrics-otlp-proto'
import { MeterProvider, PeriodicExportingMetricReader } from '@opentelemetry/sdk-metrics'
import type { Recorder } from '@tabiji/sdk'
import type { Registry } from 'prom-client'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { startReceiver } from '../sdk/testing/otlp.ts'
import { seriesOfPush } from '../sdk/testing/series.ts'
import { blocksOf } from './testing/blocks.ts'

const ROOT = join(import.meta.dirname, '../..')
const GUIDE = join(ROOT, 'docs/guides/opentelemetry.md')
const COLLECTOR = 'http://127.0.0.1:7071'

/** Somebody's project: below the workspace's modules, so that the packages are found as if they were installed. */
let project = ''
const running: ChildProcess[] = []
const receivers: { close(): Promise<void> }[] = []

/** The guide's files by the name in their first line. */
const files = new Map(
  blocksOf(GUIDE).flatMap(({ language, text }) => {
    const [, name] = /^\/\/ ([\w-]+\.ts)$/m.exec(text) ?? []
    return language === 'ts' && name !== undefined ? [[name, text] as const] : []
  }),
)

/** The app that the guide starts after `traced.js`; it ends itself once it was asked. */
const TRACED_APP = `
import express from 'express'
import { recorder } from './traced.js'
const app = express()
app.use(recorder.express())
app.post('/orders', recorder.step('checkout', 'pay'), (_request, response) => response.status(201).end())
const server = app.listen(0, '127.0.0.1', () => console.log(server.address().port))
recorder.closeOnSignals(server)
`

beforeAll(() => {
  const cache = join(ROOT, 'node_modules/.cache')
  mkdirSync(cache, { recursive: true })
  project = mkdtempSync(join(cache, 'opentelemetry-'))
  const write = (name: string, text: string) => writeFileSync(join(project, name), text)
  write('package.json', '{ "type": "module" }')
  for (const [name, text] of files) write(name, text)
  write('traced-app.js', TRACED_APP)
  const compilerOptions = {
    types: ['node'],
    typeRoots: [join(ROOT, 'node_modules/@types')],
    composite: false,
    declarationMap: false,
  }
  write(
    'tsconfig.json',
    JSON.stringify({ extends: join(ROOT, 'tsconfig.base.json'), compilerOptions, include: ['*.ts'] }),
  )
})

afterEach(async () => {
  for (const child of running.splice(0)) child.kill('SIGKILL')
  for (const receiver of receivers.splice(0)) await receiver.close()
})
afterAll(() => rmSync(project, { recursive: true, force: true }))

/** A collector in the place of the one that the compiled file names; the service's own port is any that is free. */
async function receiverFor(name: string) {
  const receiver = await startReceiver()
  receivers.push(receiver)
  const file = join(project, name)
  const text = readFileSync(file, 'utf8')
  expect(text).toContain(COLLECTOR)
  const free = text.replace("app.listen(3000, '127.0.0.1')", LISTEN)
  writeFileSync(file, free.replaceAll(COLLECTOR, receiver.url))
  return receiver
}
const LISTEN = "app.listen(0, '127.0.0.1', () => console.log(server.address().port))"

function start(args: readonly string[], env: Record<string, string> = {}): ChildProcess {
  const child = spawn(process.execPath, args, {
    cwd: project,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  running.push(child)
  return child
}

async function portOf({ stdout }: ChildProcess): Promise<number> {
  if (stdout === null) throw new Error('Expected the output of the service.')
  const [line] = await once(createInterface(stdout), 'line')
  return Number(line)
}

async function end(child: ChildProcess): Promise<unknown> {
  child.kill('SIGTERM')
  const [code] = await once(child, 'exit')
  return code
}

const PAID = 'journey_step_events_total{journey="checkout",outcome="good",step="pay"}'
const SHIPPED = 'journey_step_events_total{journey="checkout",outcome="good",step="ship"}'

describe.sequential('the guide to OpenTelemetry', () => {
  test('compiles as strictly as our own code', () => {
    expect([...files.keys()]).toEqual([
      'journeys.ts',
      'service.ts',
      'traced.ts',
      'own-reader.ts',
      'meter.ts',
      'exemplars.ts',
    ])
    const tsc = spawnSync(process.execPath, [join(ROOT, 'node_modules/typescript/bin/tsc'), '-p', project], {
      encoding: 'utf8',
    })
    expect(tsc.stdout).toBe('')
  })

  test('starts with one call a service whose orders are pushed', async () => {
    const receiver = await receiverFor('service.js')
    const service = start(['service.js'])
    const port = await portOf(service)
    await fetch(`http://127.0.0.1:${port}/orders`, { method: 'POST' })
    expect(await end(service)).toBe(143)
    expect(seriesOfPush(receiver.pushes().at(-1)?.metrics ?? []).get(PAID)).toBe(1)
    expect(receiver.received.map(({ path }) => path)).toContain('/v1/hand-over')
  })

  test('writes journey and step on the spans of instrumented express', async () => {
    const receiver = await receiverFor('traced.js')
    const env = {
      OTEL_TRACES_EXPORTER: 'otlp',
      OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: `${receiver.url}/v1/traces`,
    }
    const service = start(['--import', './traced.js', 'traced-app.js'], env)
    await fetch(`http://127.0.0.1:${await portOf(service)}/orders`, { method: 'POST' })
    await end(service)
    const traces = receiver.received.filter(({ path }) => path === '/v1/traces').map(({ body }) => String(body))
    expect(traces.join()).toContain('checkout')
  })

  test('pushes by a reader of its own', async () => {
    const receiver = await receiverFor('own-reader.js')
    const [code] = await once(start(['own-reader.js']), 'exit')
    expect(code).toBe(0)
    expect(seriesOfPush(receiver.pushes().at(-1)?.metrics ?? []).get(SHIPPED)).toBe(1)
  })

  test('lets a meter read a recorder', async () => {
    const receiver = await startReceiver()
    receivers.push(receiver)
    const reader = new PeriodicExportingMetricReader({
      exporter: new OTLPMetricExporter({ url: `${receiver.url}/v1/metrics` }),
    })
    const provider = new MeterProvider({ readers: [reader] })
    metrics.setGlobalMeterProvider(provider)
    const { recorder } = (await import(join(project, 'meter.js'))) as { recorder: Recorder }
    recorder.tally('checkout', 'ship')('good', 1)
    await provider.shutdown()
    expect(seriesOfPush(receiver.pushes().at(-1)?.metrics ?? []).get(SHIPPED)).toBe(1)
  })

  test('prints the exemplar that it shows', async () => {
    const { registry } = (await import(join(project, 'exemplars.js'))) as { registry: Registry }
    const [shown] = /^journey_step_events_total\{.*(?= …)/m.exec(readFileSync(GUIDE, 'utf8')) ?? []
    expect(shown).toContain('trace_id')
    expect(await registry.metrics()).toContain(`${shown} `)
  })
})

import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, describe, expect, test } from 'vitest'
import { startReceiver } from './testing/otlp.ts'
import { seriesOfPush, seriesOfText } from './testing/series.ts'

const PROGRAM = fileURLToPath(new URL('./testing/pushing-service.mjs', import.meta.url))
const TOKEN = 'Bearer a-token-of-the-scanner'

const ends: (() => unknown)[] = []
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end()
})

type Span = { name: string; kind: number; attributes: Record<string, unknown>; traceId: string }
type Told = { readonly port: number; readonly processId: string; readonly startedAt: string }

async function startService(env: Record<string, string>) {
  const child: ChildProcess = fork(PROGRAM, { env: { ...process.env, ...env } })
  ends.push(() => child.kill('SIGKILL'))
  const spans: Span[] = []
  child.on('message', (message: { span?: Span }) => message.span && spans.push(message.span))
  const told = await new Promise<Told>((resolve, reject) => {
    child.on('message', (message: Told) => message.port && resolve(message))
    child.once('exit', (code) => reject(new Error(`The service ended with ${code} before it listened.`)))
  })
  const url = `http://127.0.0.1:${told.port}`
  const upload = (id: string) => fetch(`${url}/scans/${id}`, { method: 'PUT' })
  const metrics = async () => (await fetch(`${url}/metrics`)).text()
  const end = async () => {
    child.kill('SIGTERM')
    const [code] = await once(child, 'exit')
    return code as number
  }
  return { ...told, spans, upload, metrics, end }
}

async function startPushing(env: Record<string, string> = {}) {
  const receiver = await startReceiver()
  ends.push(receiver.close)
  const { url } = receiver
  // Whatever OpenTelemetry would send by its own defaults arrives here, too.
  const service = await startService({ COLLECTOR_URL: url, OTEL_EXPORTER_OTLP_ENDPOINT: url, ...env })
  return { receiver, ...service }
}

describe('a service that was started with one call', () => {
  test('pushes at its interval what /metrics shows, and says who it is', async () => {
    const { receiver, processId, startedAt, upload, metrics } = await startPushing()
    await Promise.all(['1', '2', 'broken'].map(upload))
    const shown = async () => seriesOfText(await metrics())
    const pushed = () => seriesOfPush(receiver.pushes().at(-1)?.metrics ?? [])
    await expect.poll(async () => [...pushed()].sort(), { timeout: 20_000 }).toEqual([...(await shown())].sort())
    expect(pushed().get('journey_step_events_total{journey="scan",outcome="error",step="upload"}')).toBe(1)
    const [push] = receiver.pushes()
    expect(push?.resource).toMatchObject({ 'service.name': 'scanner', 'service.instance.id': processId })
    const start = push?.metrics[0]?.sum?.dataPoints[0]?.startTimeUnixNano
    expect(start).toBe(`${BigInt(Date.parse(startedAt)) * 1_000_000n}`)
    expect(receiver.received[0]).toMatchObject({ authorization: TOKEN, type: 'application/x-protobuf' })
  })

  test('pushes and hands over its final numbers when it is told to end', async () => {
    const { receiver, upload, end } = await startPushing()
    await Promise.all(['1', '2', '3', 'broken'].map(upload))
    expect(await end()).toBe(143)
    const last = seriesOfPush(receiver.pushes().at(-1)?.metrics ?? [])
    expect(last.get('journey_step_events_total{journey="scan",outcome="good",step="upload"}')).toBe(3)
    expect(last.get('journey_step_events_total{journey="scan",outcome="error",step="upload"}')).toBe(1)
    const handOver = receiver.received.find(({ path }) => path === '/v1/hand-over')
    expect(handOver?.authorization).toBe(TOKEN)
    expect(JSON.parse(String(handOver?.body))).toMatchObject({
      final: true,
      steps: [
        { step: 'upload', counts: [3, 0, 1, 0] },
        { step: 'process', counts: [4, 0, 0, 0] },
      ],
    })
  })

  test('says who it is, whatever an operator wrote into the environment', async () => {
    const { receiver, processId } = await startPushing({
      OTEL_SERVICE_NAME: 'other',
      OTEL_RESOURCE_ATTRIBUTES: 'service.instance.id=a-pod,deployment.environment.name=production',
    })
    await expect.poll(() => receiver.pushes().length, { timeout: 20_000 }).toBeGreaterThan(0)
    expect(receiver.pushes()[0]?.resource).toMatchObject({
      'service.name': 'scanner',
      'service.instance.id': processId,
      'deployment.environment.name': 'production',
    })
  })

  test('sends nothing but its counts: no traces and no logs that nobody asked for', async () => {
    const { receiver, upload, end } = await startPushing()
    await upload('1')
    await end()
    expect(new Set(receiver.received.map(({ path }) => path))).toEqual(new Set(['/v1/metrics', '/v1/hand-over']))
    const asked = await startPushing({ OTEL_TRACES_EXPORTER: 'otlp' })
    await asked.upload('1')
    await asked.end()
    expect(asked.receiver.received.map(({ path }) => path)).toContain('/v1/traces')
  })

  test('works and ends as ever while the collector is away, and leaves its numbers in the spool', async () => {
    const spool = mkdtempSync(join(tmpdir(), 'tabiji-spool-'))
    ends.push(() => rmSync(spool, { recursive: true }))
    const { upload, end } = await startService({ COLLECTOR_URL: 'http://127.0.0.1:9', SPOOL: spool })
    expect((await upload('1')).status).toBe(201)
    expect(await end()).toBe(143)
    expect(readdirSync(spool)).toHaveLength(1)
  })
})

describe('spans of instrumented http and express', () => {
  test('carry the journey and step, the request’s own span among them, and a failure shows their trace', async () => {
    const { spans, upload, metrics } = await startPushing({ TRACES: '1' })
    await upload('broken')
    const SERVER = 1
    const request = () => spans.find(({ kind }) => kind === SERVER)
    await expect.poll(request, { timeout: 20_000 }).toMatchObject({ attributes: { journey: 'scan', step: 'upload' } })
    expect(await metrics()).toContain(`outcome="error"} 1 # {trace_id="${request()?.traceId}",span_id="`)
  })
})

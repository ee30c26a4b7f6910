import { setTimeout as delay } from 'node:timers/promises'
import { afterEach, expect, test } from 'vitest'
import { drawFoot } from './foot.ts'
import { writePgm } from './pgm.ts'
import { type Service, startService } from './service.ts'
import { drive, type Seen } from './traffic.ts'

const running: Service[] = []

afterEach(async () => {
  await Promise.all(running.splice(0).map((service) => service.close()))
})

async function start(): Promise<Service> {
  const service = await startService()
  running.push(service)
  return service
}

/** Counts of `/metrics` as `upload good` → 4, without zeros. */
async function counted({ url }: Service): Promise<Record<string, number>> {
  const line = /^journey_step_events_total\{journey="[^"]+",step="([^"]+)",outcome="([^"]+)"\} (\d+)$/gm
  const counts = [...(await (await fetch(`${url}/metrics`)).text()).matchAll(line)]
  return Object.fromEntries(
    counts.map(([, step, outcome, count]) => [`${step} ${outcome}`, Number(count)] as const).filter(([, n]) => n > 0),
  )
}

/** Sends traffic until so many journeys have had their result. */
async function driveUntil(service: Service, journeys: number, answer: string): Promise<Seen> {
  const stop = new AbortController()
  const driven = drive({ url: service.url, perSecond: 20, signal: stop.signal })
  const enough = async () => {
    const counts = await counted(service)
    const ended = ['good', 'slow', 'error'].reduce((sum, outcome) => sum + (counts[`${answer} ${outcome}`] ?? 0), 0)
    return ended >= journeys
  }
  while (!(await enough())) await delay(50)
  stop.abort()
  return driven
}

const sum = (counts: Record<string, number>, ...names: string[]) =>
  names.reduce((total, name) => total + (counts[name] ?? 0), 0)

test('what the client saw is what /metrics says, event by event', async () => {
  const service = await start()
  const seen = await driveUntil(service, 15, 'process')
  const counts = await counted(service)
  expect(seen.process['done']).toBeGreaterThanOrEqual(15)
  // Whether an answer came in time is the machine's affair here; that each is counted once is not.
  expect(sum(counts, 'start good', 'start slow')).toBe(seen.start['201'])
  expect(sum(counts, 'upload good', 'upload slow')).toBe(seen.upload['202'])
  expect(sum(counts, 'process good', 'process slow')).toBe(seen.process['done'])
  expect(sum(counts, 'read good', 'read slow')).toBe(sum(seen.read, '200', '202'))
  expect(Object.keys(counts).filter((name) => /error|excluded/.test(name))).toEqual([])
})

test('the fault "error" is seen and counted as errors, and ends when it is lifted', async () => {
  const service = await start()
  const put = (body: string) =>
    fetch(`${service.faultUrl}/fault`, { method: 'PUT', headers: { 'content-type': 'application/json' }, body })
  expect(await (await put('{"kind":"error"}')).json()).toEqual({ kind: 'error' })
  const seen = await driveUntil(service, 5, 'upload')
  const counts = await counted(service)
  expect(seen.upload).toEqual({ '500': counts['upload error'] })
  await put('{"kind":"none"}')
  const after = await driveUntil(service, 3, 'process')
  expect(after.upload['202']).toBeGreaterThanOrEqual(3)
  expect((await counted(service))['upload error']).toBe(counts['upload error'])
})

test('the fault "error" breaks jobs that were queued before it', async () => {
  const service = await start()
  const { id } = await startMeasurement(service)
  service.faults.set('slow')
  await uploadFoot(service, id)
  const processing = await fetch(`${service.url}/v1/measurements/${id}`)
  expect([processing.status, await processing.json()]).toEqual([202, { state: 'processing' }])
  service.faults.set('error')
  expect(await result(service, id)).toEqual({ state: 'failed', reason: 'processing-broke' })
  expect(await counted(service)).toMatchObject({ 'process error': 1 })
})

test('the fault "slow" makes jobs later than promised, and they still succeed', async () => {
  const service = await start()
  service.faults.set('slow')
  const { id } = await startMeasurement(service)
  await uploadFoot(service, id)
  expect(await result(service, id)).toMatchObject({ state: 'done' })
  expect(await counted(service)).toMatchObject({ 'process slow': 1 })
})

test('an unknown fault is refused', async () => {
  const { faultUrl } = await start()
  const headers = { 'content-type': 'application/json' }
  const answer = await fetch(`${faultUrl}/fault`, { method: 'PUT', headers, body: '{"kind":"fire"}' })
  expect([answer.status, await answer.json()]).toEqual([
    400,
    { error: 'Expected `kind` to be one of none, slow, error.' },
  ])
  expect(await (await fetch(`${faultUrl}/fault`)).json()).toEqual({ kind: 'none' })
})

test('a foot is measured to the millimetre or two', async () => {
  const service = await start()
  const { id } = await startMeasurement(service)
  expect((await uploadFoot(service, id)).status).toBe(202)
  const measured = (await result(service, id)) as { lengthMm: number; widthMm: number }
  expect(Math.abs(measured.lengthMm - 245)).toBeLessThanOrEqual(2)
  expect(Math.abs(measured.widthMm - 97)).toBeLessThanOrEqual(2)
})

test('a picture without a foot is a failure that nothing was thrown for', async () => {
  const service = await start()
  const { id } = await startMeasurement(service)
  await uploadFoot(service, id, 1)
  expect(await result(service, id)).toEqual({ state: 'failed', reason: 'no-foot-found' })
  expect(await counted(service)).toMatchObject({ 'process error': 1, 'upload good': 1 })
})

test('what a client does wrong is answered and excluded', async () => {
  const service = await start()
  const { id } = await startMeasurement(service)
  const nowhere = `${service.url}/v1/measurements/00000000`
  const text = { method: 'PUT', body: 'no picture', headers: { 'content-type': 'text/plain' } }
  const statuses = [
    (await fetch(nowhere)).status,
    (await uploadFoot(service, '00000000')).status,
    (await fetch(`${service.url}/v1/measurements/${id}/photo`, text)).status,
    (await uploadFoot(service, id)).status,
    (await uploadFoot(service, id)).status,
  ]
  expect(statuses).toEqual([404, 404, 415, 202, 409])
  expect(await counted(service)).toMatchObject({ 'read excluded': 1, 'upload excluded': 3 })
})

async function startMeasurement({ url }: Service): Promise<{ id: string }> {
  const response = await fetch(`${url}/v1/measurements`, { method: 'POST' })
  return (await response.json()) as { id: string }
}

function uploadFoot({ url }: Service, id: string, size = 245): Promise<Response> {
  const foot = {
    lengthMm: size,
    widthMm: (size * 97) / 245,
    degrees: 4,
    width: 210,
    height: 297,
    mmPerPixel: 1,
    seed: 3,
  }
  const headers = { 'content-type': 'image/x-portable-graymap' }
  return fetch(`${url}/v1/measurements/${id}/photo`, { method: 'PUT', body: writePgm(drawFoot(foot)), headers })
}

/** Asks until the job has ended. */
async function result({ url }: Service, id: string): Promise<unknown> {
  for (;;) {
    const response = await fetch(`${url}/v1/measurements/${id}`)
    if (response.status !== 202) return response.json()
    await response.arrayBuffer()
    await delay(50)
  }
}

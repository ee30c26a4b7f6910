import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { scanJourney, step } from './testing/journeys.ts'
import { movedTime, testRecorder } from './testing.ts'

const journeys = scanJourney(
  step('start', { routes: [{ method: 'POST', path: '/scans' }] }),
  step('process', { kind: 'job', withinMs: 20_000 }),
)

test('a test says how long things took, and asks what came of them', async () => {
  const time = movedTime()
  const { recorder, outcomes } = testRecorder(journeys, { time })
  await recorder.run('scan', 'process', () => time.advance(20_001))
  await recorder.run('scan', 'process', () => recorder.fail('no-feet-found'))
  expect(await outcomes()).toEqual([
    { journey: 'scan', step: 'process', outcome: 'slow', elapsedMs: 20_001 },
    { journey: 'scan', step: 'process', outcome: 'error', elapsedMs: 0, reason: 'no-feet-found' },
  ])
})

test('the outcome of a request is there once its answer is, without waiting by hand', async () => {
  const { recorder, outcomes } = testRecorder(journeys)
  const measure = recorder.step('scan', 'start')
  const server = createServer((request, response) => measure(request, response, () => response.end('started')))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => void server.close())
  for (let i = 1; i <= 20; i++) {
    await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/scans`, { method: 'POST' })
    expect(await outcomes()).toHaveLength(i)
  }
  server.closeAllConnections()
})

test('steps that no event was of are listed, with where they are', async () => {
  const { recorder, assertAllStepsExercised } = testRecorder(journeys)
  await expect(assertAllStepsExercised()).rejects.toThrow(
    'These were not:\n  scan/start (POST /scans)\n  scan/process (job)\nSend a request of each or run its job',
  )
  await recorder.run('scan', 'process', () => undefined)
  await expect(assertAllStepsExercised()).rejects.toThrow('These were not:\n  scan/start (POST /scans)\nSend')
  recorder.tally('scan', 'start')('error', 3)
  await expect(assertAllStepsExercised()).rejects.toThrow('scan/start')
  await recorder.run('scan', 'start', () => undefined)
  await assertAllStepsExercised()
})

test('each test recorder begins with nothing', async () => {
  const first = testRecorder(journeys)
  await first.recorder.run('scan', 'process', () => undefined)
  expect(await testRecorder(journeys).outcomes()).toEqual([])
})

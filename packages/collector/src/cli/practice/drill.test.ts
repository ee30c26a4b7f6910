import { expect, onTestFinished, test } from 'vitest'
import { createApp, createLog } from '../../app/app.ts'
import { AVAILABILITY, definitionOf, NOON } from '../../jobs/testing/books.ts'
import { startFakePagerDuty } from '../../notifiers/testing/fake-pagerduty.ts'
import { startReceiver } from '../../notifiers/testing/receiver.ts'
import { temporaryFolder } from '../../store/testing/temporary-folder.ts'
import { runCli } from '../../testing/captured-io.ts'
import { configIn } from '../../testing/config.ts'
import { alertsCommand } from '../alert/alerts.ts'
import { incidentCommand } from '../incident/incident.ts'
import { drillCommand } from './drill.ts'

const SLOT = 15_000
const MINUTE = 60_000

/** A service that says what it is told to have counted of `pay`. */
async function startService() {
  const counted = [0, 0, 0, 0]
  const info = `journey_definition_info{process_id="p-1",fingerprint="f",sdk_version="0",started_at="${new Date(NOON).toISOString()}"} 1\n`
  const lines = () =>
    ['good', 'slow', 'error', 'excluded'].map(
      (outcome, i) => `journey_step_events_total{journey="checkout",step="pay",outcome="${outcome}"} ${counted[i]}\n`,
    )
  const server = await startReceiver(() => ({
    status: 200,
    headers: { 'content-type': 'text/plain; version=0.0.4' },
    body: `${lines().join('')}${info}`,
  }))
  return { counted, server }
}

/** A collector with a pager, whose clock is moved by hand; `restart` is another process on the same store. */
async function open() {
  const folder = temporaryFolder()
  const pager = await startFakePagerDuty()
  const { counted, server } = await startService()
  const clock = { now: NOON }
  const definition = definitionOf(AVAILABILITY)
  const config = configIn(folder, {
    targets: [{ service: 'shop', url: server.url, intervalMs: SLOT, timeoutMs: 5_000 }],
    receivers: [{ name: 'pager', kind: 'pagerduty', routingKey: () => pager.routingKey, url: pager.url }],
    routes: { 1: ['pager'], 2: [], 3: [] },
  })
  const start = async () => {
    const app = createApp(config, definition, {
      now: () => clock.now,
      log: createLog('silent'),
      loadDefinition: () => ({ ok: true, definition }),
    })
    return { app, ...(await app.open()) }
  }
  let running = await start()
  onTestFinished(async () => {
    await running.app.stop()
    await pager.close()
    await server.close()
  })
  return {
    pager,
    clock,
    run: (...words: string[]) =>
      runCli([drillCommand, alertsCommand, incidentCommand], [...words, '--url', running.api]),
    get: async (path: string) =>
      (await fetch(`${running.api}/api/v1${path}`)).json() as Promise<Record<string, unknown>>,
    /** Time goes by as the loops see it. */
    pass: async (minutes: number) => {
      for (const end = clock.now + minutes * MINUTE; clock.now < end; ) {
        clock.now += SLOT
        running.app.turns.evaluate()
        await running.app.turns.deliver()
      }
    },
    /** The service counts so much in each slot. */
    feed: async (added: readonly number[], minutes: number) => {
      for (const end = clock.now + minutes * MINUTE; clock.now < end; ) {
        clock.now += SLOT
        for (const [i, count] of added.entries()) counted[i] = (counted[i] ?? 0) + count
        await running.app.turns.read()
        running.app.turns.evaluate()
        await running.app.turns.deliver()
      }
    },
    restart: async (downMinutes: number) => {
      await running.app.stop()
      clock.now += downMinutes * MINUTE
      running = await start()
    },
  }
}

const titles = (pager: { readonly events: readonly unknown[] }) =>
  pager.events.map((event) => {
    const { event_action: action, payload } = event as { event_action: string; payload?: { summary: string } }
    return payload === undefined ? action : `${action} ${payload.summary.slice(0, 20)}`
  })

test('a drill rings at the real pager, marked as one, resolves, and its times are kept', async () => {
  const { run, pass, pager } = await open()
  const begun = await run('drill', 'start', 'checkout', '--share', '50%', '--for', '5m', '--by', 'mika')
  expect(begun).toMatchObject({
    exit: 0,
    stdout: 'D-0001 is on: 50 % of all steps fail; it rings about 15 s after its beginning\n',
  })
  await pass(1)
  expect(titles(pager)).toEqual([expect.stringContaining('trigger 🟪 DRILL 訓練 D-0001')])
  expect(JSON.stringify(pager.events)).toContain('This is practice')
  expect((await run('alerts', 'list')).stdout).toMatch(/A-0001 .*DRILL FIRING.*availability\.drill/)
  // A level is over when all of its short windows are calm: the longest is half an hour.
  await pass(45)
  expect(titles(pager).slice(1)).toEqual(['resolve'])
  expect([...pager.open]).toEqual([])
  const { stdout } = await run('drill', 'show', 'D-0001')
  expect(stdout).toMatch(/DRILL 訓練 D-0001\n/)
  expect(stdout).toMatch(/rang after +15 s\n.*told after +15 s\n/)
  expect(stdout).toMatch(/ended .*everything is over/)
  expect(stdout).toMatch(/resolved after +\d\d min/)
  expect((await run('drill', 'list')).stdout).toMatch(/D-0001 .*checkout +1 +over +15 s/)
})

test('no number knows of it: no budget, no count of alerts in the month, no account', async () => {
  const { run, pass, get } = await open()
  const before = await get('/journeys')
  await run('drill', 'start', 'checkout', '--for', '5m')
  await pass(30)
  const after = await get('/journeys')
  const figures = ({ journeys }: Record<string, unknown>) => JSON.stringify(journeys)
  expect(figures(after)).toBe(figures(before))
  expect((await get('/months/2026-10/facts'))['alerts']).toMatchObject([
    { level: 1, fired: 0, resolved: 0, stillOpen: 0 },
    { level: 2, fired: 0 },
    { level: 3, fired: 0 },
  ])
})

test('after a restart the drill goes on where it would be, and is told of once', async () => {
  const { run, pass, restart, pager } = await open()
  await run('drill', 'start', 'checkout', '--for', '10m')
  await pass(2)
  await restart(5)
  await pass(40)
  expect(titles(pager)).toEqual([expect.stringContaining('trigger'), 'resolve'])
  expect((await run('drill', 'list')).stdout).toMatch(/D-0001 .* over /)
})

test('who stops it tells the pager that it is over; the next one on the journey may begin then', async () => {
  const { run, pass, pager } = await open()
  await run('drill', 'start', 'checkout')
  await pass(1)
  expect(await run('drill', 'start', 'checkout')).toMatchObject({ exit: 1, stderr: /in the drill D-0001/ } as object)
  expect(await run('drill', 'stop', 'd-0001', '--by', 'ken')).toMatchObject({ exit: 0, stdout: 'D-0001 is over\n' })
  expect(await run('drill', 'stop', 'D-0001')).toMatchObject({ exit: 1, stderr: /is over already/ } as object)
  await pass(1)
  expect([...pager.open]).toEqual([])
  expect((await run('drill', 'show', 'D-0001')).stdout).toMatch(/stopped by ken/)
  expect(await run('drill', 'start', 'checkout')).toMatchObject({ exit: 0 })
  await pass(1)
  expect(titles(pager).at(-1)).toContain('D-0002')
})

test('what would not ring, and what cannot be, is refused with the way out', async () => {
  const { run } = await open()
  const said = async (...words: string[]) => {
    const { exit, stderr } = await run('drill', 'start', ...words)
    return `${exit} ${stderr}`
  }
  expect(await said('checkout', '--share', '0.1%', '--rate', '1')).toMatch(/^1 [\s\S]*Nothing would ring within 15m/)
  expect(await said('chekout')).toMatch(/^1 [\s\S]*checkout/)
  expect(await said('checkout', '--step', 'pai')).toMatch(/^1 [\s\S]*pay/)
  expect(await said('checkout', '--for', '5h')).toMatch(/^1 [\s\S]*1 minute to 4 hours/)
  expect(await said('checkout', '--level', '3')).toMatch(/^1 [\s\S]*rings at level 3/)
  expect(await said('--replay', 'A-0009')).toMatch(/^1 [\s\S]*no alert A-0009/)
  expect(await said('--replay', 'INC-0009')).toMatch(/^1 [\s\S]*INC-0009/)
  expect(await said('checkout', '--share', '130%')).toMatch(/^2 /)
  expect(await said('--replay', 'A-0001', '--rate', '5')).toMatch(/^2 /)
  expect(await said()).toMatch(/^2 /)
})

test('a recorded alert is gone through again at its own pace, with the same steps', async () => {
  const { run, pass, pager, feed } = await open()
  await feed([40, 0, 10, 0], 8)
  expect(titles(pager)).toHaveLength(1)
  const begun = await run('drill', 'start', '--replay', 'A-0001')
  expect(begun).toMatchObject({ exit: 0, stdout: expect.stringMatching(/^D-0001 is on: A-0001 again; it rings about/) })
  await pass(10)
  expect(titles(pager).at(-1)).toContain('DRILL 訓練 D-0001')
  const { events } = pager
  // Only `pay` was hurt then, and so it is now.
  expect(JSON.stringify(events.at(-1))).toContain('pay')
})

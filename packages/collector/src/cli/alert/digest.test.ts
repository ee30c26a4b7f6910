import { dirname, join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { createApp, createLog } from '../../app/app.ts'
import { AVAILABILITY, definitionOf, NOON } from '../../jobs/testing/books.ts'
import { startReceiver } from '../../notifiers/testing/receiver.ts'
import { temporaryFolder } from '../../store/testing/temporary-folder.ts'
import { runCli } from '../../testing/captured-io.ts'
import { configIn } from '../../testing/config.ts'
import { digestCommand } from './digest.ts'

/** A collector with one chat for level 2, and a service that fails when it is told to. */
async function open() {
  const counts = { error: 0 }
  const [chat, shop] = await Promise.all([
    startReceiver(() => ({ status: 204 })),
    startReceiver(() => ({
      status: 200,
      body: `journey_step_events_total{journey="checkout",step="pay",outcome="error"} ${counts.error}\njourney_step_events_total{journey="checkout",step="pay",outcome="good"} 1000\n`,
    })),
  ])
  const clock = { now: NOON }
  const config = configIn(dirname(join(temporaryFolder(), 'x')), {
    targets: [{ service: 'shop', url: shop.url, intervalMs: 15_000, timeoutMs: 5_000 }],
    receivers: [{ name: 'chat', kind: 'webhook', url: () => chat.url, secret: () => `whsec_${'a'.repeat(32)}` }],
    routes: { 1: [], 2: ['chat'], 3: [] },
  })
  const definition = definitionOf(AVAILABILITY)
  const app = createApp(config, definition, {
    now: () => clock.now,
    log: createLog('silent'),
    loadDefinition: () => ({ ok: true, definition }),
  })
  const { api } = await app.open()
  onTestFinished(async () => {
    await app.stop()
    await Promise.all([chat.close(), shop.close()])
  })
  const turn = async () => {
    clock.now += 15_000
    await app.turns.read()
    app.turns.evaluate()
    await app.turns.deliver()
  }
  const run = (...words: string[]) => runCli([digestCommand], ['digest', ...words, '--url', api])
  return { run, chat, turn, counts }
}

test('what waits is shown with how it stands now, and can be told at once', async () => {
  const { run, chat, turn, counts } = await open()
  await turn()
  expect((await run('show')).stdout).toContain('everybody, level 2: due 2026-')
  expect((await run('show')).stdout).toContain('  nothing to tell\n')
  expect(await run('send', '--team', 'everybody')).toMatchObject({
    exit: 1,
    stderr: /There is nothing to tell everybody/,
  } as object)
  counts.error = 500
  for (let i = 0; i < 4; i++) await turn()
  const { stdout } = await run('show', '--team', 'everybody')
  expect(stdout).toMatch(/ID +STATE +JOURNEY +OBJECTIVE OR RULE +SINCE +OVER +BURN +LEFT +TAKEN BY/)
  expect(stdout).toMatch(/A-000\d +open +checkout +availability +2026-\S+ \S+ .*\d×/)
  const sent = await run('send', '--team', 'everybody', '--by', 'mika')
  expect(sent).toMatchObject({ exit: 0, stdout: '1 open and 0 over, to be told at chat\n' })
  await turn()
  const bodies = chat.received.map(({ body }) => JSON.parse(body) as { type: string; data: object })
  expect(bodies).toMatchObject([{ type: 'alert.digest', data: { early: true, by: 'mika', open: 1 } }])
})

test('a team that there is not is refused with the names of those that there are', async () => {
  const { run } = await open()
  const { exit, stderr } = await run('show', '--team', 'shop')
  expect(exit).not.toBe(0)
  expect(stderr).toContain('No team shop gets a digest')
  expect(stderr).toContain('everybody')
})

import { dirname, join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { createApp, createLog } from '../../app/app.ts'
import type { Config } from '../../config/config.ts'
import { AVAILABILITY, definitionOf } from '../../jobs/testing/books.ts'
import { startFakePagerDuty } from '../../notifiers/testing/fake-pagerduty.ts'
import { startFakeSlack } from '../../notifiers/testing/fake-slack.ts'
import { startReceiver } from '../../notifiers/testing/receiver.ts'
import { temporaryFolder } from '../../store/testing/temporary-folder.ts'
import { runCli } from '../../testing/captured-io.ts'
import { configIn } from '../../testing/config.ts'
import { notifyCommand } from './notify.ts'

/** A collector with a pager, a chat and a receiver that refuses, each told of another level. */
async function open(stated: Partial<Config> = {}) {
  const [pager, chat, closed] = await Promise.all([
    startFakePagerDuty(),
    startFakeSlack(),
    startReceiver(() => ({ status: 410, body: 'gone: secret-of-the-receiver' })),
  ])
  const clock = { now: Date.parse('2026-11-28T12:00:00Z') }
  const config = configIn(dirname(join(temporaryFolder(), 'x')), {
    ...stated,
    receivers: [
      { name: 'pager', kind: 'pagerduty', routingKey: () => pager.routingKey, url: pager.url },
      { name: 'chat', kind: 'slack', url: () => chat.hook },
      { name: 'hook', kind: 'webhook', url: () => closed.url, secret: () => `whsec_${'a'.repeat(32)}` },
    ],
    routes: { 1: ['pager'], 2: ['chat'], 3: [] },
    fallback: 'chat',
  })
  const definition = definitionOf(AVAILABILITY)
  const app = createApp(config, definition, {
    now: () => clock.now,
    log: createLog('silent'),
    loadDefinition: () => ({ ok: true, definition }),
  })
  const { api } = await app.open()
  // What is owed is delivered as the loops would do it.
  const delivering = setInterval(() => void app.turns.deliver(), 20)
  onTestFinished(async () => {
    clearInterval(delivering)
    await app.stop()
    await Promise.all([pager.close(), chat.close(), closed.close()])
  })
  const run = (...words: string[]) => runCli([notifyCommand], ['notify', ...words, '--url', api])
  return { run, pager, chat, closed, clock, deliver: () => app.turns.deliver(), testWeekly: app.turns.testWeekly }
}

test('receivers are listed with what they are told of, and without their secrets', async () => {
  const { run, pager, chat } = await open()
  const { stdout, exit } = await run('list')
  expect(exit).toBe(0)
  expect(stdout).toMatch(/pager +pagerduty +level 1\n.*chat +slack +level 2, fallback\n.*hook +webhook +nothing/)
  expect(stdout).not.toContain(pager.routingKey)
  expect(stdout).not.toContain(chat.hook)
})

test('a test says that it is one, arrives at once, and is over at the pager a minute later', async () => {
  const { run, pager, chat, clock, deliver } = await open()
  const { stdout, exit } = await run('test', 'pager', 'chat', '--by', 'mika')
  expect(stdout).toMatch(/pager +delivered +\d+ ms +1 *\n.*chat +delivered +\d+ ms +1/)
  expect(exit).toBe(0)
  expect(pager.events).toMatchObject([
    { event_action: 'trigger', payload: { severity: 'info', summary: expect.stringContaining('TEST') } },
  ])
  expect(JSON.stringify(pager.events)).toContain('mika')
  expect(chat.messages).toMatchObject([{ text: expect.stringContaining('TEST') }])
  expect([...pager.open]).toHaveLength(1)
  clock.now += 60_000
  await deliver()
  expect([...pager.open]).toEqual([])
  expect([pager.faults, chat.faults]).toEqual([[], []])
})

test('a receiver that refuses is told of with its reason, by the exit code too; nobody else gets the test', async () => {
  const { run, chat, closed } = await open()
  const { stdout, exit } = await run('test', 'hook', '--json')
  expect(exit).toBe(1)
  expect(JSON.parse(stdout)).toMatchObject({ tests: [{ receiver: 'hook', state: 'dead', lastError: /410/ }] } as object)
  expect(stdout).not.toContain('secret-of-the-receiver')
  expect([closed.received.length, chat.received.length]).toEqual([2, 0])
})

test('all are tried with one word; an unknown one is refused with the nearest', async () => {
  const { run } = await open()
  expect(JSON.parse((await run('test', '--all', '--json')).stdout)).toMatchObject({
    tests: [
      { receiver: 'pager', state: 'delivered' },
      { receiver: 'chat', state: 'delivered' },
      { receiver: 'hook', state: 'dead' },
    ],
  })
  expect(await run('test', 'pagr')).toMatchObject({
    exit: 1,
    stderr: expect.stringMatching(/no receiver pagr[\s\S]*pager/),
  })
  expect(await run('test')).toMatchObject({ exit: 2 })
  expect(await run('test', 'pager', '--all')).toMatchObject({ exit: 2 })
})

test('each week the receivers of pages are tested once, at their time, and the history says how long it took', async () => {
  const { calendar } = configIn('/nowhere')
  // Wednesday, half past ten, at a desk in UTC.
  const { run, pager, chat, clock, deliver, testWeekly } = await open({
    calendar: { ...calendar, selfTest: { weekday: 3, minutes: 630 } },
  })
  const at = (time: string) => {
    clock.now = Date.parse(`2026-12-${time}:00Z`)
    return testWeekly()
  }
  expect([at('02T10:29'), at('02T10:30'), at('02T10:31'), at('02T19:00')]).toEqual([false, true, false, false])
  await deliver()
  clock.now += 60_000
  await deliver()
  expect(titles(pager)).toEqual([expect.stringContaining('TEST'), 'resolve'])
  expect(JSON.stringify(pager.events)).toContain('the calendar: each week one')
  expect(chat.messages).toEqual([])
  // A collector that was down for more than a day leaves it to the next week.
  expect([at('10T11:00'), at('16T10:35')]).toEqual([false, true])
  await run('test', 'chat', '--by', 'mika')
  const { stdout } = await run('history')
  expect(stdout).toMatch(/chat +delivered .*mika\n.*pager .*weekly\n.*pager +delivered +\d+ ms +1 +weekly/)
})

const titles = (pager: { readonly events: readonly unknown[] }) =>
  pager.events.map((event) => {
    const { event_action: action, payload } = event as { event_action: string; payload?: { summary: string } }
    return payload?.summary ?? action
  })

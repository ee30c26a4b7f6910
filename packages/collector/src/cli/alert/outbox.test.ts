import { dirname, join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { createApp, createLog } from '../../app/app.ts'
import { AVAILABILITY, definitionOf } from '../../jobs/testing/books.ts'
import { createAlertStore } from '../../store/alert-store.ts'
import { backUp, restore } from '../../store/backup.ts'
import { openDatabase } from '../../store/database.ts'
import { commitOf, rowOf, STARTED_AT } from '../../testing/alert.ts'
import { openAlertDesk } from '../../testing/alert-desk.ts'
import { runCli } from '../../testing/captured-io.ts'
import { configIn } from '../../testing/config.ts'
import { outboxCommand } from './outbox.ts'

const ROWS = [
  rowOf('trigger', 'pager'),
  rowOf('trigger', 'chat', { level: 2, topic: 'A-0043', id: 'n-ticket' }),
  rowOf('resolve', 'pager', { topic: 'A-0044', id: 'n-over', ambiguous: true }),
  rowOf('trigger', 'chat', { level: 2, topic: 'A-0045', id: 'n-told', state: 'delivered' }),
]

/** A store that owes something, backed up and restored while nobody looks. */
async function restored() {
  const desk = openAlertDesk()
  for (const row of ROWS) desk.store.commitAlerts(commitOf(row))
  const copy = join(dirname(desk.file), 'copy.db')
  const progress = () => undefined
  await backUp(desk.file, copy, { now: STARTED_AT, force: false, progress })
  desk.close()
  return { file: desk.file, ...(await restore(desk.file, copy, STARTED_AT + 60_000, progress)) }
}

/** What became of each row. */
function states(file: string) {
  const open = openDatabase(file, STARTED_AT)
  const alerts = createAlertStore(open.database)
  const found = ROWS.flatMap(({ topic }) =>
    alerts.outboxOf(topic).map(({ id, state, ambiguous }) => [id, state, ambiguous]),
  )
  open.close()
  return found
}

test('after a restore what was unfinished waits for a person, except a page of what still fires', async () => {
  const { file, held, again } = await restored()
  expect([held, again]).toEqual([2, 1])
  expect(states(file)).toEqual([
    ['n-pager-trigger', 'waiting', true],
    ['n-ticket', 'held', true],
    ['n-over', 'held', true],
    ['n-told', 'delivered', false],
  ])
})

test('who decides sends one, drops another, and nothing is left to decide', async () => {
  const { file } = await restored()
  const definition = definitionOf(AVAILABILITY)
  const app = createApp(configIn(dirname(file)), definition, {
    now: () => STARTED_AT + 120_000,
    log: createLog('silent'),
    loadDefinition: () => ({ ok: true, definition }),
  })
  let stopped = false
  const stop = async () => {
    if (!stopped) await app.stop()
    stopped = true
  }
  onTestFinished(stop)
  const { api } = await app.open()
  const run = (...words: string[]) => runCli([outboxCommand], ['outbox', ...words, '--url', api])
  const ready = async () => JSON.stringify(await (await fetch(`${api}/readyz`)).json())

  expect((await run('list')).stdout).toMatch(/n-ticket.*\n.*n-over/)
  expect(await ready()).toContain('2 notification(s) wait for a decision')
  expect(await run('send')).toMatchObject({ exit: 2 })
  expect(await run('send', 'n-ticket')).toMatchObject({ exit: 0, stdout: '1 to be sent\n' })
  expect(await run('send', 'n-ticket')).toMatchObject({ exit: 1, stderr: expect.stringContaining('No notification') })
  expect(await run('drop', '--all')).toMatchObject({ exit: 0, stdout: '1 dropped\n' })
  expect(await run('list')).toMatchObject({ stdout: 'Nothing waits for a decision.\n' })
  expect(await ready()).not.toContain('wait for a decision')
  await stop()
  expect(states(file).slice(1, 3)).toEqual([
    ['n-ticket', 'waiting', true],
    ['n-over', 'cancelled', true],
  ])
})

test('what was given up is listed with why, and owed again unless it is over', async () => {
  const desk = openAlertDesk()
  const dead = (topic: string) =>
    rowOf('trigger', 'chat', {
      topic,
      id: `n-${topic}`,
      state: 'dead',
      attempts: 2,
      degraded: true,
      lastError: 'Answered 410',
    })
  desk.store.commitAlerts(commitOf(dead('A-0050')))
  desk.store.commitAlerts(commitOf(dead('A-0051')))
  desk.store.commitAlerts(commitOf(rowOf('resolve', 'chat', { topic: 'A-0051', id: 'n-end' })))
  desk.close()
  const definition = definitionOf(AVAILABILITY)
  const app = createApp(configIn(dirname(desk.file)), definition, {
    now: () => STARTED_AT + 120_000,
    log: createLog('silent'),
    loadDefinition: () => ({ ok: true, definition }),
  })
  onTestFinished(() => app.stop())
  const { api } = await app.open()
  const run = (...words: string[]) => runCli([outboxCommand], ['outbox', ...words, '--url', api])

  expect((await run('list', '--state', 'dead')).stdout).toMatch(
    /n-A-0051 .*Answered 410\n.*n-A-0050 .* 2 +Answered 410/,
  )
  expect(JSON.parse((await run('list', '--state', 'dead', '--json')).stdout)).toMatchObject({
    dead: [{ id: 'n-A-0051', state: 'dead' }, { id: 'n-A-0050' }],
  })
  expect(await run('list', '--state', 'lost')).toMatchObject({ exit: 2 })
  expect(await run('retry', 'n-none')).toMatchObject({ exit: 1, stderr: expect.stringContaining('was given up') })
  const { stdout } = await run('retry', '--all', '--json')
  expect(JSON.parse(stdout)).toMatchObject({
    retry: [
      { id: 'n-A-0051', state: 'cancelled' },
      { id: 'n-A-0050', state: 'waiting' },
    ],
  })
  expect((await run('list', '--state', 'dead')).stdout).toBe('Nothing was given up.\n')
})

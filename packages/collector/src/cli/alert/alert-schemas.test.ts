import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { GATES, type Verdict } from '@tabiji/core/alert'
import { expect, onTestFinished, test } from 'vitest'
import { z } from 'zod'
import { createApp, createLog } from '../../app/app.ts'
import { AVAILABILITY, definitionOf } from '../../jobs/testing/books.ts'
import { backUp, restore } from '../../store/backup.ts'
import { createGatedStore } from '../../store/gated-store.ts'
import { commitOf, rowOf, STARTED_AT } from '../../testing/alert.ts'
import { openAlertDesk } from '../../testing/alert-desk.ts'
import { runCli } from '../../testing/captured-io.ts'
import { configIn } from '../../testing/config.ts'
import { alertsCommand } from './alerts.ts'
import { outboxCommand } from './outbox.ts'

const SCHEMAS = JSON.parse(
  readFileSync(new URL('../../../../../docs/schemas/alerts.json', import.meta.url), 'utf8'),
) as {
  readonly $defs: Readonly<Record<string, object>>
}

/** One of the documented answers. */
function documented(name: 'list' | 'explanation' | 'held') {
  return z.fromJSONSchema({ $ref: `#/$defs/${name}`, $defs: SCHEMAS.$defs } as Parameters<typeof z.fromJSONSchema>[0])
}

/** What every gate says that can hold back a notice. */
const WAITING: readonly Verdict[] = [
  { gate: 'startup_grace', verdict: 'defer', until: STARTED_AT + 60_000 },
  { gate: 'inhibition', verdict: 'defer', by: { kind: 'alert', id: 'A-0042', rule: 'r' } },
  {
    ...{ gate: 'silence', verdict: 'defer', until: STARTED_AT + 3_600_000 },
    by: { kind: 'silence', key: 'SIL-0001', owner: 'suzuki', reason: 'rebuild' },
  },
  {
    ...{ gate: 'maintenance', verdict: 'defer', until: STARTED_AT + 3_600_000 },
    by: { kind: 'maintenance', key: 'MNT-0001', reason: 'disks' },
  },
  { gate: 'hours', verdict: 'defer', until: STARTED_AT + 3_600_000, by: { kind: 'hours', owner: 'shop-team' } },
  { gate: 'grouping', verdict: 'defer', until: STARTED_AT + 15_000 },
  { gate: 'rate_budget', verdict: 'defer', until: STARTED_AT + 3_600_000 },
]

/** The daemon on a store that was restored: an alert that rings, and a notification of which nobody knows. */
async function open() {
  const desk = openAlertDesk()
  const attempt = { outbox: 'n-told', startedAt: STARTED_AT, endedAt: STARTED_AT + 80, result: 'delivered' } as const
  const told = rowOf('trigger', 'pager', { id: 'n-told', verdicts: [{ gate: 'startup_grace', verdict: 'pass' }] })
  desk.store.commitAlerts(commitOf(told))
  desk.store.endAttempt(attempt, { ...told, state: 'delivered', attempts: 1 })
  desk.store.commitAlerts(commitOf(rowOf('trigger', 'chat', { level: 2, topic: 'A-0043', id: 'n-ticket' })))
  const copy = join(dirname(desk.file), 'copy.db')
  const progress = () => undefined
  await backUp(desk.file, copy, { now: STARTED_AT, force: false, progress })
  desk.close()
  await restore(desk.file, copy, STARTED_AT + 60_000, progress)
  const restored = openAlertDesk(desk.file)
  const waits = rowOf('trigger', 'hook', { level: 3, topic: 'A-0044', id: 'n-waits', state: 'gated' })
  restored.store.commitAlerts(commitOf(waits))
  createGatedStore(restored.database).decide([{ outbox: waits.id, at: STARTED_AT, outcome: 'held', verdicts: WAITING }])
  restored.close()
  const definition = definitionOf(AVAILABILITY)
  const app = createApp(configIn(dirname(desk.file)), definition, {
    now: () => STARTED_AT + 120_000,
    log: createLog('silent'),
    loadDefinition: () => ({ ok: true, definition }),
  })
  onTestFinished(app.stop)
  const { api } = await app.open()
  return async (...words: string[]) => {
    const { exit, stdout } = await runCli([alertsCommand, outboxCommand], [...words, '--json', '--url', api])
    expect(exit).toBe(0)
    return JSON.parse(stdout) as Record<string, unknown>
  }
}

test('what the commands print as JSON is what the schema says', async () => {
  const tabiji = await open()
  const list = await tabiji('alerts', 'list', '--state', 'all')
  expect(documented('list').safeParse(list).error?.issues).toBeUndefined()
  expect(list).toMatchObject({
    alerts: [{ id: 'A-0044' }, { id: 'A-0043' }, { id: 'A-0042', episode: { state: 'firing' } }],
  })

  const explanation = await tabiji('alerts', 'explain', 'A-0042')
  expect(documented('explanation').safeParse(explanation).error?.issues).toBeUndefined()
  expect(explanation).toMatchObject({
    notifications: [{ id: 'n-told', state: 'delivered', tries: [{ result: 'delivered' }] }],
  })

  const deferred = await tabiji('alerts', 'explain', 'A-0044')
  expect(documented('explanation').safeParse(deferred).error?.issues).toBeUndefined()
  expect(deferred).toMatchObject({
    notifications: [{ state: 'gated', verdicts: WAITING, decisions: [{ outcome: 'held', verdicts: WAITING }] }],
  })
  expect(WAITING.map(({ gate }) => gate)).toEqual(GATES)

  const held = await tabiji('outbox', 'list')
  expect(documented('held').safeParse(held).error?.issues).toBeUndefined()
  expect(held).toMatchObject({ held: [{ id: 'n-ticket', topic: 'A-0043' }] })
})

test('the schema is not so wide that anything fits', () => {
  const alert = {
    id: 'A-0042',
    rule: 'r',
    level: 4,
    episode: { state: 'firing', startedAt: 1, reopenings: 0 },
    facts: {},
  }
  expect(documented('list').safeParse({ alerts: [alert] }).success).toBe(false)
  expect(documented('held').safeParse({ held: [{ id: 'n' }] }).success).toBe(false)
  expect(documented('explanation').safeParse({ id: 'A-0042' }).success).toBe(false)
})

import { readFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { createApp, createLog } from '../../app/app.ts'
import { AVAILABILITY, definitionOf } from '../../jobs/testing/books.ts'
import { commitOf, rowOf, STARTED_AT } from '../../testing/alert.ts'
import { openAlertDesk } from '../../testing/alert-desk.ts'
import { runCli } from '../../testing/captured-io.ts'
import { configIn } from '../../testing/config.ts'
import { transcriptOf, wordsOf } from '../../testing/transcript.ts'
import { alertsCommand } from './alerts.ts'

const GUIDE = new URL('../../../../../docs/guides/acknowledging.md', import.meta.url)

test('the commands of the guide print what the guide shows', async () => {
  const desk = openAlertDesk()
  desk.store.commitAlerts(commitOf(rowOf('trigger', 'pager')))
  desk.close()
  const definition = definitionOf(AVAILABILITY)
  const app = createApp(configIn(dirname(desk.file)), definition, {
    now: () => STARTED_AT,
    log: createLog('silent'),
    loadDefinition: () => ({ ok: true, definition }),
  })
  onTestFinished(() => app.stop())
  const { api } = await app.open()
  const shown: string[] = []
  const lines = transcriptOf(readFileSync(GUIDE, 'utf8'))
  for (const line of lines.filter((each) => each.startsWith('$ '))) {
    const { stdout } = await runCli([alertsCommand], [...wordsOf(line.slice(2)), '--url', api])
    shown.push(line, ...stdout.trimEnd().split('\n'))
  }
  expect(shown).toEqual(lines)
})

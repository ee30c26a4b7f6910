import { readFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { createApp, createLog } from '../../app/app.ts'
import { AVAILABILITY, definitionOf } from '../../jobs/testing/books.ts'
import { commitOf, FACTS, rowOf, STARTED_AT } from '../../testing/alert.ts'
import { openAlertDesk } from '../../testing/alert-desk.ts'
import { runCli } from '../../testing/captured-io.ts'
import { configIn } from '../../testing/config.ts'
import { transcriptOf, wordsOf } from '../../testing/transcript.ts'
import { silenceCommand } from './silence.ts'

const GUIDE = new URL('../../../../../docs/guides/silences.md', import.meta.url)

test('the commands of the guide print what the guide shows', async () => {
  const desk = openAlertDesk()
  const definition = definitionOf(AVAILABILITY)
  const journey = { ...FACTS.journey, name: 'checkout' }
  const row = rowOf('trigger', 'pager', {})
  const facts = { ...FACTS, journey, rule: 'checkout/availability/level-1' }
  const commit = commitOf({ ...row, facts })
  const episodes = commit.episodes.map((episode) => ({ ...episode, rule: facts.rule }))
  desk.store.commitAlerts({ ...commit, episodes })
  desk.close()
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
    const { stdout } = await runCli([silenceCommand], [...wordsOf(line.slice(2)), '--url', api])
    shown.push(line, ...stdout.trimEnd().split('\n'))
  }
  expect(shown).toEqual(lines)
})

// The real collector in a process of its own, by the clock of a test, which may kill it at any point. It takes its turns
// when it is told to. It is plain JavaScript over the built package, because Node 20 runs no TypeScript.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createApp, createLog } from '@tabiji/collector'
import { readJourneys } from '@tabiji/core/journey/document'
import { readConfig } from '../../../../packages/collector/dist/config/read.js'

const folder = process.env['COLLECTOR_FOLDER'] ?? ''
let now = Number(process.env['COLLECTOR_NOW'])

// A test that is gone must not leave it behind.
process.on('disconnect', () => process.exit(1))

const read = readConfig(join(folder, 'tabiji.yaml'), process.env, () => false)
if (!read.ok) throw new Error(JSON.stringify(read.problems))
const journeys = readJourneys(readFileSync(read.config.journeysFile, 'utf8'), 'journeys.yaml')
if (!journeys.ok) throw new Error(JSON.stringify(journeys.problems))
const { definition } = journeys
const app = createApp(read.config, definition, {
  now: () => now,
  log: createLog('silent'),
  loadDefinition: () => ({ ok: true, definition }),
})

process.on('message', async (at) => {
  now = at
  await app.turns.follow()
  process.send('followed')
})
process.send(await app.open())

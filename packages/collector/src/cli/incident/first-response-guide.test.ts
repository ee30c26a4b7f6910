import { readFileSync } from 'node:fs'
import { DEFAULT_CHECKLISTS } from '@tabiji/core/incident'
import { expect, test } from 'vitest'
import { responseRoutes } from '../../http/api/response-routes.ts'
import { workRoutes } from '../../http/api/work-routes.ts'
import { runCli } from '../../testing/captured-io.ts'
import { transcriptOf, wordsOf } from '../../testing/transcript.ts'
import { openWorkDesk } from '../../testing/work-desk.ts'
import { serveRoutes } from '../../testing/work-server.ts'
import { checklistCommand } from './checklist.ts'
import { incidentCommand } from './incident.ts'

const GUIDE = new URL('../../../../../docs/guides/first-response.md', import.meta.url)
const [one, two, three] = [DEFAULT_CHECKLISTS[1], DEFAULT_CHECKLISTS[2], DEFAULT_CHECKLISTS[3]]
const RULES = { checklists: { 1: one, 2: two, 3: three }, updateEvery: { 1: 30 * 60_000 } }

/** In this guide, `# 2026-10-20 13:05` moves the clock; before the first one nothing is asked of the collector. */
test('every command of the guide prints what the guide says', async () => {
  const desk = openWorkDesk(undefined, RULES)
  const { work, response } = desk
  const server = await serveRoutes(workRoutes(work).use(responseRoutes({ work, response })))
  const env = { TABIJI_URL: server.url, TABIJI_BY: 'suzuki' }
  const transcript = transcriptOf(readFileSync(GUIDE, 'utf8'))
  const really: string[] = []
  try {
    for (const line of transcript) {
      if (line.startsWith('# ')) {
        desk.at(`${line.slice(2).replace(' ', 'T')}:00`)
        really.push(line)
      }
      if (line.startsWith('$ ')) {
        const { exit, stdout, stderr } = await runCli([incidentCommand, checklistCommand], wordsOf(line.slice(2)), {
          env,
        })
        expect([line, exit, stderr]).toEqual([line, 0, stderr])
        really.push(line, ...`${stdout}${stderr}`.trimEnd().split('\n'))
      }
    }
  } finally {
    await server.close()
    desk.close()
  }
  expect(transcript.filter((line) => line.startsWith('$ ')).length).toBeGreaterThan(6)
  expect(really).toEqual(transcript)
})

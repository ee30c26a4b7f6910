import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { runCli } from '../testing/captured-io.ts'
import { transcriptOf, wordsOf } from '../testing/transcript.ts'
import { openWorkDesk } from '../testing/work-desk.ts'
import { serveWork } from '../testing/work-server.ts'
import { fixCommand } from './fix/fix.ts'
import { incidentCommand } from './incident/incident.ts'

const GUIDE = new URL('../../../../docs/guides/incidents-and-fixes.md', import.meta.url)

/** In this guide, `# 2026-10-20 13:05` moves the clock. */
test('every command of the guide prints what the guide says', async () => {
  const desk = openWorkDesk()
  const server = await serveWork(desk.work)
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
        const { exit, stdout, stderr } = await runCli([incidentCommand, fixCommand], wordsOf(line.slice(2)), { env })
        expect([line, exit]).toEqual([line, 0])
        really.push(line, ...`${stdout}${stderr}`.trimEnd().split('\n'))
      }
    }
  } finally {
    await server.close()
    desk.close()
  }
  expect(transcript.filter((line) => line.startsWith('$ ')).length).toBeGreaterThan(10)
  expect(really).toEqual(transcript)
})

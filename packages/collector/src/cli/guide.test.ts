import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { runCli } from '../testing/captured-io.ts'
import { openWorkDesk } from '../testing/work-desk.ts'
import { serveWork } from '../testing/work-server.ts'
import { fixCommand } from './fix.ts'
import { incidentCommand } from './incident.ts'

const GUIDE = new URL('../../../../docs/guides/incidents-and-fixes.md', import.meta.url)

/** `# 2026-10-20 13:05` moves the clock, `$ tabiji …` runs a command, the lines below are what it prints. */
function transcriptOf(guide: string): readonly string[] {
  return [...guide.matchAll(/^```console\n(.*?)^```$/gms)].flatMap(([, block = '']) => block.trimEnd().split('\n'))
}

const wordsOf = (command: string) => (command.match(/"[^"]*"|\S+/g) ?? []).map((word) => word.replaceAll('"', ''))

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
        const [, ...words] = wordsOf(line.slice(2))
        const { exit, stdout, stderr } = await runCli([incidentCommand, fixCommand], words, { env })
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

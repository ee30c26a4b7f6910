import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { correctionRoutes } from '../../http/api/correction-routes.ts'
import { runCli } from '../../testing/captured-io.ts'
import { openCorrectionDesk } from '../../testing/correction-desk.ts'
import { transcriptOf, wordsOf } from '../../testing/transcript.ts'
import { serveRoutes } from '../../testing/work-server.ts'
import { correctionCommand } from './correction.ts'

const GUIDE = new URL('../../../../../docs/guides/ledger.md', import.meta.url)

test('every command of "Corrections" prints what the guide says', async () => {
  const [, section = ''] = readFileSync(GUIDE, 'utf8').split('\n## Corrections\n')
  const transcript = transcriptOf(section.split('\n## ')[0] ?? '')
  const desk = openCorrectionDesk()
  const server = await serveRoutes(correctionRoutes(desk.corrections))
  const env = { TABIJI_URL: server.url, TABIJI_BY: 'suzuki' }
  const really: string[] = []
  try {
    for (const line of transcript) {
      if (line.startsWith('# ')) {
        desk.at(`${line.slice(2).replace(' ', 'T')}:00`)
        really.push(line)
      }
      if (line.startsWith('$ ')) {
        const { exit, stdout, stderr } = await runCli([correctionCommand], wordsOf(line.slice(2)), { env })
        expect([line, exit]).toEqual([line, 0])
        really.push(line, ...`${stdout}${stderr}`.trimEnd().split('\n'))
      }
    }
  } finally {
    await server.close()
    desk.close()
  }
  expect(transcript.filter((line) => line.startsWith('$ '))).toHaveLength(6)
  expect(really).toEqual(transcript)
})

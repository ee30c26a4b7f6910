import { readFileSync } from 'node:fs'
import { expect, onTestFinished, test } from 'vitest'
import { annotationRoutes } from '../../http/api/annotation-routes.ts'
import { openAnnotationDesk } from '../../testing/annotation-desk.ts'
import { runCli } from '../../testing/captured-io.ts'
import { transcriptOf, wordsOf } from '../../testing/transcript.ts'
import { serveRoutes } from '../../testing/work-server.ts'
import { annotateCommand, annotationCommand } from './annotation.ts'

const GUIDE = new URL('../../../../../docs/guides/inbound.md', import.meta.url)

test('every command of "Annotations" prints what the guide says', async () => {
  const [, section = ''] = readFileSync(GUIDE, 'utf8').split('\n## Annotations\n')
  const transcript = transcriptOf(section.split('\n## ')[0] ?? '')
  const server = await serveRoutes(annotationRoutes(openAnnotationDesk().annotations))
  onTestFinished(server.close)
  const env = { TABIJI_URL: server.url, TABIJI_BY: 'abe' }
  const really: string[] = []
  for (const line of transcript.filter((each) => each.startsWith('$ '))) {
    const { stdout, stderr } = await runCli([annotateCommand, annotationCommand], wordsOf(line.slice(2)), { env })
    really.push(
      line,
      ...`${stdout}${stderr}`
        .trimEnd()
        .split('\n')
        .map((each) => each.trimEnd()),
    )
  }
  expect(transcript.filter((line) => line.startsWith('$ '))).toHaveLength(4)
  expect(really).toEqual(transcript)
})

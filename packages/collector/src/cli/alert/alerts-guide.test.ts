import { readFileSync } from 'node:fs'
import { expect, onTestFinished, test } from 'vitest'
import { folderWith } from '../../config/testing/folder.ts'
import { runCli } from '../../testing/captured-io.ts'
import { transcriptOf, wordsOf } from '../../testing/transcript.ts'
import { checkCommand } from '../journeys/check.ts'

const GUIDE = new URL('../../../../../docs/guides/alerts.md', import.meta.url)

test('the rules of the guide are what the guide says that they are', async () => {
  const guide = readFileSync(GUIDE, 'utf8')
  const journeys = /^```yaml\n(timeZone.*?)^```$/ms.exec(guide)?.[1] ?? ''
  const home = process.cwd()
  onTestFinished(() => process.chdir(home))
  process.chdir(folderWith({ 'journeys.yaml': journeys }))
  const [line = '', ...said] = transcriptOf(guide)
  const { exit, stdout } = await runCli([checkCommand], wordsOf(line.slice(2)))
  expect([line, exit]).toEqual(['$ tabiji check', 0])
  expect(stdout.trimEnd().split('\n')).toEqual(said)
})

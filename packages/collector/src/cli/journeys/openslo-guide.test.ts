import { readFileSync } from 'node:fs'
import { expect, onTestFinished, test } from 'vitest'
import { folderWith } from '../../config/testing/folder.ts'
import { runCli } from '../../testing/captured-io.ts'
import { transcriptOf, wordsOf } from '../../testing/transcript.ts'
import { openSloCommand } from './openslo.ts'

const GUIDE = new URL('../../../../../docs/guides/openslo.md', import.meta.url)

test('every command of the guide prints what the guide says', async () => {
  const guide = readFileSync(GUIDE, 'utf8')
  const loose = /^```yaml\n(apiVersion.*?)^```$/ms.exec(guide)?.[1] ?? ''
  const home = process.cwd()
  onTestFinished(() => process.chdir(home))
  process.chdir(folderWith({ 'loose.yaml': loose }))
  const transcript = transcriptOf(guide)
  const really: string[] = []
  for (const line of transcript.filter((each) => each.startsWith('$ '))) {
    const { exit, stdout, stderr } = await runCli([openSloCommand], wordsOf(line.slice(2)))
    expect([line, exit]).toEqual([line, 0])
    really.push(line, ...`${stdout}${stderr}`.trimEnd().split('\n'))
  }
  expect(transcript.length).toBeGreaterThan(5)
  expect(really).toEqual(transcript)
})

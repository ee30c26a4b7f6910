import { readFileSync } from 'node:fs'
import { expect, onTestFinished, test } from 'vitest'
import { folderWith } from '../../config/testing/folder.ts'
import { runCli } from '../../testing/captured-io.ts'
import { transcriptOf, wordsOf } from '../../testing/transcript.ts'
import { rulesCommand } from './rules.ts'

const GUIDE = new URL('../../../../../docs/guides/rules.md', import.meta.url)

test('every command of the guide prints what the guide says', async () => {
  const guide = readFileSync(GUIDE, 'utf8')
  const journeys = /^```yaml\n(timeZone.*?)^```$/ms.exec(guide)?.[1] ?? ''
  const home = process.cwd()
  onTestFinished(() => process.chdir(home))
  process.chdir(folderWith({ 'journeys.yaml': journeys }))
  const transcript = transcriptOf(guide)
  const really: string[] = []
  for (const line of transcript.filter((each) => each.startsWith('$ '))) {
    const { exit, stdout, stderr } = await runCli([rulesCommand], wordsOf(line.slice(2)))
    expect([line, exit]).toEqual([line, 0])
    really.push(line, ...stdout.trimEnd().split('\n'))
    const told = stderr.trimEnd().split('\n')
    expect(told).toHaveLength(7)
    expect(told.every((note) => note.startsWith('note: '))).toBe(true)
  }
  expect(transcript.length).toBeGreaterThan(5)
  expect(really).toEqual(transcript)
})

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { runCli } from '../../testing/captured-io.ts'
import { wordsOf } from '../../testing/transcript.ts'
import { EXIT } from '../terminal/exit.ts'
import { incidentCommand } from './incident.ts'

const GUIDE = new URL('../../../../../docs/guides/timeline.md', import.meta.url)
const FILES = {
  'decision.yaml': 'knew: a\nchoice: b\nwhy: c\n',
  '~/.bash_history': '#1792471140\nls\n',
  'thread.json': '[{"type":"message","ts":"1792471140.000100","thread_ts":"1792471140.000100","text":"x"}]',
}

/** Nobody listens there, so whatever is understood ends with "cannot be reached", and whatever is not with "wrong usage". */
test('the commands of the guide are understood', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'tabiji-guide-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const blocks = [...readFileSync(GUIDE, 'utf8').matchAll(/```sh\n([\s\S]*?)```/g)].map(([, text]) => text ?? '')
  const lines = blocks.flatMap((text) => text.replaceAll('\\\n', ' ').split('\n')).filter((line) => line !== '')
  expect(lines.length).toBeGreaterThan(8)
  for (const line of lines) {
    const words = wordsOf(line).map((word) => {
      const text = FILES[word as keyof typeof FILES]
      if (text === undefined) return word
      const file = join(folder, word.replace(/.*\//, ''))
      writeFileSync(file, text)
      return file
    })
    const { exit } = await runCli([incidentCommand], [...words, '--url', 'http://127.0.0.1:9'])
    expect([line, exit]).toEqual([line, EXIT.unreachable])
  }
})

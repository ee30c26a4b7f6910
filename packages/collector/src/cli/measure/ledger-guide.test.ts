import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { folderWith } from '../../config/testing/folder.ts'
import { runCli } from '../../testing/captured-io.ts'
import { transcriptOf, wordsOf } from '../../testing/transcript.ts'
import { importCommand } from './import.ts'
import { ledgerCommand } from './ledger.ts'

const GUIDE = new URL('../../../../../docs/guides/ledger.md', import.meta.url)

const FILES = {
  'tabiji.yaml': 'journeys: journeys.yaml\nstore: tabiji.db\ntargets: []\n',
  'journeys.yaml': `timeZone: Asia/Tokyo
journeys:
  checkout:
    title: { en: Check out, ja: 購入 }
    objectives: { availability: 99 }
    steps: { pay: { http: 'POST /orders', within: 1s } }
`,
}

/** The lines of a section, from its title to the next one of the same rank. */
function section(guide: string, title: string): string {
  const [, text = ''] = guide.split(`\n## ${title}\n`)
  return text.split('\n## ')[0] ?? ''
}

test('every command of "Checking the books" prints what the guide says', async () => {
  const checking = section(readFileSync(GUIDE, 'utf8'), 'Checking the books')
  const history = /^```json\n(.*?)^```$/ms.exec(checking)?.[1] ?? ''
  const folder = folderWith({ ...FILES, 'history.ndjson': history })
  const transcript = transcriptOf(checking)
  const really: string[] = []
  const before = process.cwd()
  process.chdir(folder)
  try {
    for (const line of transcript.filter((each) => each.startsWith('$ '))) {
      const { exit, stdout, stderr } = await runCli([importCommand, ledgerCommand], wordsOf(line.slice(2)))
      expect([line, exit]).toEqual([line, 0])
      really.push(line, ...`${stdout}${stderr}`.trimEnd().split('\n'))
    }
  } finally {
    process.chdir(before)
  }
  expect(really.length).toBeGreaterThan(10)
  expect(really).toEqual(transcript)
})

import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { folderWith } from '../../config/testing/folder.ts'
import { runCli } from '../../testing/captured-io.ts'
import { transcriptOf, wordsOf } from '../../testing/transcript.ts'
import { importCommand } from './import.ts'
import { replayCommand } from './replay.ts'

const GUIDE = new URL('../../../../../docs/guides/replay.md', import.meta.url)

const journeys = (target: string) => `timeZone: Asia/Tokyo
journeys:
  checkout:
    title: { en: Check out, ja: 購入 }
    objectives: { availability: ${target} }
    steps: { pay: { http: 'POST /orders', within: 1s } }
`

const FILES = {
  'tabiji.yaml': `journeys: journeys.yaml
store: tabiji.db
targets: [{ service: shop, url: 'http://127.0.0.1:8080/metrics' }]
`,
  'journeys.yaml': journeys('99'),
  'stricter.yaml': journeys('99.9'),
}

/** A morning of the guide: two hours read every 15 s, ten minutes of failures from 08:00 on, a few of them at 07:00. */
function morning(): string {
  const first = Date.parse('2026-10-20T06:30:00+09:00')
  const counts = [0, 0, 0, 0]
  const lines: object[] = [
    work('2026-10-20T08:04:00+09:00', { type: 'open', title: 'Payments fail', level: 1, journeys: ['checkout'] }),
    work('2026-10-20T08:11:00+09:00', { type: 'resolve' }),
  ]
  for (let slot = 0; slot <= 2.5 * 240; slot++) {
    const failing = slot >= 360 && slot < 400 ? 20 : slot >= 120 && slot < 130 ? 2 : 0
    counts[0] = (counts[0] ?? 0) + 20 - failing
    counts[2] = (counts[2] ?? 0) + failing
    const steps = [{ journey: 'checkout', step: 'pay', counts: [...counts] }]
    lines.push({
      kind: 'reading',
      at: new Date(first + slot * 15_000).toISOString(),
      process: 'shop-1',
      service: 'shop',
      steps,
    })
  }
  return lines.map((line) => `${JSON.stringify(line)}\n`).join('')
}

function work(at: string, command: object) {
  return { kind: 'incident', key: 'A', at, by: 'sato', command }
}

test('every command of the guide prints what it says', async () => {
  const folder = folderWith({ ...FILES, 'history.ndjson': morning() })
  const transcript = transcriptOf(readFileSync(GUIDE, 'utf8'))
  const really: string[] = []
  const before = process.cwd()
  process.chdir(folder)
  try {
    for (const line of transcript.filter((each) => each.startsWith('$ '))) {
      const { exit, stdout, stderr } = await runCli([importCommand, replayCommand], wordsOf(line.slice(2)))
      expect([line, exit]).toEqual([line, 0])
      really.push(line, ...`${stdout}${stderr}`.trimEnd().split('\n'))
    }
  } finally {
    process.chdir(before)
  }
  expect(really.length).toBeGreaterThan(20)
  expect(really).toEqual(transcript)
})

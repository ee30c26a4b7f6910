import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { isoIn, monthRange } from '@tabiji/core/time'
import { expect, onTestFinished, test, vi } from 'vitest'
import { createApp, createLog } from '../app/app.ts'
import { importHistory, readHistory } from '../app/history.ts'
import { AVAILABILITY, definitionOf } from '../jobs/testing/books.ts'
import { runCli } from '../testing/captured-io.ts'
import { configIn } from '../testing/config.ts'
import { wordsOf } from '../testing/transcript.ts'
import { reportCommand } from './report.ts'

const GUIDE = readFileSync(new URL('../../../../docs/guides/report-life.md', import.meta.url), 'utf8')
const NOW = Date.parse('2026-11-05T10:00:00+09:00')
const SLOT = 300_000

/** October, read every five minutes: more fails than the target allows. */
function october(): readonly string[] {
  const { from, to } = monthRange('2026-10', 'Asia/Tokyo')
  return Array.from({ length: (to - from) / SLOT + 1 }, (_, i) =>
    JSON.stringify({
      kind: 'reading',
      at: isoIn(from + i * SLOT, 'Asia/Tokyo'),
      process: 'old',
      service: 'shop',
      steps: [{ journey: 'checkout', step: 'pay', counts: [100 * i, 0, 2 * i, 0] }],
    }),
  )
}

test('every command of the guide about the life of a report does what it says', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'tabiji-guide-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  // No browser prints here: that takes seconds, and is shown elsewhere.
  vi.stubEnv('TABIJI_BROWSER', '/nowhere')
  onTestFinished(() => void vi.unstubAllEnvs())
  const definition = definitionOf(AVAILABILITY)
  const ledger = { grid: [{ fromAgeSeconds: 0, width: SLOT / 1000 }] as const, clockSkewMs: 5_000 }
  const config = configIn(folder, { ledger })
  const history = readHistory(october())
  if (!history.ok) throw new Error(JSON.stringify(history.problems))
  expect(importHistory(config, definition, history.entries, { now: NOW, sample: false })).toMatchObject({ ok: true })
  const app = createApp(config, definition, {
    now: () => NOW,
    log: createLog('silent'),
    loadDefinition: () => ({ ok: true, definition }),
  })
  onTestFinished(() => app.stop())
  const { api } = await app.open()

  const commands = [...GUIDE.matchAll(/^```sh\n(.*?)^```$/gms)].flatMap(([, block = '']) => block.trimEnd().split('\n'))
  expect(commands.length).toBe(15)
  const told = new Map<string, string>()
  for (const command of commands) {
    const words = wordsOf(command).map((word) =>
      /^(reports|from-store|tabiji\.db)$/.test(word) ? join(folder, word) : word,
    )
    const { exit, stdout, stderr } = await runCli([reportCommand], [...words, '--url', api], { now: () => NOW })
    expect([command, exit, stderr]).toEqual([command, 0, expect.not.stringContaining('error')])
    told.set(`${words[0]} ${words[1]}`, stdout)
  }
  expect(told.get('report missing')).toMatch(/checkout .* missed/)
  expect(told.get('report issue')).toContain('2026-10 issued as revision 1: 11 files')
  expect(told.get('report reissue')).toContain('issued as revision 2')
  expect(told.get('report asks')).toMatch(/ASK-0001 +2026-10 +AGREED +2026-11-13 +suzuki/)
  expect(told.get('report list')).toMatch(/2026-10 +issued r2/)
  const names = readdirSync(join(folder, 'reports'))
  expect(names).toEqual(readdirSync(join(folder, 'from-store')))
  const page = readFileSync(join(folder, 'reports', 'report-2026-10.en.html'), 'utf8')
  expect(page).toContain('revision 1.')
}, 60_000)

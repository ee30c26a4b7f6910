import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { isoIn, monthRange } from '@tabiji/core/time'
import { expect, onTestFinished, test, vi } from 'vitest'
import { createApp, createLog } from '../../app/app.ts'
import { importHistory, readHistory } from '../../app/history.ts'
import { AVAILABILITY, definitionOf } from '../../jobs/testing/books.ts'
import { runCli } from '../../testing/captured-io.ts'
import { configIn } from '../../testing/config.ts'
import { wordsOf } from '../../testing/transcript.ts'
import { reportCommand } from './report.ts'

const GUIDE = readFileSync(new URL('../../../../../docs/guides/report-life.md', import.meta.url), 'utf8')
const NOW = Date.parse('2026-11-05T10:00:00+09:00')
const SLOT = 300_000

/** The other command, as a process of its own. */
async function runReport(words: readonly string[]) {
  const bin = fileURLToPath(import.meta.resolve('@tabiji/report/command'))
  const child = spawn(process.execPath, [bin, ...words])
  let stderr = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text))
  const [exit] = await once(child, 'close')
  return { exit: Number(exit), stderr }
}

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
  // A draft has every format that needs no browser.
  const drafted = join(folder, 'drafted')
  await runCli([reportCommand], ['report', 'draft', '2026-10', '--url', api], { now: () => NOW })
  const write = ['report', 'write', '2026-10', '--out', drafted, '--url', api]
  expect(await runCli([reportCommand], write, { now: () => NOW })).toMatchObject({ exit: 0 })
  expect(readdirSync(drafted)).toHaveLength(11)
  expect(readFileSync(join(drafted, 'report-2026-10.journeys.csv'), 'utf8')).toContain('checkout')
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

  // With a month instead of a verb it is `tabiji-report`: the same bytes, the same errors, the same exit codes.
  const render = (out: string, ...words: readonly string[]) => ['2026-10', '--lang', 'ja', '--out', out, ...words]
  const asTabiji = (words: readonly string[]) =>
    runCli([reportCommand], ['report', ...words], { env: { TABIJI_URL: api } })
  const asReport = (words: readonly string[]) => runReport([...words, '--url', api])
  const [ours, theirs] = [join(folder, 'ours'), join(folder, 'theirs')]
  expect(await asTabiji(render(ours, '--format', 'html', '-q'))).toMatchObject({ exit: 0, stderr: '' })
  expect(await asReport(render(theirs, '--format', 'html'))).toMatchObject({ exit: 0 })
  const [written = ''] = readdirSync(ours)
  expect(readFileSync(join(ours, written))).toEqual(readFileSync(join(theirs, written)))
  for (const wrong of [['2026-13'], render(ours, '--nope'), ['2026-10', '--team', 'nobody'], ['2031-01']]) {
    const [one, other] = [await asTabiji([...wrong, '--json']), await asReport([...wrong, '--json'])]
    expect([wrong, one.exit, one.stderr]).toEqual([wrong, other.exit, other.stderr])
    expect(one.exit).toBeGreaterThan(0)
  }
  expect(await asTabiji(['isue'])).toMatchObject({ exit: 2, stderr: expect.stringContaining('known: list, show') })
  expect(await asTabiji([])).toMatchObject({ exit: 2, stderr: expect.stringContaining('--with-people') })
}, 60_000)

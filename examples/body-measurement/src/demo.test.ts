import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'

const DEMO = join(import.meta.dirname, '../dist/demo.js')
const folder = mkdtempSync(join(tmpdir(), 'tabiji-demo-'))

afterAll(() => rmSync(folder, { recursive: true, force: true }))

function run(args: readonly string[]): Promise<{ code: number | null; out: string }> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [DEMO, ...args], { cwd: folder })
    let out = ''
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (out += String(chunk)))
    child.once('close', (code) => resolve({ code, out }))
  })
}

test('the demo rings level 1, resolves it, writes last month’s report, and leaves nothing running', async () => {
  const { code, out } = await run(['--once'])
  expect(out).toMatch(/dashboard {2}http:\/\/127\.0\.0\.1:\d+/)
  expect(out).toMatch(/▲ LEVEL 1: Measure feet \(measure-feet\), .* A-\d{4}/)
  expect(out).toMatch(/burn rate: \d+ of \d+ bad in 60 s, \d+\.\d×/)
  expect(out).toMatch(/budget left: -?\d+\.\d %/)
  expect(out).toContain('runbook: https://')
  expect(out).toMatch(/✔ LEVEL 1 resolved/)
  const reports = out.match(/\S+report-\d{4}-\d{2}\S+/g) ?? []
  expect(reports.length).toBeGreaterThanOrEqual(5)
  for (const file of reports) expect(existsSync(file)).toBe(true)
  const english = readFileSync(reports.find((file) => file.endsWith('.en.md')) ?? '', 'utf8')
  expect(english.toLowerCase()).toContain('sample data')
  expect(code).toBe(0)
}, 300_000)

test('an unknown option is refused with the usage', async () => {
  const { code, out } = await run(['--onec'])
  expect([code, out]).toEqual([2, expect.stringContaining('unknown option --onec')])
})

import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'

const STORY = join(import.meta.dirname, '../dist/main.js')
const folder = mkdtempSync(join(tmpdir(), 'tabiji-story-test-'))
const results = join(folder, 'results')

afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** @param until ends it by Ctrl-C as soon as it has said this */
function run(args: readonly string[], until?: string): Promise<{ code: number | null; out: string; left: string[] }> {
  const TMPDIR = mkdtempSync(join(folder, 'tmp-'))
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [STORY, ...args], { cwd: folder, env: { ...process.env, TMPDIR } })
    let out = ''
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk) => {
        out += String(chunk)
        if (until !== undefined && out.includes(until)) child.kill('SIGINT')
      })
    }
    child.once('close', (code) => resolve({ code, out, left: readdirSync(TMPDIR) }))
  })
}

/** Nobody answers at any address that was printed. */
async function expectSilence(out: string): Promise<void> {
  const addresses = out.match(/http:\/\/127\.0\.0\.1:\d+/g) ?? []
  expect(addresses).toHaveLength(3)
  for (const address of addresses) await expect(fetch(address)).rejects.toThrow()
}

const read = (name: string) => readFileSync(join(results, name), 'utf8')
const numbers = (out: string, pattern: RegExp) => (pattern.exec(out) ?? []).slice(1).map(Number)

test('the story is told to its end, and what it leaves has the numbers that it measured', async () => {
  const { code, out, left } = await run(['--folder', results])
  expect([code, left], out).toEqual([0, []])
  const [failed = 0, , booked] = numbers(out, /customers counted (\d+) failed payments of (\d+); the ledger has (\d+)/)
  expect(booked).toBe(failed)
  const [bad = 0, valid = 0] = numbers(out, /checkout\/availability: (\d+) of (\d+) failed from/)
  expect(bad).toBeGreaterThan(0)
  expect(bad).toBeLessThanOrEqual(failed)
  expect(readdirSync(results).sort()).toEqual(['fishbone.svg', 'postmortem.md', 'statistics.txt'])
  expect(read('postmortem.md')).toContain(`| checkout/availability | ${bad} | ${valid} |`)
  expect(read('postmortem.md')).toMatch(/Decision: the old payment client\. Known then: every second payment fails/)
  expect(read('postmortem.md')).toContain('](fishbone.svg)')
  expect(read('postmortem.md')).toContain('[FIX-0002](https://github-stand-in.example/acme/shop/issues/2)')
  expect(read('fishbone.svg')).toMatch(/^<svg [\s\S]*Nobody watches the queue/)
  expect(out).toContain('FIX-0001 Give payments a timeout: done at 2026-10-24 10:00:00, as the tracker states')
  expect(out).toContain('FIX-0002 is 13 days overdue')
  expect(out).toContain('it is open again (its cause is back in INC-0002)')
  expect(read('statistics.txt')).toMatch(
    /on time +1 of 2[\s\S]*was 1 of 2 {2}is 0 of 2[\s\S]*1 returned[\s\S]*CAME BACK/,
  )
  await expectSilence(out)
}, 600_000)

test('Ctrl-C ends everything that it started', async () => {
  mkdirSync(results, { recursive: true })
  const { code, out, left } = await run(['--folder', results], 'A fault')
  expect([code, left], out).toEqual([130, []])
  await expectSilence(out)
}, 120_000)

test('an option that it does not have is refused', async () => {
  const { code, out } = await run(['--foldr', results])
  expect([code, out]).toEqual([2, expect.stringContaining('--foldr')])
})

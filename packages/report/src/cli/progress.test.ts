import { spawn } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { renderReport } from '../render.ts'
import { BIN, endOf, folder, runCommand } from '../testing/command.ts'
import { largeFacts } from '../testing/large.ts'
import { during, progressOn } from './progress.ts'

test('what takes long says so again and again, and is quiet afterwards', async () => {
  const lines: string[] = []
  const told = new EventTarget()
  const tell = (line: string) => {
    lines.push(line)
    if (lines.length === 4) told.dispatchEvent(new Event('enough'))
  }
  const enough = () => new Promise<string>((resolve) => told.addEventListener('enough', () => resolve('read')))
  expect(await during('Reading', tell, enough, 500)).toBe('read')
  expect(lines).toEqual(['Reading', 'Reading (1 s)', 'Reading (1 s)', 'Reading (2 s)'])
})

test('what fails is told as it is', async () => {
  await expect(
    during(
      'Reading',
      () => {},
      () => Promise.reject(new Error('gone')),
    ),
  ).rejects.toThrow('gone')
})

test('a terminal shows one step at a time, on one line; where nobody looks nothing is shown', () => {
  const written: string[] = []
  const write = (text: string) => written.push(text)
  const progress = progressOn({ isTTY: true, write })
  progress('one')
  progress('two')
  progress()
  expect(written).toEqual(['\r\u001b[2Kone', '\r\u001b[2Ktwo', '\r\u001b[2K'])
  progressOn({ write })('three')
  progressOn({ isTTY: false, write })('four')
  expect(written).toHaveLength(3)
})

describe('a month of two hundred journeys', () => {
  const facts = renderReport(largeFacts(200), { format: 'json', lang: 'en' })
  const files = ['md', 'html', 'slack.json'].flatMap((format) =>
    ['en', 'ja'].map((lang) => `report-2026-10.${lang}.${format}`),
  )
  const args = ['--facts', 'facts.json', '--format', 'md,html,slack']

  test('says on a terminal what it is at, before it is done', { timeout: 120_000 }, async () => {
    const cwd = folder()
    writeFileSync(join(cwd, 'facts.json'), facts)
    // `script` gives the command a terminal.
    const command = [process.execPath, BIN, ...args].map((word) => `'${word}'`).join(' ')
    const { stdout, exit } = await endOf(spawn('script', ['-qec', command, '/dev/null'], { cwd }))
    expect(exit).toBe(0)
    const steps = files.map((name) => stdout.indexOf(`\r\u001b[2KRendering ${name}, 200 journeys`))
    expect(steps[0]).toBeGreaterThanOrEqual(0)
    expect(steps).toEqual(steps.toSorted((a, b) => a - b))
    // The paths are told when all is written, and nothing of the steps is left then.
    expect(stdout.slice(steps.at(-1)).split('\r\u001b[2K')[2]).toContain(files[0])
  })

  test('says nothing of it to a program', { timeout: 120_000 }, async () => {
    const cwd = folder()
    writeFileSync(join(cwd, 'facts.json'), facts)
    const { stderr, stdout, exit } = await runCommand(args, { cwd })
    expect(exit).toBe(0)
    expect(stderr).not.toContain('Rendering')
    expect(stderr).not.toContain('\r')
    expect(stdout).toContain(files.at(-1))
  })
})

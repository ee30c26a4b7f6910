import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { expect, test } from 'vitest'
import { findBrowser } from '../print/index.ts'
import { renderReport } from '../render.ts'
import { folder, runCommand } from '../testing/command.ts'
import { octoberFacts } from '../testing/facts.ts'

const FACTS = ['--facts', 'facts.json']

function withFacts(): string {
  const cwd = folder()
  writeFileSync(join(cwd, 'facts.json'), renderReport(octoberFacts(), { format: 'json', lang: 'en' }))
  return cwd
}

/** A browser that does what its script says. */
function fake(script: string): string {
  const path = join(folder(), 'browser')
  writeFileSync(path, `#!/bin/sh\n${script}\n`)
  chmodSync(path, 0o755)
  return path
}

test('an installed browser prints the page: a PDF with Japanese characters in it', { timeout: 120_000 }, async () => {
  expect(findBrowser(process.env), 'no browser is installed on this machine').toBeDefined()
  const cwd = withFacts()
  const ended = await runCommand([...FACTS, '--format', 'pdf', '--lang', 'ja', '--json'], { cwd })
  expect(ended.stderr).toContain('Printing report-2026-10.ja.pdf with')
  expect(ended.exit).toBe(0)
  const pdf = readFileSync(join(cwd, 'report-2026-10.ja.pdf'))
  expect(JSON.parse(ended.stdout).files).toMatchObject([{ format: 'pdf', language: 'ja', bytes: pdf.length }])
  expect(pdf.subarray(0, 5).toString()).toBe('%PDF-')
  expect(pdf.toString('latin1')).toMatch(/CJK|JP|Gothic|Mincho/)
})

test('without a browser the other formats are written, and the way out is told', async () => {
  const cwd = withFacts()
  const env = { PATH: '', TABIJI_BROWSER: '' }
  const { stderr, exit } = await runCommand([...FACTS, '--format', 'html,pdf', '--lang', 'en'], { cwd, env })
  if (findBrowser(env) !== undefined) return expect(exit).toBe(0)
  expect(stderr).toContain(
    'error: no Chrome, Chromium or Edge found, so the PDF was not written; written were: report-2026-10.en.html\n' +
      '  fix: open the HTML in a browser and print it, or set TABIJI_BROWSER=/path/to/chrome',
  )
  expect(exit).toBe(1)
  expect(existsSync(join(cwd, 'report-2026-10.en.html'))).toBe(true)
})

test.each([
  ['TABIJI_BROWSER is /nowhere/chrome, which cannot be run', () => '/nowhere/chrome'],
  ['ended with 7: no display', () => fake('echo no display >&2; exit 7')],
])('what a browser does not do is told: %s', async (message, browser) => {
  const cwd = withFacts()
  const env = { TABIJI_BROWSER: browser() }
  const { stderr, exit } = await runCommand([...FACTS, '--format', 'pdf', '--lang', 'en'], { cwd, env })
  expect(stderr).toContain(message)
  expect(stderr).toContain('nothing was written')
  expect(exit).toBe(1)
})

test('the browser is the one that is named, by its place or its name, else the first of the search path', () => {
  const path = fake('exit 0')
  const bin = path.slice(0, -'/browser'.length)
  expect(findBrowser({ TABIJI_BROWSER: path, PATH: '' })).toBe(path)
  expect(findBrowser({ TABIJI_BROWSER: 'browser', PATH: ['/nowhere', bin].join(delimiter) })).toBe(path)
  expect(findBrowser({ TABIJI_BROWSER: 'other', PATH: bin })).toBeUndefined()
  writeFileSync(join(bin, 'msedge'), '')
  chmodSync(join(bin, 'msedge'), 0o755)
  expect(findBrowser({ PATH: bin })).toBe(join(bin, 'msedge'))
})

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { LANGUAGES, renderReport } from '@tabiji/report'
import { findBrowser } from '@tabiji/report/print'
import axe from 'axe-core'
import { type Browser, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { octoberFacts } from '../../packages/report/src/testing/facts.ts'
import { hostile } from '../../packages/report/src/testing/hostile.ts'

const folder = mkdtempSync(join(tmpdir(), 'tabiji-browser-'))
const PAGES = LANGUAGES.flatMap((lang) => (['light', 'dark'] as const).map((scheme) => ({ lang, scheme })))
const HOSTILE = `"><img src=x onerror="fail()"></script><script>fail()</script>' onmouseover='fail()`

let browser: Browser

beforeAll(async () => {
  const executablePath = findBrowser(process.env)
  if (executablePath === undefined) throw new Error('no Chrome, Chromium or Edge is installed on this machine')
  browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] })
}, 120_000)
afterAll(async () => {
  await browser?.close()
  rmSync(folder, { recursive: true, force: true })
})

type Opened = {
  readonly page: Page
  /** What the page asked for besides itself, and what it complained of. */
  readonly noise: readonly string[]
}

/** Opens a page from the disk, without a network. */
async function open(html: string, colorScheme: 'light' | 'dark' = 'light'): Promise<Opened> {
  const file = join(folder, 'report.html')
  writeFileSync(file, html)
  const url = pathToFileURL(file).href
  const context = await browser.newContext({ colorScheme, offline: true })
  const page = await context.newPage()
  const noise: string[] = []
  page.on('request', (request) => {
    if (request.url() !== url) noise.push(`request: ${request.url()}`)
  })
  page.on('console', (message) => {
    if (message.type() === 'error') noise.push(`console: ${message.text()}`)
  })
  page.on('pageerror', (error) => noise.push(`error: ${error.message}`))
  await page.goto(url, { waitUntil: 'load' })
  return { page, noise }
}

describe.each(PAGES)('the page in $lang, $scheme, opened by a browser without a network,', ({ lang, scheme }) => {
  test('asks for nothing, is read to those who do not see it, and fits a phone, a tablet and a desk', async () => {
    const { page, noise } = await open(renderReport(octoberFacts(), { format: 'html', lang }), scheme)
    await page.evaluate(axe.source)
    const found = (await page.evaluate('axe.run()')) as axe.AxeResults
    expect(found.passes.length).toBeGreaterThan(10)
    const grave = found.violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
    expect(grave.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([])
    for (const width of [360, 768, 1440]) {
      await page.setViewportSize({ width, height: 900 })
      const beyond = await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth')
      expect([width, beyond]).toEqual([width, 0])
    }
    expect(noise).toEqual([])
    await page.context().close()
  })
})

test('what people wrote runs nothing: it is text on the page', async () => {
  const { page, noise } = await open(renderReport(hostile(HOSTILE), { format: 'html', lang: 'en' }))
  expect(await page.evaluate('document.querySelectorAll(\'img, script:not([type="application/json"])\').length')).toBe(
    0,
  )
  expect(await page.evaluate('document.body.innerText')).toContain(HOSTILE)
  expect(noise).toEqual([])
  await page.context().close()
})

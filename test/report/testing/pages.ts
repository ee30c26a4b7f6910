import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { findBrowser } from '@tabiji/report/print'
import { chromium, type Page } from 'playwright-core'

export type Opened = {
  readonly page: Page
  /** What the page asked for besides itself, and what it complained of. */
  readonly noise: readonly string[]
}

export type Pages = {
  /** Opens a page from the disk, without a network. */
  open(html: string, colorScheme?: 'light' | 'dark'): Promise<Opened>
  end(): Promise<void>
}

/** An installed browser. @throws where there is none */
export async function startBrowser(): Promise<Pages> {
  const executablePath = findBrowser(process.env)
  if (executablePath === undefined) throw new Error('no Chrome, Chromium or Edge is installed on this machine')
  const folder = mkdtempSync(join(tmpdir(), 'tabiji-browser-'))
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] })
  return {
    async open(html, colorScheme = 'light') {
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
    },
    async end() {
      await browser.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

import axe from 'axe-core'
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core'
import { expect } from 'vitest'

export type Look = { readonly language: 'en' | 'ja'; readonly theme: 'light' | 'dark' }
export const LOOKS: readonly Look[] = [
  { language: 'en', theme: 'light' },
  { language: 'ja', theme: 'dark' },
]

export type Visit = {
  readonly page: Page
  readonly context: BrowserContext
  /** What was asked of anybody else, and what the browser complained of. */
  readonly noise: readonly string[]
}

/** Somebody's browser with their taste; signed in by a name, as on one's own machine. @param device such as a phone */
export async function visit(
  browser: Browser,
  url: string,
  { language, theme }: Look,
  who?: string,
  device: BrowserContextOptions = {},
): Promise<Visit> {
  const context = await browser.newContext({ ...device, colorScheme: theme, locale: language })
  if (who !== undefined) await context.addCookies([{ name: 'tabiji_who', value: encodeURIComponent(who), url }])
  const page = await context.newPage()
  const noise: string[] = []
  page.on('request', (request) => {
    if (!request.url().startsWith(url)) noise.push(`request: ${request.url()}`)
  })
  page.on('console', (message) => {
    if (message.type() === 'error') noise.push(`console: ${message.text()}`)
  })
  page.on('pageerror', (error) => noise.push(`error: ${error.message}`))
  return { page, context, noise }
}

/** Holds a page against what every screen owes its readers: nothing serious for those who do not see, and no sideways scroll. */
export async function expectReadable(page: Page): Promise<void> {
  await page.evaluate(axe.source)
  const found = (await page.evaluate('axe.run()')) as axe.AxeResults
  expect(found.passes.length).toBeGreaterThan(10)
  const grave = found.violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
  expect(grave.map(({ id, nodes }) => [page.url(), id, nodes.map(({ html }) => html)])).toEqual([])
  // 720 is a desk of 1440 at twice the size.
  for (const width of [360, 720, 768, 1440]) {
    await page.setViewportSize({ width, height: 900 })
    const beyond = await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth')
    expect([page.url(), width, beyond]).toEqual([page.url(), width, 0])
  }
}

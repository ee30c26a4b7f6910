import { findBrowser } from '@tabiji/report/print'
import { type Browser, chromium } from 'playwright-core'

/** The browser of this machine. @throws Error when there is none: a page that nobody looked at was not tested */
export async function openBrowser(): Promise<Browser> {
  const executablePath = findBrowser(process.env)
  if (executablePath === undefined) throw new Error('no Chrome, Chromium or Edge is installed on this machine')
  return await chromium.launch({ executablePath, args: ['--no-sandbox'] })
}

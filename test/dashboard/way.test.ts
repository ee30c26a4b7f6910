import { addMonths, monthOf } from '@tabiji/core/time'
import { findBrowser } from '@tabiji/report/print'
import { type Browser, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type House, openHouse } from './testing/house.ts'
import { keyboardOf } from './testing/keyboard.ts'
import { visit } from './testing/visit.ts'

/** Generous: a machine may be busy with twelve other things. */
const PATIENCE = { timeout: 120_000 }
const MONTH = addMonths(monthOf(Date.now(), 'Asia/Tokyo'), -1)

/** When the numbers on a page were worked out, milliseconds. */
async function dataUntil(page: Page): Promise<number> {
  return Date.parse((await page.locator('#foot time').getAttribute('datetime')) ?? '')
}

/** From the fault to the report, on the real daemon with the real service; each goes on where the one before it stopped. */
describe.sequential('the whole way', { timeout: 300_000 }, () => {
  let house: House
  let browser: Browser

  beforeAll(async () => {
    const executablePath = findBrowser(process.env)
    if (executablePath === undefined) throw new Error('no Chrome, Chromium or Edge is installed on this machine')
    const opening = openHouse()
    browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] })
    house = await opening
  }, 180_000)
  afterAll(async () => {
    await browser?.close()
    await house?.end()
  }, 60_000)

  const document = async <Document>(path: string) =>
    (await (await fetch(`${house.url}/api/v1${path}`)).json()) as Document

  test('by keys alone: it rings, is taken, worked on and resolved; its postmortem is published and its fix done', async () => {
    const { page, context, noise } = await visit(browser, house.url, { language: 'en', theme: 'light' })
    const { lead, press, tabTo, enter, fill } = keyboardOf(page)
    await page.goto(house.url)
    await tabTo('a', 'Sign in')
    await enter('**/sign-in**')
    await page.keyboard.type('suzuki')
    await enter('**/journeys')

    // Nobody loads this page again: what rings comes to it.
    await house.fault('error')
    await page.locator('.ringing').first().waitFor(PATIENCE)
    await press('j')
    await enter('**/journeys/measure-feet')
    await page.locator('#standing-now .burning').first().waitFor(PATIENCE)

    // Taken from its row, and made an incident of: it knows already what it is about.
    await lead(['g', 'a'], '**/alerts')
    const alert = await page.locator('#alerts tbody th a').first().getAttribute('href')
    const row = page.locator('#alerts tr', { has: page.locator(`a[href="${alert}"]`) })
    await press('j')
    await lead(['e'], '**/alerts')
    await row.getByText('suzuki has it').waitFor(PATIENCE)
    await press('j')
    await tabTo('button', 'Open an incident')
    await enter('**/incidents/INC-*')
    const incident = new URL(page.url()).pathname
    const key = incident.split('/').at(-1) ?? ''
    await tabTo('button', 'Take over')
    await enter(`**${incident}`)
    await page.locator('#roles').getByText('suzuki').waitFor(PATIENCE)
    await fill('Write a line', { Line: 'Uploads answer 500 on every node' }, `**${incident}`)
    await page.locator('#timeline').getByText('Uploads answer 500 on every node').waitFor(PATIENCE)
    const decision = { 'What was known': 'it began with the release', 'What was chosen': 'go back', Why: 'it is quick' }
    await fill('Write a decision', decision, `**${incident}`)
    await page.locator('#timeline .decision').getByText('go back').first().waitFor(PATIENCE)
    await tabTo('button', 'Resolved')
    await enter(`**${incident}`)
    await page.locator('#standing-now').getByText('resolved').waitFor(PATIENCE)

    // Why it could happen, what is promised, and the record of it.
    await tabTo('a', 'Postmortem')
    await enter(`**${incident}/postmortem`)
    await fill('Begin', { 'Who writes it': 'suzuki', 'Where the text is': `postmortems/${key}.md` }, '**/postmortem')
    const cause = { 'Short name': 'no-canary', 'Cause:': 'A release reached all nodes at once' }
    await fill('Add a cause', cause, '**/postmortem')
    await page.locator('ul.causes li li', { hasText: 'A release reached all nodes at once' }).waitFor(PATIENCE)
    await page.locator('#lacks').getByText('a permanent fix').waitFor(PATIENCE)
    await tabTo('a', key)
    await enter(`**${incident}`)
    await fill(
      'Add a fix',
      { 'What is to be done': 'Release to one node first', Owner: 'mori', Cause: 'A' },
      '**/fixes/FIX-*',
    )
    const fix = new URL(page.url()).pathname
    await page.goBack()
    await tabTo('a', 'Postmortem')
    await enter('**/postmortem')
    await page.getByText('The record lacks nothing.').waitFor(PATIENCE)
    await fill('Have it read', {}, '**/postmortem')
    await page.locator('#duty').getByText('in review').waitFor(PATIENCE)
    await fill('Publish', {}, '**/postmortem')
    await page.locator('#duty').getByText('published').waitFor(PATIENCE)
    await lead(['g', 'f'], '**/fixes')
    await tabTo('a', fix.split('/').at(-1) ?? '')
    await enter(`**${fix}`)
    await tabTo('button', 'Done')
    await enter(`**${fix}`)
    await page.locator('#state').getByText('done').waitFor(PATIENCE)

    expect(await document(`${incident}/postmortem`)).toMatchObject({ duty: { state: 'published', owner: 'suzuki' } })
    expect(await document(`${fix}`)).toMatchObject({ fix: { state: 'done', cause: 'no-canary', owner: 'mori' } })
    expect(noise).toEqual([])
    await context.close()
  })

  test('by keys alone: the report of the month before is commented, issued and read', async () => {
    const { page, context, noise } = await visit(browser, house.url, { language: 'en', theme: 'light' }, 'suzuki')
    const { lead, press, tabTo, enter, fill } = keyboardOf(page)
    await page.goto(house.url)
    await lead(['g', 'r'], '**/reports')
    await tabTo('a', new RegExp(MONTH.slice(0, 4)))
    for (let at = await page.evaluate('document.activeElement.getAttribute("href")'); at !== `/reports/${MONTH}`; ) {
      await press('j')
      const next = await page.evaluate('document.activeElement.getAttribute("href")')
      expect(next).not.toBe(at)
      at = next
    }
    await enter(`**/reports/${MONTH}`)
    await fill('Headline', { Text: 'The model update cost us an hour' }, '**/reports/**')
    await fill('Issue', { Reason: 'nobody is left who was there' }, '**/reports/**')
    await page.getByText('issued as r1').waitFor(PATIENCE)
    await tabTo('a', 'report.en.html')
    await enter('**/report.en.html')
    expect(await page.locator('body').textContent()).toContain('The model update cost us an hour')
    expect(noise).toEqual([])
    await context.close()
  })

  test('by forms alone, without script: on a phone at night, in Japanese, another alert is taken and worked on', async () => {
    const phone = { javaScriptEnabled: false, viewport: { width: 360, height: 780 }, hasTouch: true, isMobile: true }
    const { page, context, noise } = await visit(browser, house.url, { language: 'ja', theme: 'dark' }, '鈴木', phone)
    const main = page.locator('main')
    const button = (name: string) => page.getByRole('button', { name, exact: true })
    const fits = async () => {
      const beyond = await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth')
      expect([page.url(), beyond]).toEqual([page.url(), 0])
    }
    await page.goto(house.url)
    expect(await page.locator('html').getAttribute('lang')).toBe('ja')
    // Whose level 1 rings, and nobody has it: the first thing on the page leads to it.
    const ringing = page.locator('.ringing', { has: button('対応する') }).first()
    await ringing.getByRole('link', { name: '開く' }).tap()
    await page.waitForURL('**/alerts/A-*')
    await fits()
    await main.getByRole('button', { name: '対応する', exact: true }).tap()
    await main.getByText('鈴木が対応中').first().waitFor(PATIENCE)
    await main.getByRole('button', { name: 'インシデントを開始' }).tap()
    await page.waitForURL('**/incidents/INC-*')
    await fits()
    await page.getByText('出来事を書く').first().tap()
    await page.getByLabel('内容', { exact: true }).first().fill('全ノードで500\n\n切り戻し中 <b>確認</b>')
    await button('出来事を書く').tap()
    await page.locator('#timeline').getByText('切り戻し中 <b>確認</b>').waitFor(PATIENCE)
    await button('解消した').tap()
    await page.locator('#standing-now').getByText('解消').first().waitFor(PATIENCE)
    await page.getByRole('link', { name: 'ポストモーテム' }).first().tap()
    await page.waitForURL('**/postmortem')
    await fits()
    expect(noise).toEqual([])
    await context.close()
  })

  test('what somebody types into a row stays, though its table follows the books', async () => {
    const silence = async (reason: string) => {
      const said = { matchers: ['journey=view-result'], owner: 'suzuki', reason, for: '1h' }
      const headers = { 'content-type': 'application/json' }
      return fetch(`${house.url}/api/v1/silences`, { method: 'POST', headers, body: JSON.stringify(said) })
    }
    expect((await silence('a planned move')).status).toBe(201)
    const { page, context, noise } = await visit(browser, house.url, { language: 'en', theme: 'light' }, 'suzuki')
    await page.goto(`${house.url}/silences`)
    const row = page.locator('#silences tbody tr').first()
    await row.locator('summary').first().click()
    await row.locator('input[name=reason]').first().fill('it takes longer')
    await page.locator('h1').click()
    await silence('another one, so that the table would be another')
    const since = Date.now()
    await expect.poll(() => dataUntil(page), PATIENCE).toBeGreaterThan(since)
    expect(await row.locator('input[name=reason]').first().inputValue()).toBe('it takes longer')
    expect(noise).toEqual([])
    await context.close()
  })

  test('the daemon is killed and starts again: the page says so, follows again, and what is half written is sent', async () => {
    const { page, context } = await visit(browser, house.url, { language: 'en', theme: 'light' }, 'suzuki')
    const { incidents } = await document<{ incidents: { key: string }[] }>('/incidents')
    const path = `/incidents/${incidents[0]?.key}`
    await page.goto(`${house.url}${path}`)
    await page.evaluate('window.untouched = true')
    await page.getByText('Write a line').first().click()
    const line = page.getByLabel('Line', { exact: true }).first()
    await line.fill('half a sen')
    const connection = page.locator('#connection')
    await house.kill()
    const before = Date.now()
    await connection.waitFor(PATIENCE)
    expect(await connection.textContent()).toMatch(/^Reconnecting… numbers from \d\d:\d\d/)
    await house.start()
    await connection.waitFor({ ...PATIENCE, state: 'hidden' })
    await expect.poll(() => dataUntil(page), PATIENCE).toBeGreaterThan(before)
    expect(await line.inputValue()).toBe('half a sen')
    expect(await page.evaluate('window.untouched')).toBe(true)
    await line.pressSequentially('tence')
    await page.getByRole('button', { name: 'Write a line', exact: true }).click()
    await page.locator('#timeline').getByText('half a sentence').waitFor(PATIENCE)
    await context.close()
  })
})

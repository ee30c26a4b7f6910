import type { Overview } from '@tabiji/collector'
import type { MonthFacts } from '@tabiji/core/report'
import { renderReport } from '@tabiji/report'
import { figuresIn } from '@tabiji/report/page'
import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { openBrowser } from './testing/browser.ts'
import { type Demo, startDemo } from './testing/demo.ts'
import { expectReadable, LOOKS, visit } from './testing/visit.ts'

vi.setConfig({ testTimeout: 300_000, hookTimeout: 180_000 })

let demo: Demo
let browser: Browser

beforeAll(async () => {
  browser = await openBrowser()
  demo = await startDemo()
})
afterAll(async () => {
  await browser?.close()
  await demo?.end()
})

const document = async <Document>(path: string) => (await (await fetch(`${demo.url}/api/v1${path}`)).json()) as Document

test('from a page that nobody asked to load again: it rings, is looked at and taken, by mouse and by keys', async () => {
  const { page, noise } = await visit(browser, demo.url, { language: 'en', theme: 'light' }, 'suzuki')
  await page.goto(demo.url)
  expect(page.url()).toBe(`${demo.url}/journeys`)
  // The page stands there while the fault begins: what it shows next it was told, and nobody loaded it again.
  await page.evaluate('window.untouched = true')
  await demo.hears('LEVEL 1', 150_000)
  await page.locator('.ringing').first().waitFor({ timeout: 60_000 })
  expect(await page.evaluate('window.untouched')).toBe(true)
  await page.keyboard.press('j')
  await page.keyboard.press('Enter')
  await page.waitForURL('**/journeys/measure-feet')
  expect(await page.locator('#standing-now .burning').count()).toBeGreaterThan(0)
  await page.keyboard.press('g')
  await page.keyboard.press('a')
  await page.waitForURL('**/alerts')
  // Others may begin to ring meanwhile, so it is one row that is taken and looked at, whatever stands above it then.
  const free = page.locator('#alerts tbody tr', { has: page.locator('button', { hasText: 'Acknowledge' }) }).first()
  const path = (await free.locator('th a').getAttribute('href')) ?? ''
  const taken = page.locator('#alerts tbody tr', { has: page.locator(`a[href="${path}"]`) })
  await taken.locator('th a').focus()
  await page.keyboard.press('e')
  await taken.getByText('suzuki has it').waitFor()
  await taken.locator('th a').click()
  await page.waitForURL('**/alerts/A-*')
  await page.getByText('acknowledged').first().waitFor()
  expect(noise).toEqual([])
})

test('what is typed and refused comes back with the reason, mended it is taken, and the audit knows who', async () => {
  const { page } = await visit(browser, demo.url, { language: 'en', theme: 'light' }, 'suzuki')
  await page.goto(`${demo.url}/silences?journey=measure-feet`)
  await page.locator('main input[name=reason]').fill('a planned move')
  await page.locator('main button', { hasText: 'See what' }).click()
  await page.locator('main button', { hasText: /^Silence$/ }).click()
  await page.getByText('SIL-0001').first().waitFor()
  await page.goto(`${demo.url}/fixes/FIX-0004`)
  await page.getByText('Change the date').first().click()
  await page.locator('form[action$="/move"] input[name=due]').fill('2020-01-01')
  await page.locator('form[action$="/move"] input[name=reason]').fill('new parts are late')
  await page.locator('form[action$="/move"] button').click()
  expect(await page.locator('main input[name=reason]').inputValue()).toBe('new parts are late')
  await page.locator('main input[name=due]').fill('2030-01-01')
  await page.locator('main button.primary').click()
  await page.getByText('due 2030-01-01').waitFor()
  const { commands } = await document<{ commands: { by: string; action: string }[] }>('/audit')
  expect(commands.map(({ by, action }) => [by, action])).toContainEqual(['suzuki', '/fixes/FIX-0004/move'])
})

test('a figure reads the same on the page, in the API and in the report, for every journey', async () => {
  const { page, context } = await visit(browser, demo.url, { language: 'en', theme: 'light' })
  const { journeys } = await document<Overview>('/journeys')
  const { latestComplete } = await document<{ latestComplete: string }>('/months')
  const facts = await document<MonthFacts>(`/months/${latestComplete}/facts`)
  const report = await context.newPage()
  await report.setContent(renderReport(facts, { format: 'html', lang: 'en' }))
  for (const { name, objectives } of journeys) {
    for (const { name: objective } of objectives) {
      await page.goto(`${demo.url}/journeys/${name}?o=${encodeURIComponent(objective)}&month=${latestComplete}`)
      expect(await page.locator('h2 a[aria-current]').textContent()).toContain(objective)
      const shown = await leftAtTheEnd(page, objective)
      const told = facts.journeys.find((each) => each.name === name)?.objectives.find((each) => each.name === objective)
      expect(shown).toBe(figures.left(told?.leftPpm ?? Number.NaN))
      expect(await leftAtTheEnd(report.locator(`article:has(h3[id$="-${name}"])`), objective)).toBe(shown)
    }
  }
})

const figures = figuresIn('en', 'Asia/Tokyo')

/** The last cell of the table behind the burn-down. */
async function leftAtTheEnd(where: Page | Locator, objective: string): Promise<string> {
  const caption = `Budget left, day by day: ${objective}`
  const chart = where.locator(`figure:has(> figcaption:text-is("${caption}"))`)
  const text = await chart.locator('table.figures tr').last().locator('td').last().textContent()
  return (text ?? '').trim().replace('\u00a0', ' ')
}

test('the course of a journey is read by keys, looked at nearer by mouse, and by links without script', async () => {
  const look = { language: 'en', theme: 'light' } as const
  const { page, noise } = await visit(browser, demo.url, look, 'suzuki')
  const stretchOf = (address: string) => {
    const { searchParams } = new URL(address)
    return Date.parse(searchParams.get('to') ?? '') - Date.parse(searchParams.get('from') ?? '')
  }
  await page.goto(`${demo.url}/journeys/measure-feet?range=3d`)
  const chart = page.locator('figure.course').nth(1)
  await chart.focus()
  await page.keyboard.press('ArrowLeft')
  // What is read is the row of the table behind the chart.
  const read = (await chart.locator('output').textContent()) ?? ''
  for (const cell of await chart.locator('tbody tr').nth(-2).locator('th, td').allTextContents()) {
    expect(read).toContain(cell)
  }
  expect(await page.locator('figure.course rect.cursor').count()).toBe(4)

  const box = await chart.locator('svg').boundingBox()
  if (box === null) throw new Error('Expected the chart to be seen')
  const middle = box.y + box.height / 2
  await page.mouse.move(box.x + box.width * 0.3, middle)
  await page.mouse.down()
  await page.mouse.move(box.x + box.width * 0.5, middle, { steps: 4 })
  await page.mouse.up()
  await page.waitForURL('**/journeys/measure-feet?*from=*')
  const dragged = stretchOf(page.url())
  expect([dragged > 6 * HOUR, dragged < 48 * HOUR]).toEqual([true, true])
  expect(noise).toEqual([])

  const plain = await visit(browser, demo.url, look, 'suzuki', { javaScriptEnabled: false })
  await plain.page.goto(page.url())
  await plain.page.locator('#course a', { hasText: 'Nearer' }).click()
  expect(Math.abs(stretchOf(plain.page.url()) - dragged / 2)).toBeLessThan(HOUR)
})

const HOUR = 3_600_000

test.each(LOOKS)(
  'every screen in $language and $theme is read by everybody, and fits a phone, a tablet and a desk',
  async (look) => {
    const { page, noise } = await visit(browser, demo.url, look, 'suzuki')
    const { alerts } = await document<{ alerts: { id: string }[] }>('/alerts?state=all')
    const { latestComplete } = await document<{ latestComplete: string }>('/months')
    const screens = [
      ...['journeys', 'journeys?q=nothing', 'journeys/measure-feet', 'alerts', `alerts/${alerts[0]?.id}`, 'silences'],
      ...['fixes', 'fixes/FIX-0001', 'reports', `reports/${latestComplete}`, 'drills'],
    ]
    for (const screen of screens) {
      const answer = await page.goto(`${demo.url}/${screen}`)
      expect([screen, answer?.status()]).toEqual([screen, 200])
      expect(await page.locator('html').getAttribute('lang')).toBe(look.language)
      await expectReadable(page)
    }
    expect(noise).toEqual([])
  },
)

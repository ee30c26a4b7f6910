import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type App, createApp, createLog } from '@tabiji/collector'
import { readJourneys } from '@tabiji/core/journey/document'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { configIn } from '../../packages/collector/src/testing/config.ts'
import { startTill } from '../measurement/replay/testing/till.ts'
import { openBrowser } from './testing/browser.ts'
import { expectReadable, LOOKS, visit } from './testing/visit.ts'
import { type FormVisitor, visitorAt } from './testing/visitor.ts'

const MINUTE = 60_000
const START = Date.parse('2026-10-30T12:00:00+09:00')
const LOOK = { language: 'en', theme: 'light' } as const
const JOURNEYS = `timeZone: Asia/Tokyo
classes: { read: 300ms, write: 1s, heavy: 20s }
journeys:
  checkout:
    title: { en: Check out, ja: 購入 }
    owner: shop-team
    alerts: { excluded: false }
    objectives:
      availability:
        target: 99
        policy: { milestones: [], pairs: [{ level: 1, long: 1h, short: 5m, factor: 10 }] }
      latency: { target: 90, window: month }
    steps:
      pay: { http: POST /pay, within: write }
`

/** What pages do by themselves in a real browser, on the real collector; each test goes on where the one before it stopped. */
describe.sequential('a page that stands open', { timeout: 90_000 }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'tabiji-states-'))
  const read = readJourneys(JOURNEYS, 'journeys.yaml')
  if (!read.ok) throw new Error(read.problems.map(({ message }) => message).join('\n'))
  const { definition } = read
  const clock = { now: START }
  let till: Awaited<ReturnType<typeof startTill>>
  let app: App | undefined
  let api: string
  let aoi: FormVisitor
  let browser: Browser

  beforeAll(async () => {
    till = await startTill(START)
    const target = { service: 'shop', url: till.url, intervalMs: 15_000, timeoutMs: 5_000 }
    app = createApp(configIn(folder, { targets: [target] }), definition, {
      now: () => clock.now,
      log: createLog('silent'),
      loadDefinition: () => ({ ok: true, definition }),
      examine: async () => ({ findings: [], looked: ['shop'], notLooked: ['the proxy'] }),
    })
    api = (await app.open()).api
    aoi = visitorAt(api, 'aoi')
    await app.turns.read()
    browser = await openBrowser()
  }, 120_000)
  afterAll(async () => {
    await browser?.close()
    await app?.stop()
    await till.close()
    rmSync(folder, { recursive: true, force: true })
  })

  /** Minutes with a hundred payments in each half, of which so many fail. */
  async function pass(minutes: number, failing: number): Promise<void> {
    for (let half = 0; half < minutes * 2; half++) {
      till.pay.error += failing
      till.pay.good += 100 - failing
      clock.now += MINUTE / 2
      await app?.turns.read()
      app?.turns.evaluate()
    }
  }
  /** Something that somebody does elsewhere: whoever has a page open is told. */
  const note = (title: string) =>
    aoi.send('/journeys/checkout', '/do/annotations', { title }).then(({ status }) => expect(status).toBe(200))
  const textOf = (page: Page, id: string) => page.evaluate(`document.getElementById('${id}').textContent`)

  test('says a new level 1 at once and once, shows it in the tab, and moves nobody’s focus', async () => {
    const { page, noise } = await visit(browser, api, LOOK, 'suzuki')
    await page.goto(`${api}/journeys`)
    await page.locator('table.journeys a').first().focus()
    const before = await page.evaluate('document.activeElement.outerHTML')
    expect(await page.title()).toBe('Journeys · Tabiji')
    await pass(6, 80)
    await note('a deploy')
    await page.waitForFunction(`document.getElementById('said-now').textContent.includes('Level 1 ringing: Check out')`)
    expect(await page.title()).toBe('(1!) Journeys · Tabiji')
    expect(await page.locator('link[rel=icon]').getAttribute('href')).toBe('/assets/ringing.svg')
    expect(await page.evaluate('document.activeElement.tagName')).toBe(
      /^<(\w+)/.exec(String(before))?.[1]?.toUpperCase(),
    )
    // Said once: emptied, it stays empty while the page goes on being renewed, and on the next page.
    await page.evaluate(`document.getElementById('said-now').textContent = ''`)
    await pass(1, 80)
    await note('another deploy')
    await page.waitForFunction(`document.getElementById('foot').textContent.includes('12:07')`)
    expect(await textOf(page, 'said-now')).toBe('')
    await page.goto(`${api}/alerts`)
    await page.locator('.ringing').waitFor()
    expect(await textOf(page, 'said-now')).toBe('')

    const { text } = await aoi.page('/alerts')
    const [action = ''] = /\/do\/alerts\/A-\d+\/ack/.exec(text) ?? []
    await aoi.send('/alerts', action, {})
    await page.locator('.ringing', { hasText: 'aoi has it' }).waitFor()
    await page.waitForFunction(`document.getElementById('said').textContent.includes('aoi has it')`)
    expect(noise).toEqual([])
  })

  test('goes to months by brackets, copies a link that says which one, and lets go by Escape', async () => {
    const { page, context, noise } = await visit(browser, api, LOOK, 'suzuki')
    await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: api })
    await page.goto(`${api}/journeys/checkout?o=availability`)
    await page.keyboard.press('c')
    await page.getByText('The link was copied.').first().waitFor()
    const copied = await page.evaluate('navigator.clipboard.readText()')
    expect(copied).toBe(`${api}/journeys/checkout?o=availability&month=2026-10&range=6h`)
    await page.keyboard.press('[')
    await page.waitForURL('**month=2026-09*')
    await page.keyboard.press(']')
    await page.waitForURL('**month=2026-10*')
    await page.locator('input[name=title]').last().focus()
    await page.keyboard.press('c')
    await page.keyboard.press('Escape')
    expect(await page.evaluate('document.activeElement.tagName')).toBe('BODY')
    await page.goto(`${api}/journeys`)
    await page.keyboard.press('/')
    await page.keyboard.type('zzz')
    await page.keyboard.press('Enter')
    await page.getByText('No journey matches “zzz”.').waitFor()
    expect(noise).toEqual([])
  })

  test('on a wall shows the books and nothing to press, a screenful at a time, until somebody points at it', async () => {
    const { page, noise } = await visit(browser, api, LOOK, 'suzuki', { reducedMotion: 'reduce' })
    await page.clock.install()
    await page.setViewportSize({ width: 1280, height: 220 })
    await page.goto(`${api}/journeys?kiosk=1`)
    expect(await page.locator('nav').isVisible()).toBe(false)
    expect(await page.locator('table.journeys').isVisible()).toBe(true)
    const scrolled = () => page.evaluate<number>('scrollY')
    await page.clock.runFor(12_500)
    await expect.poll(scrolled).toBeGreaterThan(0)
    const there = await scrolled()
    await page.mouse.move(200, 100)
    await page.mouse.move(220, 110)
    await page.clock.runFor(36_000)
    expect(await scrolled()).toBe(there)
    // Left alone for long enough it goes on; from the last screenful it comes back to the first.
    const places = new Set<number>()
    for (let turn = 0; turn < 8; turn++) {
      await page.clock.runFor(12_000)
      places.add(await scrolled())
    }
    expect([...places].some((place) => place !== there)).toBe(true)
    await page.keyboard.press('Escape')
    await page.waitForURL(`${api}/journeys`)
    expect(noise).toEqual([])
  })

  test('without script is sorted, unfolded and put on a wall by links', async () => {
    const { page } = await visit(browser, api, LOOK, 'suzuki', { javaScriptEnabled: false })
    await page.goto(`${api}/journeys`)
    await page.locator('a.sort', { hasText: 'Budget left' }).click()
    expect(page.url()).toBe(`${api}/journeys?sort=left`)
    await page.locator('a', { hasText: '1 more objective' }).click()
    expect(await page.locator('tr.more').count()).toBe(1)
    await page.locator('a', { hasText: 'Wallboard' }).click()
    expect(page.url()).toBe(`${api}/journeys?sort=left&open=checkout&kiosk=1`)
    expect(await page.locator('tr.more').isVisible()).toBe(true)
  })

  test.each(LOOKS)('in $language and $theme is read by everybody in each of its states', async (look) => {
    const { page, noise } = await visit(browser, api, look, 'suzuki')
    for (const path of [
      'journeys?open=checkout&sort=-burn',
      'journeys?kiosk=1',
      'journeys?state=watch',
      'settings?doctor=1',
    ]) {
      await page.goto(`${api}/${path}`)
      await expectReadable(page)
    }
    expect(noise).toEqual([])
  })

  test('on paper has the palette of the day and nothing to press, whatever its reader likes', async () => {
    const { page } = await visit(browser, api, { language: 'ja', theme: 'dark' }, 'suzuki')
    await page.goto(`${api}/journeys`)
    const ground = () => page.evaluate('getComputedStyle(document.body).backgroundColor')
    expect(await ground()).toBe('rgb(15, 20, 25)')
    await page.emulateMedia({ media: 'print' })
    expect(await ground()).toBe('rgb(255, 255, 255)')
    expect(await page.locator('main form').first().isVisible()).toBe(false)
    expect(await page.locator('.head').isVisible()).toBe(false)
    expect(await page.locator('table.journeys').isVisible()).toBe(true)
  })

  test('offers the zone that only the browser knows, and tells times in it', async () => {
    const { page } = await visit(browser, api, LOOK, 'suzuki', { timezoneId: 'Europe/Berlin' })
    await page.goto(`${api}/settings`)
    await page.locator('select[name=zone]').selectOption('Europe/Berlin')
    await page.locator('form:has(select[name=zone]) button').click()
    await page.getByText('Times are those of Europe/Berlin.').waitFor()
    await page.goto(`${api}/alerts`)
    expect(await page.locator('main time').first().getAttribute('title')).toMatch(/Europe\/Berlin$/)
    expect(await page.locator('main time').first().textContent()).toMatch(/^0[45]:\d\d$/)
  })

  test('keeps what it shows when nothing is read any more, and says so; and when the collector is gone', async () => {
    const { page } = await visit(browser, api, LOOK, 'suzuki')
    await page.goto(`${api}/journeys/checkout`)
    expect(await page.locator('.old').count()).toBe(0)
    clock.now += 10 * MINUTE
    await note('nobody reads')
    await page.locator('#standing .stale', { hasText: 'No data since' }).waitFor()
    await page.locator('.tile .old', { hasText: '(stale)' }).first().waitFor()
    expect(await textOf(page, 'said')).toContain('No data since')
    await app?.stop()
    app = undefined
    await page.locator('#connection').waitFor({ state: 'visible', timeout: 60_000 })
    expect(await page.locator('#connection').textContent()).toMatch(/^Reconnecting… numbers from \d\d:\d\d\.$/)
    expect(await page.locator('.tile').count()).toBeGreaterThan(3)
  })
})

import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { addMonths, monthOf } from '@tabiji/core/time'
import { findBrowser } from '@tabiji/report/print'
import { type Browser, chromium } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest'
import { commandsOf, postByHand, pressableIn, proofOf } from './testing/by-hand.ts'
import { HOSTILE, writeHostile } from './testing/hostile.ts'
import { type House, openHouse } from './testing/house.ts'
import { expectReadable, type Look, visit } from './testing/visit.ts'
import { visitorAt } from './testing/visitor.ts'
import { type Answered, type Shown, STRICT, walk } from './testing/walk.ts'

/** Generous: a machine may be busy with twelve other things. */
const PATIENCE = { timeout: 120_000 }
const MONTH = addMonths(monthOf(Date.now(), 'Asia/Tokyo'), -1)
const WRITER = { name: 'sato', may: 'write', token: 'a-token-that-writes' } as const
const READER = { name: 'wall', may: 'read', token: 'a-token-that-reads' } as const

/** A daemon that asks for tokens, full of what somebody wrote who means harm; each goes on where the one before it stopped. */
describe.sequential('the door of the pages', { timeout: 300_000 }, () => {
  let house: House
  let browser: Browser
  let incident: string
  let shown: readonly Shown[] = []
  let answered: readonly Answered[] = []

  beforeAll(async () => {
    const executablePath = findBrowser(process.env)
    if (executablePath === undefined) throw new Error('no Chrome, Chromium or Edge is installed on this machine')
    const opening = openHouse({ tokens: [WRITER, READER], titles: { 'measure-feet': HOSTILE, 'view-result': HOSTILE } })
    browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] })
    house = await opening
    await house.fault('error')
    const rings = async () => (await api<{ alerts: object[] }>('/alerts?level=1')).alerts.length > 0
    await vi.waitUntil(rings, { ...PATIENCE, interval: 200 })
    const writer = visitorAt(house.url)
    await writer.signIn(WRITER.token)
    incident = await writeHostile(writer, MONTH)
  }, 300_000)
  afterAll(async () => {
    await browser?.close()
    await house?.end()
  }, 60_000)

  const api = async <Document>(path: string) => {
    const init = { headers: { authorization: `Bearer ${READER.token}` } }
    return (await (await fetch(`${house.url}/api/v1${path}`, init)).json()) as Document
  }
  /** Everything that was ever done here. */
  const done = async () => (await api<{ commands: object[] }>('/audit?limit=1000')).commands
  const enter = async ({ token }: { readonly token: string }, look: Look = { language: 'en', theme: 'light' }) => {
    const visited = await visit(browser, house.url, look)
    onTestFinished(() => visited.context.close())
    await visited.page.goto(`${house.url}/sign-in`)
    await visited.page.locator('main input[type=password]').fill(token)
    await visited.page.locator('main button').click()
    await visited.page.waitForURL('**/journeys')
    return visited
  }

  test('a stranger sees nothing but where to sign in, is told when a token is wrong, and comes back to where they were going', async () => {
    const { page, context, noise } = await visit(browser, house.url, { language: 'en', theme: 'light' })
    await page.goto(`${house.url}${incident}`)
    expect(new URL(page.url()).pathname).toBe('/sign-in')
    expect(await page.content()).not.toContain('window.hostile')
    await page.locator('main input[type=password]').fill('a guess')
    await page.locator('main button').click()
    await page.getByText('No such token.').waitFor(PATIENCE)
    await page.locator('main input[type=password]').fill(WRITER.token)
    await page.locator('main button').click()
    await page.waitForURL(`**${incident}`)
    await page.getByTitle('Signed in as sato').waitFor(PATIENCE)
    // The browser itself complains of a page with the status 403; of nothing else.
    expect(noise.filter((each) => !each.includes('status of 403'))).toEqual([])
    await context.close()
  })

  test('whatever people wrote is text, on every page that links lead to, and none is wider than a phone', async () => {
    const { page, noise } = await enter(WRITER)
    await page.setViewportSize({ width: 360, height: 800 })
    const wrong: unknown[] = []
    const found = await walk(page, house.url, async ({ path, beyond, widest }) => {
      const run = await page.evaluate('typeof window.hostile')
      const marked = await page.locator('main img, main script').count()
      if (beyond !== 0 || run !== 'undefined' || marked !== 0) wrong.push({ path, beyond, widest, run, marked })
    })
    expect(wrong).toEqual([])
    shown = found.shown
    answered = found.answered
    const paths = shown.map(({ path }) => path.replace(/[?#].*$/, ''))
    for (const path of [
      '/journeys/view-result',
      incident,
      `${incident}/postmortem`,
      `/reports/${MONTH}`,
      '/drills',
      '/settings',
    ])
      expect(paths).toContain(path)
    for (const path of ['/alerts', '/silences', '/incidents', '/fixes', '/reports']) {
      await page.goto(`${house.url}${path}`)
      expect([path, await page.locator('main').textContent()]).toEqual([
        path,
        expect.stringContaining('<script>window'),
      ])
    }
    expect(noise).toEqual([])
  })

  test('what is too long to be taken comes back whole, can be mended, and is read by everybody meanwhile', async () => {
    const { page, noise } = await enter(WRITER)
    const long = `${HOSTILE}${'長い説明👣'.repeat(2_000)}`
    await page.goto(`${house.url}${incident}`)
    await page.getByText('Write a line').first().click()
    const line = page.getByLabel('Line', { exact: true }).first()
    await line.fill(long)
    await page.getByRole('button', { name: 'Write a line', exact: true }).click()
    await page.waitForURL('**/do/**')
    const typed = page.locator('main textarea[name=text]')
    expect(await typed.inputValue()).toBe(long)
    await expectReadable(page)
    await typed.fill('short now')
    await page.locator('main button.primary').click()
    await page.waitForURL(`**${incident}`)
    await page.locator('#timeline').getByText('short now').waitFor(PATIENCE)
    expect(noise.filter((each) => !each.includes('status of 4'))).toEqual([])
  })

  test('every page and every refusal carries its guard', async () => {
    const writer = visitorAt(house.url)
    await writer.signIn(WRITER.token)
    const stranger = visitorAt(house.url)
    const html = { 'content-type': 'application/x-www-form-urlencoded' }
    const refusals = await Promise.all([
      writer.ask('/nowhere'),
      writer.ask('/incidents/INC-9999'),
      writer.ask('/do/alerts/A-0001/ack'),
      writer.ask('/do/alerts/A-0001/ack', { method: 'POST', body: 'x=1', headers: html }),
      writer.ask('/do/alerts/A-0001/ack', { method: 'POST', body: `x=${'x'.repeat(300_000)}`, headers: html }),
      writer.ask('/do/alerts/A-0001/ack', {
        method: 'POST',
        body: '{}',
        headers: { 'content-type': 'application/json' },
      }),
      stranger.ask('/sign-in'),
      stranger.ask('/alerts/A-0001', { method: 'POST' }),
    ])
    expect(refusals.map(({ status }) => status)).toEqual([404, 404, 405, 403, 413, 403, 200, 401])
    const all = [
      ...answered,
      ...refusals.map(({ url, headers, status }) => ({
        ...{ path: url, status },
        ...{ type: headers.get('content-type') ?? '', headers: Object.fromEntries(headers) },
      })),
    ]
    for (const { path, type, headers } of all) {
      expect([path, headers['x-content-type-options']]).toEqual([path, 'nosniff'])
      expect([path, headers['x-powered-by']]).toEqual([path, undefined])
      const policy = headers['content-security-policy'] ?? ''
      expect([path, policy]).toEqual([path, expect.stringContaining("default-src 'none'")])
      if (path.startsWith('/assets/')) continue
      expect([path, headers['cache-control']]).toEqual([path, 'no-store'])
      expect([path, policy]).toEqual([path, expect.stringContaining("frame-ancestors 'none'")])
      if (!type.startsWith('text/html') || /\/(files|draft)\//.test(path)) {
        expect([path, policy]).toEqual([path, expect.not.stringContaining('script-src')])
      } else {
        expect([path, policy]).toEqual([path, STRICT])
        expect([path, headers['referrer-policy']]).toEqual([path, 'same-origin'])
      }
    }
    expect(answered.filter(({ status }) => status !== 200)).toEqual([])
    expect(answered.length).toBeGreaterThan(40)
  })

  test('who may read only sees every page, can press nothing and is told why; by hand nothing passes either', async () => {
    const { page, context, noise } = await enter(READER)
    const [reader, writer] = [visitorAt(house.url), visitorAt(house.url)]
    await Promise.all([reader.signIn(READER.token), writer.signIn(WRITER.token)])
    const reasons = new Set<string>()
    let offered = 0
    /** What only one of both may press: each form of the writer is a button of the reader that cannot be pressed. */
    const difference = async (path: string) => {
      const [theirs, ours] = await Promise.all([reader.page(path), writer.page(path)])
      const [told, pressable] = [pressableIn(theirs.text), pressableIn(ours.text)]
      expect([path, theirs.status, told.forms]).toEqual([path, 200, 0])
      for (const reason of told.reasons) reasons.add(reason)
      offered = pressable.forms
      return told.reasons.length - offered
    }
    let most = 0
    for (const { path } of shown) {
      // Again, where something was changed between the two.
      await expect.poll(async () => [path, await difference(path)], PATIENCE).toEqual([path, 0])
      most = Math.max(most, offered)
    }
    expect(most).toBeGreaterThan(20)
    expect([...reasons]).toEqual(['wall may read only'])

    const before = await done()
    const form = await proofOf(page)
    for (const [action, fields] of commandsOf(shown)) {
      const answer = await postByHand(house.url, context, action, { ...fields, form }, { origin: house.url })
      expect([action, answer.status, await answer.text()]).toEqual([
        ...[action, 403],
        expect.stringContaining('Expected somebody who is signed in and may change something'),
      ])
    }
    expect(await done()).toEqual(before)
    expect(noise).toEqual([])
  })

  test('a form from elsewhere is refused, whatever it is about, and nothing is written', async () => {
    const { page, context } = await enter(WRITER)
    const form = await proofOf(page)
    const other = await proofOf((await enter(READER)).page)
    const before = await done()
    const found = commandsOf(shown)
    expect(found.size).toBeGreaterThan(20)
    for (const [action, fields] of found) {
      const forged = [
        [{ form }, { origin: 'https://evil.example' }],
        [{ form }, { origin: house.url, 'sec-fetch-site': 'cross-site' }],
        [{ form }, { origin: house.url, 'sec-fetch-site': 'same-site' }],
        [{}, { origin: house.url }],
        [{ form: other }, { origin: house.url }],
      ] as const
      for (const [proof, headers] of forged) {
        const answer = await postByHand(house.url, context, action, { ...fields, form: '', ...proof }, headers)
        expect([action, headers, answer.status]).toEqual([action, headers, 403])
      }
      const shouted = action.replace('/do/', '/DO/')
      expect(
        (await postByHand(house.url, context, shouted, { ...fields, form: '' }, { origin: house.url })).status,
      ).toBe(403)
    }
    expect(await done()).toEqual(before)
  })

  test('a page of another site makes a browser do nothing, read nothing, and forget nothing', async () => {
    const { page, context } = await enter(WRITER)
    const mine = await context.newPage()
    await mine.goto(`${house.url}${incident}`)
    const action = `${house.url}/do${incident}/note`
    const evil = createServer((_request, response) => {
      response.setHeader('content-type', 'text/html')
      response.end(
        `<form method="post" action="${action}"><input name="text" value="forged"><button>Win</button></form>`,
      )
    })
    await new Promise<void>((ready) => evil.listen(0, '127.0.0.1', ready))
    onTestFinished(() => void evil.close())
    const before = await done()
    await page.goto(`http://localhost:${(evil.address() as AddressInfo).port}/`)
    const read = `fetch('${house.url}/api/v1/journeys', { credentials: 'include' }).then((answer) => answer.text(), () => 'refused')`
    expect(await page.evaluate(read)).toBe('refused')
    await page.getByRole('button', { name: 'Win' }).click()
    await page.getByText('This form is not from here').waitFor(PATIENCE)
    expect(await page.content()).not.toContain('forged')
    expect(await page.locator('form').count()).toBe(0)
    await expectReadable(page)
    expect(await done()).toEqual(before)
    // The other tab is as it was: signed in, with a form that holds.
    await mine.getByText('Write a line').first().click()
    await mine.getByLabel('Line', { exact: true }).first().fill('from the other tab')
    await mine.getByRole('button', { name: 'Write a line', exact: true }).click()
    await mine.locator('#timeline').getByText('from the other tab').waitFor(PATIENCE)
  })

  test('a signed-in browser opens documents of the API; once it is signed out, its page says so and loses nothing', async () => {
    const { page, context } = await enter(WRITER, { language: 'ja', theme: 'dark' })
    const answer = await page.goto(`${house.url}/api/v1${incident}`)
    expect([answer?.status(), (await page.content()).includes('INC-')]).toEqual([200, true])
    await page.goto(`${house.url}${incident}`)
    const written = `fetch('/api/v1${incident}/note', { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"text":"x"}' })`
    expect(await page.evaluate(`${written}.then(({ status }) => status)`)).toBe(401)
    await page.getByText('出来事を書く').first().click()
    await page.getByLabel('内容', { exact: true }).first().fill('書きかけの一行')
    const other = await context.newPage()
    await other.goto(`${house.url}/sign-in`)
    await other.getByRole('button', { name: 'サインアウト' }).click()
    await other.waitForURL('**/sign-in')
    await page.locator('#signed-out').waitFor(PATIENCE)
    await page.getByRole('button', { name: '出来事を書く', exact: true }).click()
    await page.waitForURL('**/do/**')
    await expectReadable(page)
    const opened = context.waitForEvent('page')
    await page.getByRole('link', { name: '別のタブでサインイン' }).click()
    const beside = await opened
    await beside.locator('main input[type=password]').fill(WRITER.token)
    await beside.locator('main button').click()
    await beside.waitForURL(`**${incident}`)
    await page.locator('main button.primary').click()
    await page.waitForURL(`**${incident}`)
    await page.locator('#timeline').getByText('書きかけの一行').waitFor(PATIENCE)
  })
})

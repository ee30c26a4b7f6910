import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type App, createApp, createLog } from '@tabiji/collector'
import { readJourneys } from '@tabiji/core/journey/document'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { configIn } from '../../packages/collector/src/testing/config.ts'
import { startTill } from '../measurement/replay/testing/till.ts'
import { openBrowser } from './testing/browser.ts'
import { expectReadable, LOOKS, visit } from './testing/visit.ts'
import { type FormVisitor, visitorAt } from './testing/visitor.ts'

const MINUTE = 60_000
const START = Date.parse('2026-10-30T12:00:00+09:00')
const JOURNEYS = `timeZone: Asia/Tokyo
classes: { read: 300ms, write: 1s, heavy: 20s }
journeys:
  checkout:
    title: { en: Check out, ja: 購入 }
    owner: shop-team
    runbook: https://runbooks.example.com/checkout
    alerts: { excluded: false }
    objectives:
      availability:
        target: 99
        policy: { milestones: [], pairs: [{ level: 1, long: 1h, short: 5m, factor: 10 }] }
    steps:
      pay: { http: POST /pay, within: write }
`

const RUNBOOK = `# Check out
- [ ] Look at the [board](https://grafana.example.com/d/1)
<script>alert(1)</script>

## pay: the pool
1. [ ] Make the pool 5 % larger
`

/** One fault as people work on it in browsers, on the real collector; each test goes on where the one before it stopped. */
describe.sequential('an incident on its pages', { timeout: 60_000 }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'tabiji-incident-pages-'))
  const read = readJourneys(JOURNEYS, 'journeys.yaml')
  if (!read.ok) throw new Error(read.problems.map(({ message }) => message).join('\n'))
  const { definition } = read
  const clock = { now: START }
  let till: Awaited<ReturnType<typeof startTill>>
  let app: App
  let api: string
  let aoi: FormVisitor
  let ken: FormVisitor
  let browser: Browser

  beforeAll(async () => {
    till = await startTill(START)
    const target = { service: 'shop', url: till.url, intervalMs: 15_000, timeoutMs: 5_000 }
    const runbooks = join(folder, 'runbooks')
    mkdirSync(runbooks)
    writeFileSync(join(runbooks, 'checkout.md'), RUNBOOK)
    const places = [{ address: 'https://runbooks.example.com/', folder: runbooks, reviewWithinDays: 90 }]
    app = createApp(configIn(folder, { targets: [target], runbooks: places }), definition, {
      now: () => clock.now,
      log: createLog('silent'),
      loadDefinition: () => ({ ok: true, definition }),
    })
    api = (await app.open()).api
    aoi = visitorAt(api, 'aoi')
    ken = visitorAt(api, 'ken')
    await app.turns.read()
    browser = await openBrowser()
  }, 120_000)
  afterAll(async () => {
    await browser?.close()
    await app.stop()
    await till.close()
    rmSync(folder, { recursive: true, force: true })
  })

  /** Minutes with a hundred payments in each half, of which so many fail. */
  async function pass(minutes: number, failing: number): Promise<void> {
    for (let half = 0; half < minutes * 2; half++) {
      till.pay.error += failing
      till.pay.good += 100 - failing
      clock.now += MINUTE / 2
      await app.turns.read()
      app.turns.evaluate()
      await app.turns.deliver()
    }
  }
  const get = async (path: string) => (await (await fetch(`${api}/api/v1${path}`)).json()) as never
  const PAGE = '/incidents/INC-0001'
  const does = (who: FormVisitor, verb: string, typed: Readonly<Record<string, string>> = {}) =>
    who.send(PAGE, `/do${PAGE}/${verb}`, typed)

  test('a quiet month says so, and a page opens one with what it costs', async () => {
    await pass(3, 0)
    expect((await aoi.page('/incidents')).text).toContain('That is data, too. In October 2026: alerts 0, drills 0.')
    await pass(3, 50)
    const list = await aoi.page('/incidents?state=open')
    expect(list.text).toContain('<a href="/incidents/INC-0001">')
    const { text } = await aoi.page(PAGE)
    const { journeys } = (await get(`${PAGE}/impact`)) as { journeys: readonly { bad: number; valid: number }[] }
    const { bad, valid } = journeys[0] ?? { bad: 0, valid: 0 }
    expect(bad).toBeGreaterThan(200)
    expect(text).toContain(`</strong> ${bad} of ${valid}<`)
    expect(text).toContain('Not known yet: who leads')
    expect(text).toContain('href="https://runbooks.example.com/checkout"')
  })

  test('two people work on it by forms alone, and the API tells the same', async () => {
    expect(await does(aoi, 'role', { role: 'lead' })).toMatchObject({ status: 200, path: PAGE })
    await does(ken, 'tick', { item: 'lead' })
    await does(ken, 'note', { text: 'rolled back payments\n  on two hosts' })
    await does(ken, 'decide', {
      ...{ knew: '5xx since noon', 'options:lines': 'wait, and see\nroll back' },
      ...{ choice: 'roll back', why: 'it is quick' },
    })
    await does(ken, 'update', { text: 'We roll back.', next: '30m' })
    const { text } = await does(aoi, 'status', { status: 'identified', note: 'the new pool is too small' })
    expect(text).toContain('<strong>cause identified</strong>')
    expect(text).toContain('rolled back payments\n  on two hosts')
    expect(text).toContain('Options: wait, and see, roll back')
    expect(await get(`${PAGE}/card`)).toMatchObject({
      incident: { roles: { lead: { name: 'aoi' } }, status: 'identified' },
      lastUpdate: { by: 'ken', text: 'We roll back.' },
    })
    const { items } = (await get(`${PAGE}/checklist`)) as { items: readonly { id: string }[] }
    expect(items.find(({ id }) => id === 'lead')).toMatchObject({ ticked: true, by: 'ken' })
  })

  test('a line is struck with its reason, a time is stated, and what is wrong comes back as it was typed', async () => {
    await does(ken, 'note', { text: 'wrong host' })
    const struck = await does(ken, 'strike', { line: 'L-0003', reason: 'another host' })
    expect(struck.text).toMatch(/id="line-L-0003" class="note struck"/)
    await does(aoi, 'time', { moment: 'impactStarted', value: '12:02', reason: 'a customer called' })
    expect((await aoi.page(PAGE)).text).toContain('stated by a person')
    const refused = await does(aoi, 'time', { moment: 'detected', value: 'noon\nor so', reason: 'why' })
    expect(refused.status).toBe(422)
    expect(refused.text).toContain('Expected')
    expect(refused.text).toContain('noon\nor so')
  })

  test('the runbook is worked through beside it, what is about the hurt step first, and the record knows who did what', async () => {
    const { text } = await aoi.page(PAGE)
    expect(text).toMatch(/id="runbook-0-check-out"[\s\S]*id="runbook-0-pay-the-pool"[\s\S]*☐/)
    expect(text).toContain('&lt;script&gt;alert(1)&lt;/script&gt;')
    const [, step = ''] = /name="step" value="(Make the pool[^"]*)"/.exec(text) ?? []
    const done = await does(ken, 'step-done', { step })
    expect(done.text).toContain('1 of 2 steps done')
    expect(done.text).toMatch(/☑[\s\S]*Make the pool 5\u00a0% larger<span class="under">[\s\S]*ken/)
    expect(await get(`${PAGE}/steps`)).toMatchObject({
      runbooks: [{ steps: [{ done: false }, { step: 'Make the pool 5 % larger', done: true, by: 'ken' }] }],
    })
    const { lines } = (await get(`${PAGE}/timeline`)) as { lines: readonly { text: { ja: string } }[] }
    expect(lines.some(({ text: { ja } }) => ja.includes('ランブックの手順を実施'))).toBe(true)
    expect((await does(aoi, 'step-undone', { step })).text).toContain('0 of 2 steps done')
  })

  test('a runbook helped, a fix is added, and its page leads back', async () => {
    const said = await does(ken, 'helped', { helped: 'partly', runbook: 'https://runbooks.example.com/checkout' })
    expect(said.text).toContain('answered: Partly')
    const added = await ken.send(PAGE, '/do/fixes', { title: 'A larger pool', kind: 'process' })
    expect(added).toMatchObject({ status: 200, path: '/fixes/FIX-0001' })
    expect((await ken.page(PAGE)).text).toContain('<a href="/fixes/FIX-0001">FIX-0001</a>')
  })

  test('the end is said once, and can be taken back with a reason', async () => {
    const { text } = await does(aoi, 'resolve')
    expect(text).toContain('<strong>resolved</strong>')
    expect(text).not.toContain(`action="/do${PAGE}/role"`)
    expect((await does(aoi, 'reopen', { reason: 'it is back' })).text).toContain('<strong>investigating</strong>')
    expect((await does(aoi, 'resolve')).text).toContain('<strong>resolved</strong>')
  })

  const POSTMORTEM = `${PAGE}/postmortem`
  const writes = (verb: string, typed: Readonly<Record<string, string>>) =>
    aoi.send(POSTMORTEM, `/do${PAGE}/${verb}`, typed)

  test('its postmortem has causes as data, drawn, with hints at words that blame', async () => {
    const first = await aoi.page(POSTMORTEM)
    expect(first.text).toContain('due 2026-11-02')
    expect(first.text).toContain('No cause was named yet.')
    await writes('cause', { id: 'pool', text: 'The pool held twenty', bone: 'capacity', fix: 'FIX-0001' })
    await writes('cause', { id: 'size', text: 'Its size was a guess', under: 'pool' })
    expect((await aoi.page(POSTMORTEM)).text).toMatch(/The pool held twenty[\s\S]*<ul><li>Its size was a guess/)
    const without = await writes('cause-remove', { id: 'size', reason: 'it was measured' })
    expect(without.text).not.toContain('Its size was a guess')
    const { text } = await writes('cause', { id: 'late', text: 'Ken was careless', bone: 'detection' })
    expect(text).toMatch(/class="tabiji-fishbone"[\s\S]*The pool held twenty/)
    expect(text).toMatch(/<code>late<\/code> “Ken”/)
    expect(text).toContain('“careless”')
    // Nothing of it is drawn by a style that the page may not load.
    expect(text).not.toContain('<style')
    expect(text).toMatch(/## 6 Permanent fixes[\s\S]*\| FIX-0001 \| A larger pool \| process/)
  })

  test('the gate refuses with everything that the record lacks, which the page said before', async () => {
    await writes('postmortem', { state: 'draft', owner: 'ken', file: 'postmortems/INC-0001.md' })
    const draft = await writes('postmortem', { state: 'inReview' })
    expect(draft.text).toContain('<strong>in review</strong>')
    expect(draft.text).toContain('an owner of FIX-0001')
    expect(draft.text).toContain('a fix that is not “process”')
    const refused = await writes('postmortem', { state: 'published' })
    expect(refused.status).toBe(422)
    expect(refused.text).toContain('Expected FIX-0001 to have an owner, got none')
    expect(refused.text).toContain('rules do not hold on a bad day')
    await ken.send(PAGE, '/do/fixes', { title: 'Refuse beyond the pool', kind: 'prevent', owner: 'ken' })
    await ken.send('/fixes/FIX-0001', '/do/fixes/FIX-0001/assign', { owner: 'aoi' })
    expect((await aoi.page(POSTMORTEM)).text).toContain('The record lacks nothing.')
    expect((await writes('postmortem', { state: 'published' })).text).toContain('<strong>published</strong>')
    expect(await get(`${PAGE}/postmortem`)).toMatchObject({ duty: { state: 'published', owner: 'ken' } })
  })

  test('one is opened by hand and turns out to be part of another, to which it points on', async () => {
    const opened = await ken.send('/incidents', '/do/incidents', {
      ...{ title: 'Payments <b>slow</b>', 'level:number': '2', 'journeys:list': 'checkout' },
    })
    expect(opened).toMatchObject({ status: 200, path: '/incidents/INC-0002' })
    expect(opened.text).toContain('Payments &lt;b&gt;slow&lt;/b&gt;')
    await ken.send('/incidents', '/do/incidents', { title: 'The same', 'journeys:list': 'checkout' })
    const merged = await ken.send('/incidents/INC-0003', '/do/incidents/INC-0003/merge', {
      ...{ into: 'INC-0002', reason: 'the same gateway' },
    })
    expect(merged.text).toContain('<a href="/incidents/INC-0002">INC-0002</a>')
    expect(merged.text).not.toContain('action="/do/incidents/INC-0003')
    expect((await ken.page('/incidents')).text).toContain('part of <a href="/incidents/INC-0002">')
    expect((await ken.page('/incidents/INC-0099')).status).toBe(404)
  })

  test.each(LOOKS)('in $language, $theme, its pages are for everybody, with every form unfolded', async (look) => {
    const { page, context, noise } = await visit(browser, api, look, 'aoi')
    for (const path of ['/incidents', PAGE, POSTMORTEM, '/incidents/INC-0002']) {
      await page.goto(`${api}${path}`)
      await page.evaluate('for (const each of document.querySelectorAll("details")) each.open = true')
      await expectReadable(page)
    }
    expect(noise).toEqual([])
    await context.close()
  })

  test('what others write follows by itself, what somebody is typing stays, and fingers find the buttons', async () => {
    const phone = { viewport: { width: 360, height: 800 }, hasTouch: true, isMobile: true }
    const { page, context } = await visit(browser, api, { language: 'en', theme: 'light' }, 'aoi', phone)
    await page.goto(`${api}/incidents/INC-0002`)
    await page.getByText('Write a line').first().tap()
    await page.getByLabel('Line', { exact: true }).first().fill('half a sentence')
    await page.locator('h1').tap()
    await ken.send('/incidents/INC-0002', '/do/incidents/INC-0002/note', { text: 'seen from elsewhere' })
    // As when somebody comes back to the page.
    await page.evaluate('document.dispatchEvent(new Event("visibilitychange"))')
    await page.locator('#timeline').getByText('seen from elsewhere').waitFor({ timeout: 30_000 })
    expect(await page.getByLabel('Line', { exact: true }).first().inputValue()).toBe('half a sentence')
    await page.locator('#roles').getByRole('button', { name: 'Take over' }).first().tap()
    await page.locator('#roles').getByText('aoi').waitFor({ timeout: 30_000 })
    const sizes = await page.evaluate<number[]>(
      `[...document.querySelectorAll('main button')].map((each) => each.getBoundingClientRect().height).filter((height) => height > 0)`,
    )
    expect(Math.min(...sizes)).toBeGreaterThanOrEqual(44)
    await context.close()
  })
})

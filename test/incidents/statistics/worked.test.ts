import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type App, createApp, createLog } from '@tabiji/collector'
import type { Share } from '@tabiji/core/fix'
import { readJourneys } from '@tabiji/core/journey/document'
import type { MonthFacts } from '@tabiji/core/report'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { configIn } from '../../../packages/collector/src/testing/config.ts'
import { runTabiji } from '../../measurement/ledger/testing/daemon.ts'

const JOURNEYS = `timeZone: Asia/Tokyo
classes: { read: 300ms, write: 1s, heavy: 20s }
journeys:
  checkout:
    title: { en: Check out, ja: 購入 }
    owner: shop-team
    runbook: https://wiki.example.org/checkout
    objectives: { availability: 99 }
    steps: { pay: { http: POST /pay, within: write } }
`
const at = (date: string) => Date.parse(`${date}T12:00:00+09:00`)
/** As a person rounds it. */
const rounded = ({ numerator, denominator }: Share) => Math.round((numerator * 100) / denominator)

/** Twelve open, two new, six done, one dropped; and on the 28th an incident that asks for eight (the reference's example). */
describe.sequential('a month of steady work, and an incident on the 28th', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tabiji-worked-'))
  const clock = { now: at('2026-09-10') }
  let app: App
  let api: string

  beforeAll(async () => {
    writeFileSync(join(folder, 'journeys.yaml'), JOURNEYS)
    const read = readJourneys(JOURNEYS, 'journeys.yaml')
    if (!read.ok) throw new Error(read.problems.map(({ message }) => message).join('\n'))
    const { definition } = read
    app = createApp(configIn(folder), definition, {
      now: () => clock.now,
      log: createLog('silent'),
      loadDefinition: () => ({ ok: true, definition }),
    })
    ;({ api } = await app.open())
  })
  afterAll(async () => {
    await app.stop()
    rmSync(folder, { recursive: true, force: true })
  })

  async function post(path: string, body: object): Promise<void> {
    const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }
    const response = await fetch(`${api}/api/v1${path}`, init)
    expect([path, response.ok, response.ok || (await response.text())]).toEqual([path, true, true])
  }
  async function october() {
    const response = await fetch(`${api}/api/v1/months/2026-10/facts`)
    return ((await response.json()) as MonthFacts).fixes
  }
  const print = async () => (await runTabiji(folder, 'fix', 'stats', '--month', '2026-10', '--url', api)).stdout
  const key = (number: number) => `FIX-${`${number}`.padStart(4, '0')}`

  test('until the 27th six of thirteen are done, and five of seven in time', async () => {
    for (let i = 1; i <= 12; i++) {
      // Seven are due in October, the others in November.
      const due = i <= 7 ? `2026-10-${10 + i}` : '2026-11-20'
      await post('/fixes', { title: `Fix ${i}`, kind: 'prevent', due })
    }
    clock.now = at('2026-10-05')
    for (const title of ['A', 'B']) await post('/fixes', { title, kind: 'detect', due: '2026-11-05' })
    clock.now = at('2026-10-09')
    for (const number of [1, 2, 3, 4, 5, 8]) await post(`/fixes/${key(number)}/done`, { by: 'sato' })
    await post(`/fixes/${key(6)}/drop`, { reason: 'the shop is closed', by: 'sato' })
    clock.now = at('2026-10-27')
    const { stock, onTime } = await october()
    expect([stock, rounded(stock)]).toEqual([{ numerator: 6, denominator: 13 }, 46])
    expect([onTime.share, rounded(onTime.share)]).toEqual([{ numerator: 5, denominator: 7 }, 71])
  })

  test('the bad day moves the stock rate to 29 % and leaves the headline at 71 %', async () => {
    clock.now = at('2026-10-28')
    await post('/incidents', { title: 'The till is down', level: 1 })
    for (let i = 1; i <= 8; i++) await post('/fixes', { title: `After ${i}`, kind: 'prevent', incident: 'INC-0001' })
    clock.now = at('2026-11-02')
    const { stock, clearance, flow, onTime } = await october()
    expect([stock, rounded(stock)]).toEqual([{ numerator: 6, denominator: 21 }, 29])
    expect([onTime.share, rounded(onTime.share)]).toEqual([{ numerator: 5, denominator: 7 }, 71])
    expect(clearance).toEqual({ numerator: 6, denominator: 10 })
    expect(flow).toEqual({ openAtStart: 12, created: 10, returned: 0, done: 6, dropped: 1, openAtEnd: 15 })
  })

  test('the command line prints both rates side by side with what they are made of', async () => {
    const page = await print()
    expect(page).toContain('5 of 7 = 71.4 % by the date that was promised first')
    expect(page).toContain('6 of 21 = 28.5 % of what lay on the table')
    expect(page).toContain('6 done, 10 new')
    expect(page).toContain('12 open + 10 new + 0 returned − 6 done − 1 dropped = 15 open')
  })
})

import { expect, onTestFinished, test } from 'vitest'
import { createApp, createLog } from '../../app/app.ts'
import type { Config } from '../../config/config.ts'
import { AVAILABILITY, definitionOf, MINUTE, NOON } from '../../jobs/testing/books.ts'
import { startReceiver } from '../../notifiers/testing/receiver.ts'
import { temporaryFolder } from '../../store/testing/temporary-folder.ts'
import { configIn } from '../../testing/config.ts'

/** A desk that opens at ten on weekdays; NOON is a Thursday. */
const OFFICE = {
  timeZone: 'Asia/Tokyo',
  hours: [{ times: [{ from: 600, to: 1_440 }], weekdays: [{ from: 1, to: 5 }], location: 'Asia/Tokyo' }],
  closings: [],
}

/** The collector on a real store, with a service that fails when it is told to; it does nothing by itself. */
async function open(stated: Partial<Config> = {}) {
  const counts = { error: 0 }
  const metric = (outcome: string, n: number) =>
    `journey_step_events_total{journey="checkout",step="pay",outcome="${outcome}"} ${n}\n`
  const [chat, shop] = await Promise.all([
    startReceiver(() => ({ status: 204 })),
    startReceiver(() => ({ status: 200, body: metric('error', counts.error) + metric('good', 1_000) })),
  ])
  const clock = { now: NOON }
  const config = configIn(temporaryFolder(), {
    targets: [{ service: 'shop', url: shop.url, intervalMs: 15_000, timeoutMs: 5_000 }],
    receivers: [{ name: 'chat', kind: 'webhook', url: () => chat.url, secret: () => `whsec_${'a'.repeat(32)}` }],
    routes: { 1: ['chat'], 2: ['chat'], 3: [] },
    calendar: { desk: () => OFFICE, teams: new Map(), files: [] },
    ...stated,
  })
  const definition = definitionOf(AVAILABILITY)
  const app = createApp(config, definition, {
    now: () => clock.now,
    log: createLog('silent'),
    loadDefinition: () => ({ ok: true, definition }),
  })
  const { api } = await app.open()
  onTestFinished(async () => {
    await app.stop()
    await Promise.all([chat.close(), shop.close()])
  })
  const turn = async (ms = 15_000) => {
    clock.now += ms
    await app.turns.read()
    app.turns.evaluate()
    await app.turns.deliver()
  }
  return { ...browserOf(api), counts, turn }
}

/** Somebody's browser, without script: keeps cookies, and sends the forms of the page that it looked at last. */
function browserOf(url: string) {
  const jar = new Map([['tabiji_who', 'suzuki']])
  let form = ''
  const ask = async (path: string, init: RequestInit = {}) => {
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ')
    const answer = await fetch(`${url}${path}`, {
      ...{ redirect: 'manual', headers: { accept: 'text/html', cookie } },
      ...init,
    })
    for (const line of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
      jar.set(name, value)
    }
    const text = await answer.text()
    form = /name="form" value="([^"]+)"/.exec(text)?.[1] ?? form
    return { status: answer.status, to: answer.headers.get('location'), text }
  }
  const send = (path: string, fields: Record<string, string>) =>
    ask(path, { method: 'POST', body: new URLSearchParams({ form, back: '/alerts', ...fields }) })
  return { ask, send }
}

const idsOn = (text: string) => [...text.matchAll(/<th scope="row"><a href="\/alerts\/(A-\d+)"/g)].map(([, id]) => id)
const rowOf = (text: string, level: number) =>
  new RegExp(`<caption>[^<]*${level}[\\s\\S]*?(<tr><th scope="row">[\\s\\S]*?</tr>)`).exec(text)?.[1] ?? ''

test('the board from the books: what burns, when the ticket is told, and what people do about the page', async () => {
  const { ask, send, counts, turn } = await open({ inhibitions: [] })
  await turn()
  expect((await ask('/alerts')).text).toContain('Nothing is firing.')
  counts.error = 500
  for (let i = 0; i < 4; i++) await turn()

  const board = await ask('/alerts')
  const page = rowOf(board.text, 1)
  const [id = ''] = idsOn(page)
  expect(page).toMatch(/\d+\.\d× \/ \d+\.\d×/)
  expect(page).toContain('nobody yet')
  expect(page).not.toContain('in the digest')
  // It rang on Thursday at noon, so the desk opens for it on Friday.
  expect(rowOf(board.text, 2)).toContain('in the digest of 2026-10-16 10:00')
  expect(idsOn((await ask('/alerts?level=2')).text)).not.toContain(id)
  expect(idsOn((await ask('/alerts?journey=checkout&level=1')).text)).toEqual([id])
  expect((await ask('/alerts?journey=nobody')).text).toContain('No alert fits this filter.')

  expect(await send(`/do/alerts/${id}/ack`, { for: '2h', note: 'I <look>' })).toMatchObject({
    status: 303,
    to: '/alerts',
  })
  expect(rowOf((await ask('/alerts')).text, 1)).toContain('suzuki has it')
  const detail = (await ask(`/alerts/${id}`)).text
  expect(detail).toContain('suzuki · api · I &lt;look&gt;')
  expect(detail).toContain('Who was told')
  expect(detail).toContain('The same rule before')
  const opened = await send('/do/incidents', { title: 'Pay fails', 'journeys:list': 'checkout', 'episodes:list': id })
  expect(opened.status).toBe(303)
  expect(rowOf((await ask('/alerts')).text, 1)).toContain('href="/incidents/INC-0001"')
  await send(`/do/alerts/${id}/unack`, {})
  expect(rowOf((await ask('/alerts')).text, 1)).toContain('nobody yet')
})

test('what a silence holds back says by whose wish, and until when', async () => {
  const { ask, send, counts, turn } = await open()
  await turn()
  await ask('/alerts')
  const silence = { 'matchers:list': 'journey=checkout', owner: 'sato', reason: 'a planned <move>', for: '2h' }
  expect((await send('/do/silences', silence)).status).toBe(303)
  counts.error = 500
  for (let i = 0; i < 4; i++) await turn()
  const row = rowOf((await ask('/alerts')).text, 1)
  expect(row).toContain('held back by a silence (SIL-0001: a planned &lt;move&gt;) until 2026-10-15 14:00')
  expect((await ask('/drills')).text).toMatch(
    /class="ringing striped" role="status">[\s\S]*Nobody was told, because of SIL-0001 \(a planned &lt;move&gt;\) until 2026-10-15 14:00/,
  )
  for (let i = 0; i < 3; i++) await turn(50 * MINUTE)
  expect((await ask('/drills')).text).not.toContain('striped')
  expect(rowOf((await ask('/alerts')).text, 1)).not.toContain('held back')
})

test('a silence is looked at before it is made, and ends when the desk opens', async () => {
  const { ask, send, counts, turn } = await open()
  await turn()
  counts.error = 500
  for (let i = 0; i < 4; i++) await turn()
  const [link = ''] = /\/silences\?matchers=[^"]*level%3D1(?=#)/.exec((await ask('/alerts')).text) ?? []
  const linked = (await ask(link)).text
  expect(linked).toContain('1 alert that is open now')
  const end = /name="to" value="([^"]*T[^"]*)"/.exec(linked)?.[1] ?? ''
  expect(end).toBe('2026-10-16T10:00:00+09:00')
  const matchers = 'journey=checkout, level=1'
  const asked = new URLSearchParams({ matchers, for: '1h', to: '', reason: 'a move', owner: 'sato' })
  const seen = (await ask(`/silences?${asked}&to=${encodeURIComponent(end)}`)).text
  expect(seen).toContain('It would end 2026-10-16 10:00.')
  expect((await ask('/silences')).text).toContain('No silence is in force or planned.')
  const made = await send('/do/silences', { 'matchers:list': matchers, to: end, reason: 'a move', owner: 'sato' })
  expect(made).toMatchObject({ status: 303, to: '/silences/SIL-0001' })
  expect((await ask('/silences')).text).toMatch(/SIL-0001[\s\S]*title="2026-10-16 10:00 Asia\/Tokyo"/)
  await send('/do/silences/SIL-0001/end', { reason: 'done' })
  expect((await ask('/silences')).text).not.toContain('SIL-0001')
  expect((await ask('/silences?state=all')).text).toContain('SIL-0001')
})

test('an alert that there is not is missing, and an unknown filter hides nothing', async () => {
  const { ask } = await open()
  expect((await ask('/alerts/A-9999')).status).toBe(404)
  const page = await ask('/alerts?level=9&state=strange')
  expect([page.status, page.text.includes('Nothing is firing.')]).toEqual([200, true])
})

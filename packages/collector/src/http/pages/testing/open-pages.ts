import { onTestFinished } from 'vitest'
import { createApp, createLog, type Surroundings } from '../../../app/app.ts'
import type { Config } from '../../../config/config.ts'
import { AVAILABILITY, definitionOf, NOON } from '../../../jobs/testing/books.ts'
import { startReceiver } from '../../../notifiers/testing/receiver.ts'
import { temporaryFolder } from '../../../store/testing/temporary-folder.ts'
import { configIn } from '../../../testing/config.ts'

/** A desk that opens at ten on weekdays; NOON is a Thursday. */
const OFFICE = {
  timeZone: 'Asia/Tokyo',
  hours: [{ times: [{ from: 600, to: 1_440 }], weekdays: [{ from: 1, to: 5 }], location: 'Asia/Tokyo' }],
  closings: [],
}

/** The collector on a real store, with a service that fails when it is told to; it does nothing by itself. */
export async function openPages(stated: Partial<Config> = {}, around: Pick<Surroundings, 'examine'> = {}) {
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
    ...around,
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
  const pass = (ms: number) => {
    clock.now += ms
  }
  return { ...browserOf(api), url: api, storeFile: config.storeFile, counts, turn, pass }
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

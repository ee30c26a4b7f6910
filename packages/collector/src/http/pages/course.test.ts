import { expect, onTestFinished, test } from 'vitest'
import { createApp, createLog } from '../../app/app.ts'
import { AVAILABILITY, definitionOf, MINUTE, NOON } from '../../jobs/testing/books.ts'
import { startReceiver } from '../../notifiers/testing/receiver.ts'
import { temporaryFolder } from '../../store/testing/temporary-folder.ts'
import { configIn } from '../../testing/config.ts'

const SLOT = 15_000

/** The collector on a real store, with a service that fails when it is told to; it does nothing by itself. */
async function open() {
  const counts = { error: 0, good: 0 }
  const metric = (outcome: string, n: number) =>
    `journey_step_events_total{journey="checkout",step="pay",outcome="${outcome}"} ${n}\n`
  const [chat, shop] = await Promise.all([
    startReceiver(() => ({ status: 204 })),
    startReceiver(() => ({ status: 200, body: metric('error', counts.error) + metric('good', counts.good) })),
  ])
  const clock = { now: NOON }
  const definition = definitionOf(AVAILABILITY)
  const config = configIn(temporaryFolder(), {
    targets: [{ service: 'shop', url: shop.url, intervalMs: SLOT, timeoutMs: 5_000 }],
    receivers: [{ name: 'chat', kind: 'webhook', url: () => chat.url, secret: () => `whsec_${'a'.repeat(32)}` }],
    routes: { 1: ['chat'], 2: ['chat'], 3: [] },
  })
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
  const turn = async (more: Partial<typeof counts> = {}) => {
    clock.now += SLOT
    for (const each of ['error', 'good'] as const) counts[each] += more[each] ?? 0
    await app.turns.read()
    app.turns.evaluate()
  }
  const ask = async (path: string) => {
    const answer = await fetch(`${api}${path}`, { headers: { accept: 'text/html', cookie: 'tabiji_who=suzuki' } })
    return await answer.text()
  }
  const document = async (path: string) => (await (await fetch(`${api}/api/v1${path}`)).json()) as never
  const post = (path: string, body: object) =>
    fetch(`${api}/api/v1${path}`, {
      ...{ method: 'POST', body: JSON.stringify(body) },
      headers: { 'content-type': 'application/json' },
    })
  return { ask, document, post, turn, clock }
}

const course = (text: string) =>
  /<div id="course"[\s\S]*?\n<\/div>|<div id="course"[\s\S]*?<div id="rules"/.exec(text)?.[0] ?? ''
const rowsOf = (text: string) =>
  [...text.matchAll(/<tr data-x="\d+" data-from="(\d+)" data-to="(\d+)"><th scope="row">[^<]*<\/th>(.*?)<\/tr>/g)].map(
    ([, from, to, cells = '']) => ({
      from: Number(from),
      to: Number(to),
      cells: [...cells.matchAll(/<td[^>]*>([^<]*)</g)].map(([, cell]) => cell),
    }),
  )

test('the page of a journey shows what the API tells, over the stretch that its address states', async () => {
  const { ask, document, post, turn } = await open()
  await turn()
  for (let i = 0; i < 12; i++) await turn({ good: 100, error: i >= 4 && i < 8 ? 50 : 0 })
  await post('/annotations', { kind: 'deploy', title: 'shop@8c1f2e', journeys: ['checkout'], at: '12:01' })
  await turn()

  const usual = await ask('/journeys/checkout')
  expect(usual).toContain('<div id="course" data-live>')
  expect(usual).toMatch(/aria-current="true">Last 6h</)
  const stretch = 'from=2026-10-15T12%3A00%3A00%2B09%3A00&to=2026-10-15T12%3A03%3A00%2B09%3A00'
  const text = course(await ask(`/journeys/checkout?o=availability&${stretch}`))
  expect(text).not.toContain('data-live')
  const { points } = (await document(`/journeys/checkout/series?metric=bad&${stretch}`)) as {
    points: { read: boolean; bad: number; valid: number }[]
  }
  const bad = rowsOf(text.split('<figure')[2] ?? '')
  const told = points.map((each) => (each.read ? [String(each.bad), String(each.valid)] : ['not read']))
  expect(bad.map(({ cells }) => cells)).toEqual(told)
  expect(points.reduce((sum, each) => sum + each.bad, 0)).toBe(200)
  expect(text).toContain('shop@8c1f2e')
  expect(text).toMatch(/href="\/incidents\/INC-0001">INC-0001 Check out/)

  // The files behind it are given to whoever sees the page.
  const [link = ''] = /\/journeys\/checkout\/series\?[^"]*metric=bad[^"]*format=csv/.exec(text) ?? []
  const csv = await ask(link.replaceAll('&amp;', '&'))
  expect(csv.split('\n')).toHaveLength(points.length + 2)

  // A stretch that cannot be read hides nothing.
  expect(await ask('/journeys/checkout?from=noon&to=later&range=3d')).toMatch(/aria-current="true">Last 3d</)
})

test('the page of an alert shows the three hours before it, and after it as far as they have gone', async () => {
  const { ask, document, turn, clock } = await open()
  await turn()
  for (let i = 0; i < 8; i++) await turn({ good: 100 })
  for (let i = 0; i < 8; i++) await turn({ good: 50, error: 50 })
  const { alerts } = (await document('/alerts?level=1')) as { alerts: { id: string; episode: { startedAt: number } }[] }
  const [first] = alerts
  const text = await ask(`/alerts/${first?.id}`)
  const [, burn = '', bad = ''] = text.slice(text.indexOf('Three hours before and after')).split('<figure')
  // Half of all that happened since it began to fail.
  const [failed = 0, counted = 0] = rowsOf(bad).at(-1)?.cells.map(Number) ?? []
  expect([failed > 0, failed * 2]).toEqual([true, counted])
  const rows = rowsOf(burn)
  const at = first?.episode.startedAt ?? Number.NaN
  expect(Math.abs((rows[0]?.from ?? 0) - (at - 180 * MINUTE))).toBeLessThan(MINUTE)
  expect(rows.at(-1)?.to).toBe(Math.floor(clock.now / SLOT / 2) * 2 * SLOT)
  expect(text).toMatch(/class="band"/)
  expect(rows.at(-1)?.cells.every((cell) => /\d×$/.test(cell ?? ''))).toBe(true)
})

test('the overview has the last thirty days of every journey', async () => {
  const { ask, turn } = await open()
  await turn()
  await turn({ good: 900, error: 100 })
  // Days that are over are counted at the first look; a page that came before them has the next one show them.
  await expect.poll(() => ask('/journeys'), { timeout: 20_000 }).toContain('<svg class="days" viewBox="0 0 120 20"')
  expect(await ask('/journeys')).toContain('1 of the last 30 days used more of the budget than their share.')
})

import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createApp, createLog, importHistory, readHistory } from '@tabiji/collector'
import { readJourneys } from '@tabiji/core/journey/document'
import { configIn } from '../../../../packages/collector/src/testing/config.ts'
import { FINE, historyUntil } from './history.ts'
import { hourOf, JOURNEYS, type StepName, TRAFFIC } from './journeys.ts'
import { startShops } from './shops.ts'

const HALF_MINUTE = 30_000
const LIVE = Date.parse('2026-11-20T12:00:00+09:00')
const ROUNDS = 50
/** From here on a third of all payments fails. */
const FAULT = 24
const SECRET = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'

export type World = {
  readonly url: string
  /** A document of the API. */
  ask(path: string): Promise<unknown>
  /** A page as somebody with that language sees it. */
  page(path: string, language: 'en' | 'ja'): Promise<string>
  end(): Promise<void>
}

/** Seven weeks of nine journeys in a real daemon, the last minutes read from real services; then its clock stands still. */
export async function playWorld(): Promise<World> {
  const folder = mkdtempSync(join(tmpdir(), 'tabiji-numbers-'))
  const clock = { now: LIVE }
  const shops = await startShops(LIVE)
  const pager = await startPager()
  const read = readJourneys(JOURNEYS, 'journeys.yaml')
  if (!read.ok) throw new Error(read.problems.map(({ message }) => message).join('\n'))
  const { definition } = read
  const names = Object.keys(TRAFFIC) as StepName[]
  const services = [...new Set(names.map((name) => name.split('/')[0] ?? ''))]
  const config = configIn(folder, {
    ledger: {
      grid: [
        { fromAgeSeconds: 0, width: 60 },
        { fromAgeSeconds: FINE / 1000, width: 3_600 },
      ],
      clockSkewMs: 5_000,
    },
    targets: services.map((service) => ({
      service,
      url: shops.url(service),
      intervalMs: HALF_MINUTE,
      timeoutMs: 5_000,
    })),
    receivers: [{ name: 'pager', kind: 'webhook', url: () => pager.url, secret: () => SECRET }],
    routes: { 1: ['pager'], 2: ['pager'], 3: [] },
    practice: {
      members: [
        { name: 'mori', team: 'shop-team', since: '2026-04-01' },
        { name: 'sato', since: '2026-05-01' },
      ],
      drillEvery: { 1: { count: 1, unit: 'M' } },
      checklist: () => [],
    },
  })
  const history = readHistory(historyUntil(LIVE))
  if (!history.ok) throw new Error(JSON.stringify(history.problems.slice(0, 3)))
  const imported = importHistory(config, definition, history.entries, { now: LIVE, sample: false })
  if (!imported.ok) throw new Error(`line ${imported.line}: ${JSON.stringify(imported.problems)}`)
  const app = createApp(config, definition, {
    now: () => clock.now,
    log: createLog('silent'),
    loadDefinition: () => ({ ok: true, definition }),
  })
  const { api } = await app.open()
  const ask = async (path: string, body?: object) => {
    const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }
    const response = await fetch(`${api}/api/v1${path}`, body === undefined ? {} : init)
    const text = await response.text()
    if (!response.ok) throw new Error(`${path} was answered ${response.status}: ${text}`)
    return JSON.parse(text) as unknown
  }
  const turn = async (round: number) => {
    clock.now += HALF_MINUTE
    for (const name of names) {
      const [good, slow, error, excluded] = hourOf(name, 7 + round).map((count) => Math.floor(count / 120))
      const failing = name === 'checkout/pay' && round >= FAULT ? Math.floor((good ?? 0) / 3) : 0
      shops.count(name.split('/')[0] ?? '', name, [
        (good ?? 0) - failing,
        slow ?? 0,
        (error ?? 0) + failing,
        excluded ?? 0,
      ])
    }
    await app.turns.read()
    app.turns.evaluate()
    await app.turns.deliver()
  }
  await act(ask)
  for (let round = 0; round < ROUNDS; round++) await turn(round)
  await work(ask)
  return {
    url: api,
    ask,
    page: async (path, language) => {
      const headers = { cookie: `tabiji_language=${language}; tabiji_who=aoi` }
      const response = await fetch(`${api}${path}`, { headers })
      if (!response.ok) throw new Error(`${path} was answered ${response.status}`)
      return response.text()
    },
    end: async () => {
      await app.stop()
      await Promise.all([shops.close(), pager.close()])
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

type Ask = (path: string, body?: object) => Promise<unknown>

/** What people do before the fault. */
async function act(ask: Ask): Promise<void> {
  const stretch = { from: '2026-11-09T09:00:00+09:00', to: '2026-11-09T12:00:00+09:00' }
  await ask('/corrections', { journeys: ['mended'], ...stretch, reason: 'a load test', category: 'other' })
  await ask('/drills', {
    journey: 'odd',
    level: 1,
    outcome: 'error',
    sharePpm: 700_000,
    perMinute: 97,
    lengthMs: 600_000,
  })
  await ask('/reports/asks', {
    month: '2026-10',
    text: 'keep the canary',
    why: 'it helped',
    owner: 'abe',
    due: '2026-12-01',
  })
  await ask('/reports/2026-10/comments', {
    journey: 'import-photos',
    text: 'the queue was full for 2 h 23 min',
    by: 'mori',
  })
  await ask('/reports/2026-10/issue', { reason: 'three comments are missing', by: 'abe' })
}

/** What they do about it. */
async function work(ask: Ask): Promise<void> {
  const { alerts } = (await ask('/alerts?state=open')) as {
    alerts: readonly { id: string; facts: { journey: { name: string } } }[]
  }
  const alert = alerts.find(({ facts }) => facts.journey.name === 'checkout')
  if (alert === undefined) throw new Error(`Expected an alert of checkout, got ${JSON.stringify(alerts)}`)
  await ask(`/alerts/${alert.id}/ack`, { by: 'ken', note: 'on it, 5 min' })
  const { incidents } = (await ask('/incidents?state=open')) as {
    incidents: readonly { key: string; drill: boolean }[]
  }
  const key = incidents.find(({ drill }) => !drill)?.key
  await ask(`/incidents/${key}/role`, { role: 'lead', by: 'ken' })
  await ask(`/incidents/${key}/note`, { text: 'rolled back 3 of 12 hosts', by: 'ken' })
  await ask(`/incidents/${key}/tick`, { item: 'lead', by: 'ken' })
  await ask('/annotations', { kind: 'deploy', title: 'payments 4.17.2', service: 'checkout', journeys: ['checkout'] })
  await ask('/silences', { matchers: ['journey=rare'], owner: 'sato', reason: 'it moves', for: '2h' })
}

async function startPager() {
  const server = createServer((request, response) => {
    request.resume().on('end', () => response.end())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/pager`,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

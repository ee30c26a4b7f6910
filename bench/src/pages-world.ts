import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createApp, createLog, tuneHeap } from '@tabiji/collector'
import { type Definition, defineJourneys } from '@tabiji/core/journey'
import { fill } from './tick-fill.ts'
import { bodyOf, configOf, journeyName, STEP, type Traffic, trafficOf } from './tick-world.ts'

const DAY_SECONDS = 86_400
const NOW = Date.parse('2026-11-20T12:00:00+09:00')
const READING_MS = 15_000

export type Size = {
  readonly journeys: number
  /** So many of them fail, with all of their objectives. */
  readonly failing: number
  readonly fixes: number
  readonly lines: number
}

export type House = {
  /** A page as a browser gets it. */
  page(path: string): Promise<string>
  close(): Promise<void>
}

/**
 * A real daemon that a busy team would have: every journey has two objectives and thirty days behind it, those that fail burn
 * and ring at several levels, one incident has a long timeline, and the board of fixes is full. The clock stands still.
 */
export async function openHouse(storeFile: string, { journeys, failing, fixes, lines }: Size): Promise<House> {
  const definition = definitionOf(journeys)
  fill(storeFile, { journeys, targets: 1, history: 30 * DAY_SECONDS, until: NOW, detail: 3_600 }, definition)
  const traffic = trafficOf(journeys)
  const service = await serve(() => bodyOf('live-0', NOW, 0, traffic))
  const clock = { now: NOW }
  tuneHeap()
  const app = createApp(configOf(storeFile, [service.url], READING_MS), definition, {
    ...{ now: () => clock.now, log: createLog('silent') },
    loadDefinition: () => ({ ok: true, definition }),
  })
  const { api } = await app.open()
  const post = async (path: string, body: object) => {
    const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }
    const response = await fetch(`${api}/api/v1${path}`, init)
    if (!response.ok) throw new Error(`${path} was answered ${response.status}: ${await response.text()}`)
  }
  for (let i = 0; i < 40; i++) {
    clock.now += READING_MS
    fail(traffic, failing)
    await app.turns.read()
    app.turns.evaluate()
  }
  await post('/incidents', { title: 'payments fail', level: 1, journeys: [journeyName(0)] })
  for (let i = 0; i < lines; i++)
    await post('/incidents/INC-0001/note', { text: `line ${i}: host ${(i * 7) % 31} is back`, by: 'mori' })
  for (let i = 0; i < fixes; i++) {
    await post('/fixes', {
      title: `bound queue ${i}`,
      kind: 'prevent',
      journey: journeyName(i % journeys),
      owner: 'mori',
    })
    if (i % 3 === 0) await post(`/fixes/FIX-${String(i + 1).padStart(4, '0')}/done`, {})
  }
  return {
    page: async (path) => {
      const response = await fetch(`${api}${path}`, { headers: { cookie: 'tabiji_language=en; tabiji_who=mori' } })
      const text = await response.text()
      if (!response.ok) throw new Error(`${path} was answered ${response.status}`)
      return text
    },
    close: async () => {
      await app.stop()
      await service.close()
    },
  }
}

function definitionOf(count: number): Definition {
  const journey = {
    ...{ owner: 'team', runbook: 'https://wiki.example.org/runbook', tier: 2 },
    objectives: { availability: 99.9, experience: 98 },
    steps: { [STEP]: { job: true, within: 'read' } },
  } as const
  const titled = (i: number) => ({ ...journey, title: { en: `What customer ${i} wants`, ja: `${i}番の利用者の目的` } })
  const journeys = Object.fromEntries(Array.from({ length: count }, (_, i) => [journeyName(i), titled(i)]))
  const { document: _, ...definition } = defineJourneys({
    timeZone: 'Asia/Tokyo',
    classes: { read: '300ms' },
    journeys,
  })
  return definition
}

/** A third of everything that the first journeys are asked for fails. */
function fail(traffic: Traffic, failing: number): void {
  traffic.grow()
  for (const [i, [good, error]] of traffic.counts.slice(0, failing).entries()) traffic.counts[i] = [good, error + 70]
}

async function serve(body: () => string) {
  const server = createServer((_request, response) => {
    response.setHeader('content-type', 'text/plain; version=0.0.4')
    response.end(body())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/metrics`,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

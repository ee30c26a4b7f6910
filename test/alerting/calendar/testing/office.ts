import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type App, createApp, createLog } from '@tabiji/collector'
import { onTestFinished } from 'vitest'
import { readFolder } from '../../../../packages/collector/src/testing/read-folder.ts'
import { SECRET, startReceiver } from '../../../road/testing/receiver.ts'

/** A service of which a test says how many payments failed. */
async function startService(startedAt: number) {
  const counts = { error: 0 }
  const info = `journey_definition_info{process_id="p-1",fingerprint="f",sdk_version="0",started_at="${new Date(startedAt).toISOString()}"} 1\n`
  const server = createServer((_request, response) => {
    response.setHeader('content-type', 'text/plain; version=0.0.4')
    response.end(`journey_step_events_total{journey="checkout",step="pay",outcome="error"} ${counts.error}\n${info}`)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const close = () => {
    server.close()
    server.closeAllConnections()
  }
  return { counts, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/metrics`, close }
}

/** What a digest looks like to who receives it. */
export type ToldDigest = {
  readonly period: string
  readonly day: string
  readonly open: number
  readonly over: number
  readonly paged: number
  readonly dueAt?: string
  readonly early?: boolean
  readonly title: string
  readonly text: string
  readonly items: readonly { readonly episode: string; readonly state: string; readonly page?: string }[]
}

/**
 * The collector with its clock in the hand of the test, a service and two receivers on loopback. The 11th failed payment is a
 * level 2, the 4th a level 3.
 *
 * @param calendar lines of the configuration
 * @param files further files of its folder
 */
export async function openOffice(begin: string, calendar: string, files: Readonly<Record<string, string>> = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'tabiji-office-'))
  const clock = { now: Date.parse(begin) }
  const [service, team, other] = await Promise.all([startService(clock.now), startReceiver(), startReceiver()])
  for (const [name, text] of Object.entries({ ...files, secret: SECRET, team: team.url, other: other.url })) {
    writeFileSync(join(folder, name), text)
  }
  writeFileSync(
    join(folder, 'journeys.yaml'),
    `timeZone: Asia/Tokyo
classes: { read: 300ms, write: 1s, heavy: 20s }
journeys:
  checkout:
    title: { en: Check out, ja: 購入 }
    owner: shop-team
    runbook: https://wiki.example.org/runbooks/checkout
    alerts: { errors > 10 in 1h: 2, errors > 3 in 1h: 3, excluded: false }
    objectives: {}
    steps: { pay: { http: POST /orders, within: write } }
`,
  )
  writeFileSync(
    join(folder, 'tabiji.yaml'),
    `journeys: journeys.yaml
store: tabiji.db
targets: [{ service: shop, url: '${service.url}' }]
evaluation: { grace: 1ms }
listen: { api: { port: 0 }, ingest: { port: 0 } }
receivers:
  - { name: team, kind: webhook, urlFile: team, secretFile: secret }
  - { name: other, kind: webhook, urlFile: other, secretFile: secret }
routes: { page: [other], ticket: [team] }
${calendar}
`,
  )
  const { config, definition } = readFolder(folder)
  const open = (): App =>
    createApp(config, definition, {
      now: () => clock.now,
      log: createLog('silent'),
      loadDefinition: () => ({ ok: true, definition }),
    })
  let app = open()
  let { api } = await app.open()
  onTestFinished(async () => {
    await app.stop()
    service.close()
    await Promise.all([team.close(), other.close()])
    rmSync(folder, { recursive: true, force: true })
  })
  const digestsOf = (of: typeof team): readonly ToldDigest[] =>
    of.messages.filter(({ type }) => type === 'alert.digest').map(({ data }) => data as unknown as ToldDigest)

  /** All turns at a time; `without` leaves out the sending. */
  const turn = async (at: string | number, without?: 'delivery') => {
    clock.now = typeof at === 'number' ? at : Date.parse(at)
    await app.turns.read()
    app.turns.evaluate()
    if (without === undefined) await app.turns.deliver()
  }
  return {
    folder,
    clock,
    turn,
    team: () => digestsOf(team).filter(({ period }) => period === 'day'),
    weeks: () => digestsOf(team).filter(({ period }) => period === 'week'),
    other: () => digestsOf(other).filter(({ period }) => period === 'day'),
    /** Failures within one slot after the time; they ring at once. */
    fail: async (at: string, count: number) => {
      await turn(at)
      service.counts.error += count
      await turn(Date.parse(at) + 15_000)
    },
    /** Stops the collector and starts it again on the same store. */
    restart: async () => {
      await app.stop()
      app = open()
      ;({ api } = await app.open())
    },
    api: () => api,
    get: async <Answer>(path: string) => (await (await fetch(`${api}/api/v1${path}`)).json()) as Answer,
    post: async (path: string, body: object) => {
      const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }
      const response = await fetch(`${api}/api/v1${path}`, init)
      return { status: response.status, body: (await response.json()) as Record<string, unknown> }
    },
  }
}

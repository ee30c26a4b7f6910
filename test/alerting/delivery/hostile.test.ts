import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { expect, onTestFinished, test, vi } from 'vitest'
import { type Daemon, runTabiji } from '../../measurement/ledger/testing/daemon.ts'
import { SECRET } from '../../road/testing/receiver.ts'
import { type HostileReceiver, startHostile, type Treatment } from './testing/hostile.ts'
import { alertsOf, openHouse, owedTo, PATIENCE, type StatedReceiver, untilSettled } from './testing/house.ts'

vi.setConfig({ testTimeout: 400_000 })

/** Stands in every address, key and answer; no log, message, store or API may hold it. */
const PLANTED = 'plantedSecret7Qx'

const firstly =
  (first: Treatment): Treatment =>
  (response, n, take, arrival) =>
    n === 1 ? first(response, n, take, arrival) : take()

/** Says back all that it was told: an answer may hold the address and the key. */
const refuse =
  (status: number): Treatment =>
  (response, _n, _take, { path, body }) =>
    void response.writeHead(status).end(`${path} ${body} ${PLANTED}`)

const endless: Treatment = (response) => {
  response.writeHead(200)
  const pour = () => {
    while (!response.destroyed && response.write('x'.repeat(65_536)));
    if (!response.destroyed) response.once('drain', pour)
  }
  pour()
}

type Case = readonly [
  name: string,
  kind: StatedReceiver['kind'],
  treatment: Treatment,
  /** What it heard of the beginning. */
  heard: readonly string[],
  /** What the outbox says of it: state, attempts, and `?` where it may have arrived. */
  owed: string,
]

const CASES: readonly Case[] = [
  [
    'busy-seconds',
    'webhook',
    firstly((response) => void response.writeHead(429, { 'retry-after': '2' }).end(PLANTED)),
    ['trigger', 'trigger'],
    'delivered 2',
  ],
  [
    'busy-date',
    'webhook',
    firstly(
      (response) =>
        void response.writeHead(429, { 'retry-after': new Date(Date.now() + 3_000).toUTCString() }).end(PLANTED),
    ),
    ['trigger', 'trigger'],
    'delivered 2',
  ],
  ['fails-hook', 'webhook', firstly(refuse(500)), ['trigger', 'trigger'], 'delivered 2?'],
  ['fails-chat', 'slack', firstly(refuse(500)), ['trigger', 'trigger (repeat)'], 'delivered 2?'],
  ['fails-pager', 'pagerduty', firstly(refuse(502)), ['trigger', 'trigger'], 'delivered 2?'],
  ['unavailable', 'slack', firstly(refuse(503)), ['trigger', 'trigger'], 'delivered 2'],
  ['hangs', 'slack', firstly(() => undefined), ['trigger', 'trigger (repeat)'], 'delivered 2?'],
  [
    'cuts',
    'slack',
    firstly((response) => {
      response.writeHead(200, { 'content-length': '2' })
      response.write('o', () => response.destroy())
    }),
    ['trigger', 'trigger (repeat)'],
    'delivered 2?',
  ],
  [
    'late',
    'slack',
    firstly((_r, _n, take) => void setTimeout(take, 12_000)),
    ['trigger', 'trigger (repeat)'],
    'delivered 2?',
  ],
  [
    'drips',
    'pagerduty',
    firstly((response) => {
      response.writeHead(202)
      const timer = setInterval(() => response.write(' '), 500)
      response.on('close', () => clearInterval(timer))
    }),
    ['trigger', 'trigger'],
    'delivered 2?',
  ],
  ['dislikes-blocks', 'slack', firstly(refuse(400)), ['trigger', 'trigger plain'], 'delivered 2'],
  ['dislikes-details', 'pagerduty', firstly(refuse(400)), ['trigger', 'trigger plain'], 'delivered 2'],
  ['pours-hook', 'webhook', endless, ['trigger'], 'delivered 1'],
  ['pours-chat', 'slack', endless, ['trigger', 'trigger plain'], 'dead 2'],
  ['gone', 'webhook', refuse(410), ['trigger', 'trigger plain'], 'dead 2'],
  ['no-such-channel', 'slack', refuse(404), ['trigger', 'trigger plain'], 'dead 2'],
  ['wrong-key', 'pagerduty', refuse(400), ['trigger', 'trigger plain'], 'dead 2'],
]

test('receivers that mean harm: what each hears, in which order, what is told instead, and no secret anywhere', async () => {
  const elsewhere = await startElsewhere()
  const redirects: Treatment = (response) => void response.writeHead(307, { location: elsewhere.url }).end()
  const cases: readonly Case[] = [...CASES, ['redirects', 'webhook', redirects, ['trigger', 'trigger plain'], 'dead 2']]
  const receivers = new Map<string, HostileReceiver>()
  for (const [name, kind, treatment] of cases) receivers.set(name, await startHostile(kind, PLANTED, treatment))
  const desk = await startHostile('webhook', PLANTED, (_response, _n, take) => take())
  const stated = [...receivers, ['desk', desk] as const].map(([name, each]) => [name, each.stated] as const)
  const site = await openHouse({ journeys: ['checkout'], receivers: Object.fromEntries(stated), fallback: 'desk' })
  site.writeRules(() => ({ 'errors > 0 in 1h': { level: 1, name: 'down' } }))
  const daemon = await site.start()
  site.shop.fail('checkout', 1)
  await expect.poll(async () => (await alertsOf(daemon)).length, PATIENCE).toBe(1)
  await untilSettled(daemon)
  for (const [name, , , heard, owed] of cases) {
    expect([name, receivers.get(name)?.heard()]).toEqual([name, heard])
    expect([name, await owedTo(daemon, name)]).toEqual([name, [`trigger ${owed}`]])
  }
  // Several do not take it; the fallback hears of the alert once, and of each of them that it takes nothing.
  const heardAtDesk = (what: 'alerts' | 'troubles') =>
    desk.heard().filter((each) => (each === 'trouble') === (what === 'troubles'))
  expect(heardAtDesk('alerts')).toEqual(['trigger'])
  const given = cases.filter(([, , , , owed]) => owed.startsWith('dead'))
  await expect.poll(() => heardAtDesk('troubles').length, PATIENCE).toBe(given.length)
  expectPauses(receivers)
  expect(elsewhere.requests()).toBe(0)

  // The rule goes: its end is told to who may know of the beginning, and to nobody else.
  site.writeRules(() => ({}))
  daemon.child.kill('SIGHUP')
  await expect.poll(() => heardAtDesk('alerts'), PATIENCE).toEqual(['trigger', 'end'])
  await untilSettled(daemon)
  for (const [name, , , , owed] of cases) {
    const ends =
      receivers
        .get(name)
        ?.heard()
        .filter((said) => said.startsWith('end')) ?? []
    expect([name, ends.length > 0]).toEqual([name, owed.startsWith('delivered')])
  }
  expect(elsewhere.requests()).toBe(0)
  await expectNoSecret(daemon, site.folder)
})

/** Another origin, to which nothing must ever be sent. */
async function startElsewhere() {
  let requests = 0
  const server: Server = createServer((_request, response) => {
    requests += 1
    response.end()
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => void server.close())
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, requests: () => requests }
}

/** Who asked for a pause was left alone for as long; that something comes later than it might is nobody's mistake. */
function expectPauses(receivers: ReadonlyMap<string, HostileReceiver>): void {
  const waited = (name: string) => {
    const [first, second] = receivers.get(name)?.arrivals ?? []
    return (second?.at ?? 0) - (first?.at ?? 0)
  }
  expect(waited('busy-seconds')).toBeGreaterThanOrEqual(1_900)
  // A date has whole seconds only.
  expect(waited('busy-date')).toBeGreaterThanOrEqual(1_900)
}

/** Everything that anybody can look at. */
async function expectNoSecret(daemon: Daemon, folder: string): Promise<void> {
  const paths = [
    '/readyz',
    '/metrics',
    '/api/v1/journeys',
    '/api/v1/alerts?state=all',
    '/api/v1/alerts/A-0001',
    '/api/v1/outbox',
  ]
  const answers = await Promise.all(
    paths.map(async (path) => [path, await (await fetch(`${daemon.api}${path}`)).text()] as const),
  )
  const url = ['--url', daemon.api]
  const commands = [
    ['check'],
    ['check', '--json'],
    ['status', ...url],
    ['alerts', 'list', '--state', 'all', ...url],
    ['alerts', 'explain', 'A-0001', ...url],
    ['alerts', 'explain', 'A-0001', '--json', ...url],
    ['outbox', 'list', ...url],
  ]
  const said = await Promise.all(
    commands.map(async (words) => {
      const { stdout, stderr } = await runTabiji(folder, ...words)
      return [words.join(' '), stdout + stderr] as const
    }),
  )
  await daemon.end()
  const files = ['tabiji.db', 'tabiji.yaml', 'journeys.yaml'].map(
    (name) => [name, readFileSync(join(folder, name)).toString('latin1')] as const,
  )
  const shown = [...answers, ...said, ...files, ['log', daemon.log.join('\n')] as const]
  // The walk sees something, and it is what failed.
  expect(shown.filter(([, text]) => text.length === 0)).toEqual([])
  expect(answers.map(([, text]) => text).join()).toContain('Answered 410')
  const holds = (text: string) => [PLANTED, SECRET.slice('whsec_'.length)].some((secret) => text.includes(secret))
  expect(shown.filter(([, text]) => holds(text)).map(([what]) => what)).toEqual([])
}

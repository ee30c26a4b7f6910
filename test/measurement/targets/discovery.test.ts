import { mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { expect, onTestFinished, test } from 'vitest'
import { type Daemon, startCounter, startDaemon, writeConfig } from '../ledger/testing/daemon.ts'

const TOKEN = 'discovery-token-0123456789'
const PASSWORD = 'scrape-password-0123456789'

function folderFor(): string {
  const folder = mkdtempSync(join(tmpdir(), 'tabiji-discovery-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

async function counter() {
  const made = await startCounter()
  onTestFinished(() => made.close())
  return { counter: made, address: new URL(made.url).host }
}

/** Written beside it and moved, as whoever writes lists does. */
function writeList(file: string, groups: unknown): void {
  writeFileSync(`${file}.new`, typeof groups === 'string' ? groups : JSON.stringify(groups))
  renameSync(`${file}.new`, file)
}

async function start(folder: string, discovery: string): Promise<Daemon> {
  writeConfig(folder, 'http://127.0.0.1:1/metrics')
  const file = join(folder, 'tabiji.yaml')
  const text = readFileSync(file, 'utf8').replace(/targets: \[.*\]/, `discovery: [${discovery}]`)
  writeFileSync(file, text.replace('interval: 200ms, timeout: 150ms', 'interval: 300ms, timeout: 290ms'))
  const daemon = await startDaemon(folder)
  onTestFinished(() => void daemon.child.kill('SIGKILL'))
  return daemon
}

async function until(holds: () => Promise<boolean>): Promise<void> {
  while (!(await holds())) await pause(50)
}

const metricOf = async ({ api }: Daemon, series: string): Promise<number | undefined> => {
  const line = (await (await fetch(`${api}/metrics`)).text()).split('\n').find((each) => each.startsWith(`${series} `))
  return line === undefined ? undefined : Number(line.slice(series.length + 1))
}

const troubleOf = async ({ api }: Daemon) => {
  const { checks } = (await (await fetch(`${api}/readyz`)).json()) as { checks: { name: string; message: string }[] }
  return checks.find(({ name }) => name === 'targets')?.message ?? ''
}

test('whoever comes onto a list of files is read, whoever leaves is let go of, and a broken file keeps its targets', async () => {
  const folder = folderFor()
  const [one, two] = [await counter(), await counter()]
  const file = join(folder, 'pods-a.json')
  writeList(file, [{ targets: [one.address], labels: { service: 'shop' } }])
  const daemon = await start(folder, "{ name: pods, files: ['pods-*.json'], refresh: 200ms }")

  one.counter.good = 5
  await until(async () => (await daemon.booked()) === 5)
  expect(await troubleOf(daemon)).toBe('all targets could be read')

  // Another process of the same service, in another file, YAML this time.
  const other = join(folder, 'pods-b.json')
  writeList(other, `- targets: ['${two.address}']\n  labels: { service: shop }\n`)
  await until(async () => (await metricOf(daemon, 'tabiji_discovery_targets{discovery="pods"}')) === 2)

  // Half a file, as of one that is just being written over.
  writeFileSync(file, '[{ "targets": ["127.0')
  await until(async () => (await troubleOf(daemon)).includes(`pods: ${file}:1:`))
  expect(await troubleOf(daemon)).toContain('its last targets are kept')
  one.counter.good = 9
  await until(async () => (await daemon.booked()) === 9)

  writeList(file, [])
  await until(async () => (await metricOf(daemon, 'tabiji_discovery_targets{discovery="pods"}')) === 1)
  const reads = async () => metricOf(daemon, `tabiji_source_reads_total{source="shop ${one.counter.url}",result="ok"}`)
  const last = await reads()
  const twoReads = () => metricOf(daemon, `tabiji_source_reads_total{source="shop ${two.counter.url}",result="ok"}`)
  const from = (await twoReads()) ?? 0
  await until(async () => ((await twoReads()) ?? 0) >= from + 5)
  // The other one was read five times since; this one at most once, if a reading was under way.
  expect((await reads()) ?? 0).toBeLessThanOrEqual((last ?? 0) + 1)
  expect(await troubleOf(daemon)).toBe('all targets could be read')
  expect(await daemon.end()).toBe(0)
})

test('a process whose target leaves the list without its last word is doubted, until it is read again', async () => {
  const folder = folderFor()
  const { counter: made, address } = await counter()
  const file = join(folder, 'pods.json')
  writeList(file, [{ targets: [address] }])
  const daemon = await start(folder, '{ name: pods, files: [pods.json], service: shop, refresh: 200ms }')
  made.good = 3
  await until(async () => (await daemon.booked()) === 3)

  writeList(file, [])
  const doubts = async () => {
    const answer = await fetch(`${daemon.api}/api/v1/doubts?state=open`)
    return ((await answer.json()) as { doubts: { process: string; to?: string }[] }).doubts
  }
  await until(async () => (await doubts()).length > 0)
  expect(await doubts()).toMatchObject([{ process: 'p-1', to: expect.any(String) }])

  // It is listed again and says all that it counted: nothing is missing.
  writeList(file, [{ targets: [address] }])
  made.good = 4
  await until(async () => (await daemon.booked()) === 4 && (await doubts()).length === 0)
  expect(await daemon.end()).toBe(0)
})

test('a list by HTTP is asked for with its token, its targets are read with a password, and no list that harms is taken', async () => {
  const folder = folderFor()
  const { counter: made, address } = await counter()
  const asked: IncomingHttpHeaders[] = []
  const good = JSON.stringify([{ targets: [address], labels: { service: 'shop' } }])
  const json = { 'content-type': 'application/json; charset=utf-8' }
  let answer: (response: ServerResponse) => unknown = (response) => response.writeHead(200, json).end(good)
  const server = createServer((request, response) => {
    asked.push(request.headers)
    answer(response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  writeFileSync(join(folder, 'token'), TOKEN)
  writeFileSync(join(folder, 'password'), PASSWORD)
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/targets?key=hunter2`
  const daemon = await start(
    folder,
    `{ name: cloud, http: { url: '${url}', tokenFile: token }, refresh: 200ms, username: reader, passwordFile: password }`,
  )
  made.good = 2
  await until(async () => (await daemon.booked()) === 2)
  expect(asked[0]).toMatchObject({ authorization: `Bearer ${TOKEN}`, 'x-prometheus-refresh-interval-seconds': '1' })

  const harms: readonly [string, (response: ServerResponse) => unknown][] = [
    ['Expected status 200, got 503', (response) => response.writeHead(503, json).end('[]')],
    ['application/json', (response) => response.writeHead(200, { 'content-type': 'text/html' }).end('[]')],
    ['Expected at most 1000 targets', (response) => response.writeHead(200, json).end(listOf(2_000))],
    ['bytes', (response) => response.writeHead(200, json).end(' '.repeat(5 * 1024 ** 2))],
    ['1:1', (response) => response.writeHead(200, json).end('{"targets":[]}')],
    [
      'Expected status 200, got 302',
      (response) => response.writeHead(302, { location: 'http://169.254.169.254/' }).end(),
    ],
  ]
  for (const [says, harm] of harms) {
    answer = harm
    await until(async () => (await troubleOf(daemon)).includes(says))
    expect(await troubleOf(daemon)).toContain('the targets of its last list are kept')
    made.good++
    const { good: counted } = made
    await until(async () => (await daemon.booked()) === counted)
  }
  // One address that must never be called is left out by name; the honest one beside it stays.
  answer = (response) =>
    response
      .writeHead(200, json)
      .end(JSON.stringify([{ targets: ['169.254.169.254:80', address], labels: { service: 'shop' } }]))
  await until(async () => (await troubleOf(daemon)).includes('link-local'))
  made.good++
  const { good: counted } = made
  await until(async () => (await daemon.booked()) === counted)

  expect(await daemon.end()).toBe(0)
  for (const secret of [TOKEN, PASSWORD, 'hunter2', Buffer.from(`reader:${PASSWORD}`).toString('base64')]) {
    expect(daemon.log.join('\n')).not.toContain(secret)
  }
})

function listOf(targets: number): string {
  return JSON.stringify([
    { targets: Array.from({ length: targets }, (_, i) => `host-${i}:1`), labels: { service: 'shop' } },
  ])
}

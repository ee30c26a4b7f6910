import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { journeysText, pastText, startStage } from '../../../examples/body-measurement/src/testing/stage.ts'
import { type Daemon, runTabiji, startDaemon } from '../../measurement/ledger/testing/daemon.ts'

/** No browser prints reports here: that is shown elsewhere, and takes seconds. */
const ENV = { TABIJI_BROWSER: '/nowhere' }

type Token = { readonly name: string; readonly may: 'read' | 'write'; readonly token: string }
type Plan = {
  readonly tokens?: readonly Token[]
  /** Titles by journey, instead of the example's. */
  readonly titles?: Readonly<Record<string, string>>
}

/** The real daemon that reads the real example service, with real requests and a made-up past; all of it ends by `end`. */
export type House = {
  /** Where its pages are; the same after a restart. */
  readonly url: string
  /** Makes the service fail, or lets it be well again. */
  readonly fault: (kind: 'none' | 'error') => Promise<void>
  /** Kills the daemon, as a machine does that loses its power. */
  readonly kill: () => Promise<void>
  /** Starts it again, on the same files. */
  readonly start: () => Promise<void>
  readonly end: () => Promise<void>
}

export async function openHouse(plan: Plan = {}): Promise<House> {
  const folder = mkdtempSync(join(tmpdir(), 'tabiji-pages-'))
  const endings: (() => unknown)[] = [() => rmSync(folder, { recursive: true, force: true })]
  const end = async () => {
    for (const each of endings.splice(0).reverse()) await each()
  }
  try {
    writeFiles(folder, plan)
    const brought = await runTabiji(folder, 'import', 'past.ndjson')
    if (brought.exit !== 0) throw new Error(`Expected the past to be imported: ${brought.stderr}`)
    // After the books were opened: a process that begins later than they do is counted whole.
    const stage = await startStage()
    endings.push(stage.end)
    writeConfig(folder, plan, { api: await freePort(), metrics: stage.metricsUrl })
    let daemon: Daemon = await startDaemon(folder, ENV)
    endings.push(() => daemon.end())
    return {
      url: daemon.api,
      fault: stage.fault,
      kill: async () => {
        daemon.child.kill('SIGKILL')
        await daemon.end()
      },
      start: async () => {
        daemon = await startDaemon(folder, ENV)
      },
      end,
    }
  } catch (error) {
    await end()
    throw error
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  await new Promise((closed) => server.close(closed))
  return port
}

function writeFiles(folder: string, { tokens = [], titles = {} }: Plan): void {
  const stated = JSON.parse(journeysText()) as { journeys: Record<string, object> }
  const named = Object.entries(stated.journeys).map(([name, journey]) => {
    const title = titles[name]
    return [name, title === undefined ? journey : { ...journey, title: { en: title, ja: title } }]
  })
  // Seconds instead of hours.
  const policy = { milestones: [], pairs: [{ level: 1, long: '20s', short: '5s', factor: 4 }] }
  const file = { ...stated, policy, journeys: Object.fromEntries(named) }
  writeFileSync(join(folder, 'journeys.json'), JSON.stringify(file))
  writeFileSync(join(folder, 'past.ndjson'), pastText(Date.now()))
  writeConfig(folder, { tokens }, { api: 0, metrics: 'http://127.0.0.1:9/metrics' })
  mkdirSync(join(folder, 'secrets'))
  for (const { name, token } of tokens) writeFileSync(join(folder, 'secrets', name), `${token}\n`)
}

function writeConfig(folder: string, { tokens = [] }: Plan, at: { api: number; metrics: string }): void {
  const listed = tokens.map(({ name, may }) => ({ name, may, tokenFile: `secrets/${name}` }))
  const target = { service: 'body-measurement', url: at.metrics, interval: '1s', timeout: '1s' }
  const config = {
    // People open incidents here, not the pages of level 1.
    ...{ journeys: 'journeys.json', store: 'tabiji.db', targets: [target], incidents: { openOn: 'never' } },
    ledger: { slots: [{ width: '1s' }, { width: '1m', from: '15m' }, { width: '5m', from: '1d' }] },
    evaluation: { interval: '1s', grace: '2s' },
    listen: { api: { port: at.api, ...(listed.length > 0 && { tokens: listed }) }, ingest: { port: 0 } },
  }
  writeFileSync(join(folder, 'tabiji.yaml'), JSON.stringify(config))
}

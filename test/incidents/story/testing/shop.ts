import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createApp, createLog } from '@tabiji/collector'
import { readJourneys } from '@tabiji/core/journey/document'
import { expect } from 'vitest'
import { configIn } from '../../../../packages/collector/src/testing/config.ts'
import { runTabiji } from '../../../measurement/ledger/testing/daemon.ts'
import { startTill } from '../../../measurement/replay/testing/till.ts'
import { SECRET, startReceiver } from '../../../road/testing/receiver.ts'
import { startFakeGithub, TOKEN } from '../../trackers/testing/fake-github.ts'

export const MINUTE = 60_000
const SLOT = 15_000

const JOURNEYS = `timeZone: Asia/Tokyo
classes: { read: 300ms, write: 1s, heavy: 20s }
journeys:
  checkout:
    title: { en: Check out, ja: 購入 }
    owner: shop-team
    runbook: https://wiki.example.org/checkout
    alerts: { excluded: false }
    objectives:
      availability:
        target: 99
        policy:
          milestones: []
          pairs: [{ level: 1, long: 1h, short: 5m, factor: 10 }]
    steps:
      pay: { http: POST /pay, within: write }
`

type Document = Readonly<Record<string, unknown>>
type Counts = { readonly good: number; readonly bad: number }
type Row = { readonly slot: string; readonly good: number; readonly slow: number; readonly error: number }

export type Shop = Awaited<ReturnType<typeof openShop>>

/** A shop, its collector, a pager and GitHub, on a clock that the test moves. */
export async function openShop(noon: number) {
  const folder = mkdtempSync(join(tmpdir(), 'tabiji-story-'))
  const read = readJourneys(JOURNEYS, 'journeys.yaml')
  if (!read.ok) throw new Error(read.problems.map(({ message }) => message).join('\n'))
  const { definition } = read
  const clock = { now: noon }
  const [pager, till, github] = await Promise.all([startReceiver(), startTill(noon), startFakeGithub(() => clock.now)])
  writeFileSync(join(folder, 'journeys.yaml'), JOURNEYS)
  // What the commands go by that read the store by themselves.
  writeFileSync(join(folder, 'tabiji.yaml'), 'journeys: journeys.yaml\nstore: tabiji.db\n')
  const place = {
    name: 'github',
    kind: 'github',
    label: 'permanent-fix',
    repositories: ['acme/shop'],
    blocked: [],
    create: [],
  } as const
  const config = configIn(folder, {
    targets: [{ service: 'shop', url: till.url, intervalMs: SLOT, timeoutMs: 5_000 }],
    receivers: [{ name: 'pager', kind: 'webhook', url: () => pager.url, secret: () => SECRET }],
    routes: { 1: ['pager'], 2: [], 3: [] },
    trackers: [{ ...place, url: github.url, intervalMs: MINUTE, token: () => TOKEN }],
  })
  const app = createApp(config, definition, {
    now: () => clock.now,
    log: createLog('silent'),
    loadDefinition: () => ({ ok: true, definition }),
  })
  const { api } = await app.open()
  await app.turns.read()

  /** What really happened, half minute by half minute, counted by nobody but this test. */
  const truth: (Counts & { readonly at: number })[] = []
  const get = async <Shape = Document>(path: string): Promise<Shape> => {
    const response = await fetch(`${api}/api/v1${path}`)
    expect([path, response.status]).toEqual([path, 200])
    return (await response.json()) as Shape
  }
  const send = (path: string, body: object) =>
    fetch(`${api}/api/v1${path}`, {
      ...{ method: 'POST', headers: { 'content-type': 'application/json' } },
      body: JSON.stringify(body),
    })
  const tabiji = async (...words: readonly string[]) => {
    const ran = await runTabiji(folder, ...words)
    expect([words.join(' '), ran.exit, ran.exit === 0 ? '' : ran.stderr]).toEqual([words.join(' '), 0, ''])
    return ran.stdout
  }
  return {
    ...{ folder, clock, pager, github, turns: app.turns, get, send },
    /** Minutes with a hundred payments in each half, of which so many fail. */
    pass: async (minutes: number, failing = 0): Promise<void> => {
      for (let half = 0; half < minutes * 2; half++) {
        till.pay.error += failing
        till.pay.good += 100 - failing
        clock.now += MINUTE / 2 - 1_000
        await app.turns.read()
        truth.push({ at: clock.now, good: 100 - failing, bad: failing })
        clock.now += 1_000
        app.turns.evaluate()
        await app.turns.deliver()
      }
    },
    /** What happened in a stretch, by the till. */
    truthIn: (from: number, to: number) => {
      const met = truth.filter((each) => each.at >= from && each.at < to)
      const bad = met.reduce((sum, each) => sum + each.bad, 0)
      return { bad, valid: bad + met.reduce((sum, each) => sum + each.good, 0) }
    },
    post: async (path: string, body: object): Promise<Document> => {
      const response = await send(path, body)
      const document = (await response.json()) as Document
      expect([path, response.ok, document['error']]).toEqual([path, true, undefined])
      return document
    },
    /** Runs a command against the collector, which must succeed. @returns what it printed */
    tabiji: (...words: readonly string[]) => tabiji(...words, '--url', api),
    /** The entries of the ledger as they stand in the store, by the command that reads it by itself. */
    ledger: async (...stretch: readonly string[]) =>
      JSON.parse(await tabiji('ledger', 'show', 'checkout', '--json', ...stretch)) as {
        readonly entries: readonly Row[]
        readonly sums: readonly Document[]
        readonly agrees: boolean
      },
    close: async () => {
      await app.stop()
      await Promise.all([till.close(), pager.close(), github.close()])
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type AlertDetail, type App, createApp, createLog } from '@tabiji/collector'
import { readJourneys } from '@tabiji/core/journey/document'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { configIn } from '../../../packages/collector/src/testing/config.ts'
import { startTill } from './testing/till.ts'

const TABIJI = join(import.meta.dirname, '../../../packages/collector/bin/tabiji.js')
const NOON = Date.parse('2026-10-15T12:00:00+09:00')
const SLOT = 15_000
const DAY = 86_400_000

/** What the till is for; the target, the promised time of `pay` and a policy may be others. */
const journeysFile = ({ target = '99', within = '1s', policy = '' } = {}) => `timeZone: Asia/Tokyo
journeys:
  checkout:
    title: { en: Check out, ja: 購入 }
    objectives:
      availability: ${policy === '' ? target : `{ target: ${target}, policy: ${policy} }`}
    steps:
      pay: { http: POST /orders, within: ${within} }
  refund:
    title: { en: Refund, ja: 返金 }
    objectives: { availability: 99 }
    steps:
      ask: { http: POST /refunds, within: 1s }
`

type Document = {
  readonly alerts: readonly { readonly rule: string; readonly from: string; readonly incidents: readonly string[] }[]
  readonly incidents: readonly { readonly key: string; readonly found: boolean }[]
  readonly scores: { readonly overall: object }
  readonly notes: readonly string[]
}

/** One afternoon of a real daemon, told once: each test goes on where the one before it stopped. */
describe.sequential('a replay beside the daemon that kept the books', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tabiji-replay-'))
  const file = (name: string) => join(folder, name)
  const clock = { now: NOON }
  let till: Awaited<ReturnType<typeof startTill>>
  let app: App
  let api: string

  const open = async () => {
    const read = readJourneys(journeysFile(), 'journeys.yaml')
    if (!read.ok) throw new Error('Expected the journeys file to be right')
    const { definition } = read
    const config = configIn(folder, {
      targets: [{ service: 'shop', url: till.url, intervalMs: SLOT, timeoutMs: 5_000 }],
      ledger: {
        grid: [
          { fromAgeSeconds: 0, width: 15 },
          { fromAgeSeconds: (3 * DAY) / 1000, width: 60 },
        ],
        clockSkewMs: 5_000,
      },
      // People open the incidents of this past.
      incidents: { openOn: 'never', joinWithinMs: 0 },
    })
    app = createApp(config, definition, {
      now: () => clock.now,
      log: createLog('silent'),
      loadDefinition: () => ({ ok: true, definition }),
    })
    ;({ api } = await app.open())
  }

  beforeAll(async () => {
    till = await startTill(NOON)
    writeFileSync(file('journeys.yaml'), journeysFile())
    const ledger = '{ slots: [{ width: 15s }, { width: 1m, from: 3d }] }'
    writeFileSync(
      file('tabiji.yaml'),
      `journeys: journeys.yaml\nstore: tabiji.db\ntargets: [{ service: shop, url: '${till.url}' }]\nledger: ${ledger}\n`,
    )
    await open()
    await app.turns.read()
  })
  afterAll(async () => {
    await app.stop()
    await till.close()
    rmSync(folder, { recursive: true, force: true })
  })

  /** Lets minutes pass with four payments in each slot, which fail while the till is broken. */
  async function pass(minutes: number, outcome: 'good' | 'error' = 'good'): Promise<void> {
    for (let slot = 0; slot < minutes * 4; slot++) {
      till.pay[outcome] += 4
      clock.now += SLOT
      await app.turns.read()
      app.turns.evaluate()
    }
  }

  const post = (path: string, body: object) => {
    const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }
    return fetch(`${api}/api/v1${path}`, init)
  }
  /** The command as people run it: a process of its own, which knows nothing but the files. */
  const replay = (...words: readonly string[]) =>
    new Promise<{ exit: number; stdout: string; stderr: string }>((resolve) => {
      const stretch = ['--from', '2026-10-15T12:00:01+09:00', '--to', '2026-10-15T12:33+09:00']
      const all = [TABIJI, 'replay', '--config', file('tabiji.yaml'), ...stretch, ...words]
      const child = execFile(process.execPath, all, (_error, stdout, stderr) =>
        resolve({ exit: child.exitCode ?? -1, stdout, stderr }),
      )
    })
  const document = async (...words: readonly string[]) => {
    const { stdout, stderr } = await replay('--every', '15s', '--json', ...words)
    expect(stderr).toBe('')
    return JSON.parse(stdout) as Document
  }
  const told = (iso: string) => Date.parse(iso)

  test('gives exactly the episodes that the daemon had, with an incident that one belongs to', async () => {
    await pass(6)
    await pass(6, 'error')
    const opened = await post('/incidents', { title: 'payments fail', journeys: ['checkout'], level: 1 })
    expect(opened.status).toBe(201)
    await pass(20)
    const listed = (await (await fetch(`${api}/api/v1/alerts?state=all`)).json()) as { alerts: readonly AlertDetail[] }
    const had = listed.alerts.map(({ rule, episode }) => ({ rule, from: episode.startedAt }))
    expect(had.length).toBeGreaterThan(4)
    const { alerts, incidents } = await document()
    const order = (a: { rule: string; from: number }, b: { rule: string; from: number }) =>
      a.from - b.from || (a.rule < b.rule ? -1 : 1)
    expect(alerts.map(({ rule, from }) => ({ rule, from: told(from) })).toSorted(order)).toEqual(had.toSorted(order))
    expect(incidents).toEqual([expect.objectContaining({ key: 'INC-0001', found: true })])
  })

  test('is told as a table: what rang, the incident it belongs to, and how often that was right', async () => {
    const { exit, stdout } = await replay()
    expect(exit).toBe(0)
    expect(stdout).toMatch(/checkout\/availability\/level-1 +\d+h\/\d+m +\d+\.\dx +INC-0001/)
    // Opened at 12:12 by hand; the books say when it began.
    expect(stdout).toMatch(/INC-0001 +2026-10-15 12:06 \+09:00 +after 1 min +checkout\/availability\/level-1/)
    expect(stdout).toMatch(/level 1 +1 +1 +0 +100\.0 % +1 +1 +0 +100\.0 %/)
    expect(stdout).toContain('as the daemon saw them')
  })

  test('an incident that nothing rang for is a miss, and a drill is none', async () => {
    await post('/incidents', { title: 'nobody gets money back', journeys: ['refund'], level: 1 })
    await post('/incidents', { title: 'what if payments fail', journeys: ['refund'], level: 1, drill: true })
    await pass(1)
    const { incidents, scores } = await document()
    expect(incidents.map(({ key, found }) => [key, found])).toEqual([
      ['INC-0001', true],
      ['INC-0002', false],
    ])
    expect(scores.overall).toMatchObject({ incidents: 2, found: 1, recallPpm: 500_000 })
  })

  test('another file tries other targets on the same outcomes, and says what it cannot try', async () => {
    writeFileSync(file('loose.yaml'), journeysFile({ target: '20', within: '300ms' }))
    const { alerts, notes } = await document('--journeys', file('loose.yaml'))
    expect(alerts.filter(({ rule }) => rule.includes('/level-'))).toEqual([])
    expect(notes).toContainEqual(
      expect.stringContaining('checkout/pay promises 300ms, but its events were judged by 1s when they happened'),
    )
  })

  test('without a daemon the file alone says the same', async () => {
    const before = await document()
    await app.stop()
    expect(await document()).toEqual(before)
    await open()
  })

  test('what is kept in wider slots is judged by whole ones, and narrower windows are left out', async () => {
    const fine = await document('--known', 'now')
    clock.now += 5 * DAY
    await app.turns.keep()
    const policy =
      '{ pairs: [{ level: 1, long: 1h, short: 5m, factor: 14.4 }, { level: 1, long: 5m, short: 30s, factor: 14.4 }] }'
    writeFileSync(file('quick.yaml'), journeysFile({ policy }))
    const quick = await document('--journeys', file('quick.yaml'))
    expect(quick.notes).toContainEqual(
      expect.stringMatching(
        /kept in slots of 1m, and windows are whole slots; pairs and rules with a \(short\) window of 30s could not/,
      ),
    )
    const coarse = await document('--known', 'now')
    const pageOf = ({ alerts }: Document) =>
      told(alerts.find(({ rule }) => rule === 'checkout/availability/level-1')?.from ?? '')
    // A slot that was put together is known when it is over: at most one later than as it was booked.
    expect(pageOf(coarse) - pageOf(fine)).toBeGreaterThanOrEqual(0)
    expect(pageOf(coarse) - pageOf(fine)).toBeLessThanOrEqual(60_000)
  })

  test('nothing booked is no answer, and a stretch that ends before it begins is none', async () => {
    expect(await replay('--from', '2026-09-01', '--to', '2026-09-02')).toMatchObject({ exit: 5, stdout: '' })
    const wrong = await replay('--to', '2026-10-14')
    expect(wrong.exit).toBe(2)
    expect(wrong.stderr).toContain('Expected `--from` to be before `--to`')
    expect((await replay('--every', '100ms')).stderr).toContain('Expected a duration of whole seconds')
  })
})

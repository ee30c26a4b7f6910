import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type App, createApp, createLog } from '@tabiji/collector'
import { readJourneys } from '@tabiji/core/journey/document'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { configIn } from '../../../packages/collector/src/testing/config.ts'
import { startTill } from './testing/till.ts'

const TABIJI = join(import.meta.dirname, '../../../packages/collector/bin/tabiji.js')
const NOON = Date.parse('2026-10-15T12:00:00+09:00')
const SLOT = 15_000

const JOURNEYS = `timeZone: Asia/Tokyo
classes: { read: 300ms, write: 1s, heavy: 20s }
journeys:
  checkout:
    title: { en: Check out, ja: 購入 }
    objectives: { availability: 99, latency: 95 }
    steps:
      pay: { http: POST /orders, within: write }
`

type Document = {
  readonly steps: readonly { readonly measured: number; readonly booked: number; readonly withins: readonly object[] }[]
  readonly objectives: readonly {
    readonly name: string
    readonly targets: readonly { readonly targetPpm: number; readonly met: boolean; readonly alerts: object }[]
  }[]
}

describe.sequential('advice from the record of a daemon', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tabiji-advise-'))
  const clock = { now: NOON }
  let till: Awaited<ReturnType<typeof startTill>>
  let app: App

  const open = async () => {
    const read = readJourneys(JOURNEYS, 'journeys.yaml')
    if (!read.ok) throw new Error('Expected the journeys file to be right')
    const targets = [{ service: 'shop', url: till.url, intervalMs: SLOT, timeoutMs: 5_000 }]
    app = createApp(configIn(folder, { targets }), read.definition, {
      now: () => clock.now,
      log: createLog('silent'),
      loadDefinition: () => ({ ok: true, definition: read.definition }),
    })
    await app.open()
  }

  beforeAll(async () => {
    till = await startTill(NOON + 1_000)
    writeFileSync(join(folder, 'journeys.yaml'), JOURNEYS)
    writeFileSync(
      join(folder, 'tabiji.yaml'),
      `journeys: journeys.yaml\nstore: tabiji.db\ntargets: [{ service: shop, url: '${till.url}' }]\nledger: { slots: [{ width: 15s }] }\n`,
    )
    await open()
  })
  afterAll(async () => {
    await app.stop()
    await till.close()
    rmSync(folder, { recursive: true, force: true })
  })

  /** Ninety of a hundred take 250 ms at most, nine 1 s, one more than 2.5 s; `failing` of them fail. */
  async function pass(slots: number, failing: number): Promise<void> {
    for (let slot = 0; slot < slots; slot++) {
      till.pay.good += 99 - failing
      till.pay.slow += 1
      till.pay.error += failing
      for (const [le, events] of [
        ['0.25', 90],
        ['1', 9],
        ['2.5', 0],
        ['+Inf', 1],
      ] as const) {
        till.took.set(le, (till.took.get(le) ?? 0) + events)
      }
      clock.now += SLOT
      await app.turns.read()
    }
  }

  const advise = (...words: readonly string[]) =>
    new Promise<{ exit: number; stdout: string; stderr: string }>((resolve) => {
      const stretch = ['--from', '2026-10-15', '--to', '2026-10-15T12:20+09:00']
      const all = [TABIJI, 'advise', ...words, '--config', join(folder, 'tabiji.yaml'), ...stretch]
      const child = execFile(process.execPath, all, (_error, stdout, stderr) =>
        resolve({ exit: child.exitCode ?? -1, stdout, stderr }),
      )
    })
  const document = async () => JSON.parse((await advise('checkout', '--json')).stdout) as Document

  test('knows how long events took, and which shared times would have met the promise', async () => {
    await pass(21, 0)
    const [pay] = (await document()).steps
    // Taken at the first reading, which is the whole of a process that began after the daemon, and five minutes later.
    expect(pay).toMatchObject({ booked: 2_100, measured: 2_100, percentiles: { p50: 250, p95: 1_000, p99: 1_000 } })
    expect(pay?.withins).toEqual([
      { ms: 300, className: 'read', inTime: 1_890, meets: [] },
      { ms: 1_000, className: 'write', inTime: 2_079, meets: ['latency'] },
      { ms: 20_000, className: 'heavy', inTime: 2_079, meets: ['latency'] },
    ])
  })

  test('counts what stricter and looser targets would have rung', async () => {
    await pass(20, 5)
    const [availability] = (await document()).objectives
    expect(availability?.targets.map(({ targetPpm, met }) => [targetPpm, met])).toEqual([
      [950_000, true],
      [980_000, false],
      [990_000, false],
      [995_000, false],
      [998_000, false],
    ])
    const pages = availability?.targets.map(({ alerts }) => (alerts as { 1: number })[1])
    expect(pages?.at(0)).toBe(0)
    expect(pages?.at(-1)).toBe(1)
  })

  test('a restart forgets where processes stood, and counts nothing twice', async () => {
    await app.stop()
    await open()
    const before = (await document()).steps[0]?.measured ?? 0
    await pass(1, 0)
    expect((await document()).steps[0]?.measured).toBe(before)
    await pass(20, 0)
    expect((await document()).steps[0]?.measured).toBe(before + 2_000)
  })

  test('is told as tables, with the traffic below which few failures ring, and what is not known', async () => {
    const { stdout } = await advise('checkout')
    expect(stdout).toMatch(/pay +≤ 250ms +≤ 1s +≤ 1s +read \(300ms\) +90\.000 % +–/)
    expect(stdout).toMatch(/ write \(1s\) promised +99\.000 % +latency/)
    expect(stdout).toMatch(/level 1 by 1h\/5m: 3 failures ring below \d+ events an hour/)
    expect(stdout).toMatch(/note: of pay it is known how long [\d,]+ of [\d,]+ events took/)
  })

  test('an unknown journey has none', async () => {
    const { exit, stderr } = await advise('chekout')
    expect(exit).toBe(1)
    expect(stderr).toContain('did you mean "checkout"?')
  })
})

import { copyFileSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { openOn, sumsOf } from '../../../packages/collector/src/jobs/testing/ledger-on-file.ts'
import { type Daemon, runTabiji, startCounter, startDaemon, writeConfig } from './testing/daemon.ts'

const OLD = join(import.meta.dirname, 'fixtures/store-v1.db')

/** What a walk over the log of the old store came to when it was written: `pay`, then `cart`; outcomes and seconds read. */
const SUMS = [
  [4_598, 2, 12, 200, 12_000],
  [9_196, 0, 0, 0, 12_000],
]

type Facts = {
  readonly journeys: readonly {
    readonly steps: readonly { readonly name: string; readonly counts: readonly number[] }[]
    readonly objectives: readonly { readonly spent?: unknown }[]
  }[]
  readonly incidents: readonly { readonly key: string }[]
}

async function monthOf({ api }: Daemon, month: string): Promise<Facts> {
  return (await (await fetch(`${api}/api/v1/months/${month}/facts`)).json()) as Facts
}

function withoutCauses({ objectives, ...journey }: Facts['journeys'][number]) {
  return { ...journey, objectives: objectives.map(({ spent: _, ...objective }) => objective) }
}

test('a store of the first schema is copied, brought up to date, says the same, and goes on counting', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'tabiji-upgrade-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const shop = await startCounter()
  onTestFinished(shop.close)
  writeConfig(folder, shop.url)
  copyFileSync(OLD, join(folder, 'tabiji.db'))

  const daemon = await startDaemon(folder)
  onTestFinished(async () => void (await daemon.end()))
  const name = readdirSync(folder).find((file) => /^tabiji\.db\.before-schema-\d+\.db$/.test(file)) ?? 'no copy'
  const copy = join(folder, name)
  expect(existsSync(copy)).toBe(true)
  expect(daemon.log.join('\n')).toContain(name)

  const october = await monthOf(daemon, '2026-10')
  expect(october.journeys[0]?.steps).toEqual([
    { name: 'pay', counts: SUMS[0]?.slice(0, 4) },
    { name: 'cart', counts: SUMS[1]?.slice(0, 4) },
  ])
  expect(october.incidents.map(({ key }) => key)).toEqual(['INC-0001'])

  shop.good = 40
  await expect.poll(() => daemon.booked(), { timeout: 15_000 }).toBe(40)
  // When the incident began is read from the books once the collector is up, and with it what it cost.
  expect((await monthOf(daemon, '2026-10')).journeys.map(withoutCauses)).toEqual(october.journeys.map(withoutCauses))
  // The old entries are put in order as soon as the collector is up; a copy of it all is whole.
  expect(await runTabiji(folder, 'backup', 'after.db')).toMatchObject({ exit: 0 })
  expect(await daemon.end()).toBe(0)

  const [[good = 0, ...rest] = [], cart] = SUMS
  const opened = openOn(join(folder, 'tabiji.db'))
  const now = sumsOf(opened.store.rows(0, Number.MAX_SAFE_INTEGER))
  expect([now[0]?.slice(0, 4), now[1]]).toEqual([[good + 40, ...rest.slice(0, 3)], cart])
  opened.close()
  const before = openOn(copy)
  expect(sumsOf(before.store.rows(0, Number.MAX_SAFE_INTEGER))).toEqual(SUMS)
  before.close()
})

import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { runTabiji, startDaemon } from '../../measurement/ledger/testing/daemon.ts'
import { openOffice } from '../calendar/testing/office.ts'
import { openHouse } from '../gates/testing/house.ts'

const PATIENCE = { timeout: 60_000, interval: 50 }
const endings: (() => Promise<unknown>)[] = []

afterEach(async () => {
  for (const end of endings.splice(0).reverse()) await end()
}, 60_000)

/** Why somebody was told, or was not, asked as people ask. */
async function explain(folder: string, api: string, alert = 'A-0001'): Promise<string> {
  const { exit, stdout, stderr } = await runTabiji(folder, 'alerts', 'explain', alert, '--url', api)
  expect([exit, stderr]).toEqual([0, ''])
  return stdout
}

describe('tabiji alerts explain', () => {
  test('says until when a level 2 is deferred, and by which digest it was told', async () => {
    const office = await openOffice('2026-11-06T21:00+09:00', '')
    await office.fail('2026-11-06T22:00+09:00', 20)
    const waiting = await explain(office.folder, office.api())
    expect(waiting).toMatch(/hours: defer until 2026-11-09 10:00/)
    expect(office.team()).toEqual([])

    await office.turn('2026-11-09T10:00+09:00')
    expect(office.team()).toHaveLength(1)
    const told = await explain(office.folder, office.api())
    expect(told).toMatch(/digested/)
    expect(told).toMatch(/hours: defer until 2026-11-09 10:00/)
  }, 120_000)

  test('says who was told instead of a receiver that takes nothing', async () => {
    const house = await openHouse(
      'fallback: hook',
      `receivers:
  - { name: bell, kind: webhook, urlFile: hook-url, secretFile: bell-secret }
  - { name: hook, kind: webhook, urlFile: hook-url, secretFile: hook-secret }
routes: { page: [bell], ticket: [hook], notice: [hook] }`,
    )
    endings.push(house.close)
    // The receiver answers 401 to what is signed with another secret.
    writeFileSync(join(house.folder, 'bell-secret'), 'whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=')
    const daemon = await startDaemon(house.folder)
    endings.push(daemon.end)
    house.counts.error = 11
    await expect
      .poll(() => explain(house.folder, daemon.api), PATIENCE)
      .toMatch(/hook +trigger, delivered instead of bell/)
    expect(await explain(house.folder, daemon.api)).toMatch(/bell +trigger, dead[\s\S]*tried: rejected .*401/)
    expect(house.messages.map(({ data }) => data['rule'])).toContain('checkout/alerts/broken')
  }, 120_000)
})

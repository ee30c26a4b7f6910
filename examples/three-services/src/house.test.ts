import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { JourneyWork, Overview } from '@tabiji/collector'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sendPhotos } from './customer.ts'
import { type House, openHouse } from './house.ts'

const SERVICE = join(import.meta.dirname, '../dist/main.js')
const PHOTOS = 12
const BROKEN = 3
const WAIT = { timeout: 60_000, interval: 300 }

describe.sequential('one journey through three services and a queue', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tabiji-three-services-'))
  let house: House

  beforeAll(async () => {
    house = await openHouse(SERVICE, folder)
    expect(await sendPhotos(house.webUrl, PHOTOS, PHOTOS / BROKEN)).toEqual({ 200: PHOTOS - BROKEN, 500: BROKEN })
  })

  afterAll(async () => {
    await house?.stop()
    rmSync(folder, { recursive: true, force: true })
  })

  const get = async <Answer>(path: string) => (await (await fetch(`${house.api}/api/v1${path}`)).json()) as Answer
  /** Per service and step: valid events, and failed ones. Whether they were in time is the machine's affair here. */
  const done = async (journey: string, which: 'own' | 'dependencies') => {
    const works = (await get<JourneyWork>(`/journeys/${journey}/dependencies`))[which]
    const rows = works.map(({ service, step, counts: [good, slow, error] }) => [
      `${service} ${step}`,
      good + slow + error,
      error,
    ])
    return rows.filter(([name]) => !String(name).endsWith('tell')).sort()
  }

  test('is one journey with its dependencies in the collector', async () => {
    await expect
      .poll(() => done('measure-feet', 'dependencies'), WAIT)
      .toEqual([
        ['measurement find-feet.find', PHOTOS, BROKEN],
        ['measurement find-feet.take', PHOTOS, 0],
        ['storage keep-photos.put', PHOTOS, BROKEN],
      ])
    await expect.poll(() => done('measure-feet', 'own'), WAIT).toContainEqual(['web send', PHOTOS, 0])
    const own = await done('measure-feet', 'own')
    expect(own.map(([name]) => name)).toEqual(['web read', 'web send'])
  })

  test('counts for each team’s own promise too, and each event once', async () => {
    expect(await done('find-feet', 'own')).toEqual([
      ['measurement find', PHOTOS, BROKEN],
      ['measurement take', PHOTOS, 0],
    ])
    expect(await done('keep-photos', 'own')).toEqual([['storage put', PHOTOS, BROKEN]])
    expect(await done('keep-photos', 'dependencies')).toEqual([])
    const { journeys } = await get<Overview>('/journeys')
    const keeping = journeys.find(({ name }) => name === 'keep-photos')
    expect(keeping?.objectives.map(({ bad, valid }) => [bad, valid])).toEqual([[BROKEN, PHOTOS]])
  })

  test('is not moved by a customer who claims another journey', async () => {
    const before = await done('measure-feet', 'dependencies')
    const version = (await get<Overview>('/journeys')).fingerprint.slice(0, 8)
    const headers = { baggage: `tabiji=measure-feet.send;v=${version}` }
    const put = (i: number) => fetch(`${house.storageUrl}/stored/${i}`, { method: 'PUT', body: 'a photo', headers })
    for (let i = 0; i < 5; i++) expect((await put(i)).status).toBe(204)
    await expect.poll(() => done('keep-photos', 'own'), WAIT).toEqual([['storage put', PHOTOS + 5, BROKEN]])
    expect(await done('measure-feet', 'dependencies')).toEqual(before)
    const metrics = await (await fetch(`${house.storageUrl}/metrics`)).text()
    expect(metrics).toContain('journey_sdk_dropped_total{reason="untrusted"} 5')
  })

  test('is told by the command', async () => {
    const text = await house.tabiji('dependencies', 'measure-feet')
    expect(text).toMatch(/^storage +keep-photos\.put +dependency +\d+ +\d+ +3 +0 +\d+\.\d %/m)
    expect(text).toContain(', WORST')
  })
})

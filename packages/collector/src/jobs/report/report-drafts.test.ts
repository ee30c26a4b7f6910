import { join } from 'node:path'
import type { JourneyMonth, MonthFacts } from '@tabiji/core/report'
import { isoIn, monthRange } from '@tabiji/core/time'
import { expect, test } from 'vitest'
import { openDatabase } from '../../store/database.ts'
import { createReportStore } from '../../store/report-store.ts'
import { temporaryFolder } from '../../store/testing/temporary-folder.ts'
import { makeDraftsDue } from './report-drafts.ts'

const ZONE = 'Asia/Tokyo'
const NOW = Date.parse('2026-11-20T12:00:00+09:00')
const DAY = 86_400_000

/** A desk whose ledger counted its first event at a time; `told` are the months that were worked out. */
function openDesk(firstCount: number, journeys: readonly JourneyMonth[] = []) {
  const open = openDatabase(join(temporaryFolder(), 'tabiji.db'), 0)
  const store = createReportStore(open.database)
  const told: string[] = []
  const facts = async (month: string, now: number) => {
    told.push(month)
    const { from, to } = monthRange(month, ZONE)
    const until = isoIn(Math.min(to, now), ZONE)
    return { month, from: isoIn(from, ZONE), dataUntil: until, journeys, remarks: [] } as unknown as MonthFacts
  }
  const desk = { store, zone: () => ZONE, countedBefore: (at: number) => firstCount < at, facts }
  return { store, told, makeAt: (now: number) => makeDraftsDue(desk, now), close: open.close }
}

test('drafts are made of the running month and the one before it, once a night', async () => {
  const { told, makeAt, close } = openDesk(NOW - 60 * DAY)
  expect(await makeAt(NOW)).toEqual(['2026-10', '2026-11'])
  expect(await makeAt(NOW + 3_600_000)).toEqual([])
  expect(await makeAt(NOW + DAY)).toEqual(['2026-10', '2026-11'])
  expect(told).toHaveLength(4)
  close()
})

test('a month that was over before anything was counted is not even worked out', async () => {
  const { store, told, makeAt, close } = openDesk(NOW - DAY)
  expect([await makeAt(NOW), told, store.months()]).toEqual([['2026-11'], ['2026-11'], ['2026-11']])
  close()
})

test.each([0, 1, 3, 5_000])('a draft of %d journeys is read as it was kept', async (count) => {
  const long = { en: 'Measure feet', ja: '足を計測する'.repeat(20) }
  const journeys = Array.from({ length: count }, (_, i) => ({ name: `j${i}`, title: long }) as unknown as JourneyMonth)
  const { store, makeAt, close } = openDesk(NOW - DAY, journeys)
  await makeAt(NOW)
  const draft = store.draft('2026-11')
  expect(draft?.facts.journeys).toEqual(journeys)
  expect(draft).toMatchObject({ month: '2026-11', at: NOW, facts: { month: '2026-11', remarks: [] } })
  close()
})

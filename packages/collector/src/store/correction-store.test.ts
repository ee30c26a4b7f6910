import { join } from 'node:path'
import type { Correction } from '@tabiji/core/budget'
import { expect, test } from 'vitest'
import { createCorrectionStore } from './correction-store.ts'
import { openDatabase } from './database.ts'
import { temporaryFolder } from './testing/temporary-folder.ts'

const CORRECTION: Omit<Correction, 'key'> = {
  createdAt: 1_700_000_000_000,
  author: 'suzuki',
  category: 'provider',
  reason: '停電 "A"',
  appliesTo: ['checkout', 'read/availability'],
  from: 1_699_000_000_000,
  to: 1_699_000_060_000,
  zone: 'Asia/Tokyo',
  rrule: 'FREQ=WEEKLY;BYDAY=SU',
}

test('corrections survive a restart, and a withdrawal leaves all that was said', () => {
  const file = join(temporaryFolder(), 'tabiji.db')
  const open = openDatabase(file, 0)
  const store = createCorrectionStore(open.database)
  const { author: _, rrule: __, ...least } = CORRECTION
  expect([store.add(CORRECTION).key, store.add({ ...least, appliesTo: [] }).key]).toEqual(['COR-0001', 'COR-0002'])
  store.withdraw('COR-0001', { at: 1_700_000_001_000, by: 'tanaka', reason: 'it was us' })
  store.withdraw('COR-0002', { at: 1_700_000_001_000, reason: 'it was us' })
  open.close()
  const again = openDatabase(file, 0)
  const withdrawn = { at: 1_700_000_001_000, reason: 'it was us' }
  expect(createCorrectionStore(again.database).all()).toEqual([
    { ...CORRECTION, key: 'COR-0001', withdrawn: { ...withdrawn, by: 'tanaka' } },
    { ...least, appliesTo: [], key: 'COR-0002', withdrawn },
  ])
  again.close()
})

test('what is withdrawn is not withdrawn a second time, and what is unknown not at all', () => {
  const open = openDatabase(join(temporaryFolder(), 'tabiji.db'), 0)
  const store = createCorrectionStore(open.database)
  store.add(CORRECTION)
  const withdrawal = { at: 1, reason: 'it was us' }
  store.withdraw('COR-0001', withdrawal)
  expect(() => store.withdraw('COR-0001', { at: 2, reason: 'again' })).toThrow('COR-0001')
  expect(() => store.withdraw('COR-0002', withdrawal)).toThrow('COR-0002')
  expect(store.all()).toMatchObject([{ withdrawn: withdrawal }])
  open.close()
})

import { join } from 'node:path'
import type { Reading } from '@tabiji/core/ledger'
import { beforeEach, describe, expect, test } from 'vitest'
import { keepBooks } from '../jobs/ledger/keep.ts'
import { openOn, podOf, START, sumsOf } from '../jobs/testing/ledger-on-file.ts'
import { emptyMonth } from '../jobs/testing/month.ts'
import { complaintsOf } from '../testing/audit.ts'
import { createLogKeeping } from './log-keeping.ts'
import { temporaryFolder } from './testing/temporary-folder.ts'

const DAY = 86_400_000
const SLOTS = 40

/** A reading of so many steps that the bodies of the log are worth deflating. */
function wideReading(slot: number): Reading {
  const steps = Array.from({ length: 200 }, (_, i) => ({
    journey: 'measure-feet',
    step: `step-${i}`,
    role: 'own' as const,
    counts: [slot * (i % 5), 0, slot, 0] as const,
  }))
  return { speaker: podOf('pod-1'), at: START + slot * 15_000, steps }
}

describe('a log whose bodies are deflated', () => {
  let file = ''

  beforeEach(() => {
    file = join(temporaryFolder(), 'books.db')
    const open = openOn(file)
    for (let slot = 1; slot <= SLOTS; slot++) open.ledger.book([wideReading(slot)], START + slot * 15_000)
    open.ledger.checkpoint(START + SLOTS * 15_000)
    const first = open.database.prepare('SELECT hex(substr(body, 1, 2)) FROM log LIMIT 1').pluck().get()
    expect(first).toBe('8000')
    open.close()
  })

  test('is verified like any other', () => {
    expect(complaintsOf(file)).toEqual([])
  })

  test('is widened with the same sums, and verified afterwards', () => {
    const open = openOn(file)
    const all = () => sumsOf(open.store.rows(0, Number.MAX_SAFE_INTEGER))
    const before = all()
    open.ledger.checkpoint(START + 2 * DAY)
    const rows = open.database.prepare('SELECT count(*) FROM log').pluck()
    const narrow = rows.get() as number
    const run = keepBooks(
      {
        ledger: open.ledger,
        store: { ...open.store, ...createLogKeeping(open.database) },
        keepMs: 400 * DAY,
        timeZone: () => 'Asia/Tokyo',
        cuts: () => [],
        calendars: () => [],
        slices: () => [],
        monthFacts: emptyMonth,
      },
      START + 2 * DAY,
    )
    while (run.next().done !== true);
    expect(rows.get()).toBeLessThan(narrow)
    expect(all()).toEqual(before)
    open.close()
    expect(complaintsOf(file)).toEqual([])
  })

  test('whose body is damaged is told, not stumbled over', () => {
    const open = openOn(file)
    open.database.prepare("UPDATE log SET body = x'8000ffffffff' WHERE id = 3").run()
    open.close()
    expect(complaintsOf(file).length).toBeGreaterThan(0)
  })
})

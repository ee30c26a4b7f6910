import { afterEach, describe, expect, test } from 'vitest'
import { AVAILABILITY, definitionOf, MINUTE, NOON, openBooks } from '../testing/books.ts'
import { recordRevision } from './revision.ts'
import { tellRevisions } from './revision-changes.ts'

const GRID = [{ fromAgeSeconds: 0, width: 15 }] as const
const FILE = definitionOf(AVAILABILITY)

const opened: (() => void)[] = []
afterEach(() => {
  for (const close of opened.splice(0)) close()
})

function storeOf() {
  const { ledgerStore, close } = openBooks(FILE)
  opened.push(close)
  return ledgerStore
}

describe('revisions', () => {
  test('are kept when anything changed, and tell apart what events are judged by', () => {
    const store = storeOf()
    const [journey] = FILE.journeys
    if (journey === undefined) throw new Error('Expected a journey')
    const renamed = { ...FILE, journeys: [{ ...journey, title: { en: 'Pay', ja: '支払い' } }] }
    expect(recordRevision(store, FILE, NOON + MINUTE)).toHaveLength(1)
    expect(recordRevision(store, renamed, NOON + MINUTE)).toHaveLength(2)
    const steps = journey.steps.map((step) => (step.name === 'pay' ? { ...step, withinMs: 1_000 } : step))
    const objectives = [
      { ...AVAILABILITY, targetPpm: 999_000 },
      { ...AVAILABILITY, name: 'experience' },
    ]
    const other = { ...FILE, fingerprint: 'feedfacefeedface', journeys: [{ ...journey, steps, objectives }] }
    recordRevision(store, other, NOON + 2 * MINUTE + 1_000)
    expect(tellRevisions(store.revisions(), GRID, 'Asia/Tokyo')).toEqual([
      {
        at: '2026-10-15T12:02:01+09:00',
        appliesFrom: '2026-10-15T12:02:15+09:00',
        fingerprint: 'feedfacefeedface',
        changes: [
          { what: 'target', name: 'checkout/availability', before: 990_000, after: 999_000 },
          { what: 'target', name: 'checkout/experience', after: 990_000 },
          { what: 'within', name: 'checkout/pay', before: 300, after: 1_000 },
        ],
      },
      expect.objectContaining({ at: '2026-10-15T12:01:00+09:00', changes: [{ what: 'other' }] }),
      expect.objectContaining({ at: '2026-10-15T12:00:00+09:00', changes: [] }),
    ])
  })

  test('of an earlier version get their file when the same one is loaded again, and keep their time', () => {
    const store = storeOf()
    const targets = { 'checkout/availability': 990_000 }
    store.saveRevision({ at: NOON, fingerprint: FILE.fingerprint, targets })
    expect(store.revisions()[0]).not.toHaveProperty('definition')
    recordRevision(store, FILE, NOON + MINUTE)
    expect(store.revisions()).toEqual([{ at: NOON, fingerprint: FILE.fingerprint, targets, definition: FILE }])
  })
})

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type DigestEntry, digestItems } from './digest.ts'
import type { Episode } from './episode.ts'
import type { AlertFacts } from './facts.ts'

const TITLE = { en: 'Check out', ja: '購入' }

function entry(number: number, episode: Partial<Episode> = {}, more: Partial<DigestEntry> = {}): DigestEntry {
  const id = `A-${String(number).padStart(4, '0')}`
  const facts = {
    kind: 'trigger',
    episode: id,
    dedupKey: id,
    rule: 'checkout/availability/level-2',
    level: 2,
    journey: { name: 'checkout', title: TITLE, tier: 2 },
    cause: { kind: 'milestone', percent: 50 },
    budget: { bad: 1, valid: 100, leftPpm: 500_000 },
    startedAt: number,
    at: 1_000,
    timeZone: 'Asia/Tokyo',
    runbook: 'https://wiki.example.org/r',
    sample: false,
  } satisfies AlertFacts
  return { id, facts, episode: { state: 'firing', startedAt: number, reopenings: 0, ...episode }, ...more }
}

test('what is open comes first: what became a page, what burns fastest, what is oldest; then what is over', () => {
  const { items } = digestItems([
    entry(5, { state: 'resolved', resolvedAt: 900 }),
    entry(4),
    entry(3, {}, { now: { burnMilli: 3_000 } }),
    entry(2, {}, { now: { burnMilli: 9_000 } }),
    entry(6, {}, { page: 'A-0009' }),
    entry(1),
  ])
  expect(items.map(({ episode }) => episode)).toEqual(['A-0006', 'A-0002', 'A-0003', 'A-0001', 'A-0004', 'A-0005'])
})

test('an open one says how it stands now and who has it, one that is over when that was', () => {
  const ack = { by: 'aoi', at: 1, until: 9, via: 'api' }
  const [open, over] = digestItems([
    entry(1, { state: 'acked', ack }, { now: { burnMilli: 2_500, leftPpm: -80_000 } }),
    entry(2, { state: 'closed', resolvedAt: 800 }),
  ]).items
  expect(open).toMatchObject({
    state: 'open',
    burnMilli: 2_500,
    leftPpm: -80_000,
    ackedBy: 'aoi',
    subject: 'level-2',
  })
  expect(over).toMatchObject({ state: 'recovered', endedAt: 800, leftPpm: 500_000 })
  expect(over).not.toHaveProperty('runbook')
  const gone = entry(3, { state: 'closed' })
  const [withdrawn] = digestItems([{ ...gone, facts: { ...gone.facts, kind: 'withdraw' } }]).items
  expect(withdrawn).toMatchObject({ state: 'withdrawn', endedAt: 1_000 })
})

test('for all numbers of alerts, few are listed, none is counted twice or not at all, and no open one gives way to one that is over', () => {
  const state = fc.constantFrom('firing', 'acked', 'resolved', 'closed' as const)
  fc.assert(
    fc.property(fc.array(fc.tuple(state, fc.boolean()), { maxLength: 60 }), (states) => {
      const digest = digestItems(
        states.map(([state, paged], i) => entry(i, { state }, paged ? { page: 'A-9999' } : {})),
      )
      const isOpen = (state: string) => state === 'firing' || state === 'acked'
      expect(digest.items.length).toBe(Math.min(15, states.length))
      expect(digest.open).toBe(states.filter(([state]) => isOpen(state)).length)
      expect(digest.open + digest.over).toBe(states.length)
      expect(digest.paged).toBe(states.filter(([, paged]) => paged).length)
      const listed = digest.items.filter((item) => item.state === 'open').length
      expect(listed).toBe(Math.min(15, digest.open))
    }),
  )
})

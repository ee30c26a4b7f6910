import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { FixEvent } from './event.ts'
import { foldFix } from './fix.ts'
import { CREATED, following, HOUR, incidents, ZONE } from './testing/followed.ts'
import { followTicket, loseTicket } from './ticket.ts'
import { knownOf } from './ticket-known.ts'
import type { Ticket } from './ticket-told.ts'

const TICKET: Ticket = {
  ...{ tracker: 'github', id: '77', url: 'https://github.com/acme/shop/issues/7', title: 'Retry the upload' },
  ...{ state: 'open', createdAt: CREATED },
}
const follow = following(TICKET)

describe('a ticket that is followed', () => {
  test('is a fix since it was created, due by the level of its incident', () => {
    const { events, fixAt } = follow([[30, { incident: 'INC-0007', kind: 'mitigate', owner: 'aoi' }]])
    expect(events).toHaveLength(1)
    expect(fixAt(CREATED)).toMatchObject({
      ...{ since: '2026-10-01', due: '2026-10-16', dueIsDefault: true, kind: 'mitigate', incident: 'INC-0007' },
      ...{ owner: 'aoi', ticket: { tracker: 'github', id: '77' } },
    })
  })

  test('belongs to no incident that nobody knows', () => {
    expect(follow([[0, { incident: 'INC-0999' }]]).events[0]).not.toHaveProperty('incident')
  })

  test('was done when its tracker says, not when it was read', () => {
    const closed = { state: 'done', stateAt: CREATED + 5 * HOUR } as const
    const { fixAt } = follow([
      [0, {}],
      [72, closed],
    ])
    expect(fixAt(CREATED + 5 * HOUR)).toMatchObject({ state: 'done', doneAt: CREATED + 5 * HOUR })
    expect(fixAt(CREATED + 5 * HOUR - 1)).toMatchObject({ state: 'open' })
  })

  test('came back when it was closed once more, though nobody saw it open', () => {
    const { types } = follow([
      [0, {}],
      [6, { state: 'done', stateAt: CREATED + 5 * HOUR }],
      [60, { state: 'done', stateAt: CREATED + 50 * HOUR }],
      [61, { state: 'done', stateAt: CREATED + 50 * HOUR }],
    ])
    expect(types).toEqual(['added', 'done', 'reopened', 'done'])
  })

  test('is not closed twice by a clock that is a minute ahead', () => {
    const ahead = { state: 'done', stateAt: CREATED + 5 * HOUR + 60_000 } as const
    expect(
      follow([
        [5, ahead],
        [6, ahead],
      ]).types,
    ).toEqual(['added', 'done'])
  })

  test.each([-7 * HOUR, -HOUR, HOUR, 7 * HOUR])(
    'was done when it was by our clock, not by one %i ms ahead',
    (ahead) => {
      const closed = { state: 'done', stateAt: CREATED + 20 * HOUR + ahead } as const
      const { types, fixAt } = follow([
        [0, {}, ahead],
        [21, closed, ahead],
        [22, closed, ahead + 700],
        // Somebody set the clock.
        [23, closed, 0],
        [24, closed, -2 * ahead],
      ])
      expect(types).toEqual(['added', 'done'])
      expect(fixAt(CREATED + 30 * HOUR)).toMatchObject({ doneAt: CREATED + 20 * HOUR })
    },
  )

  test('is blocked for the reason that its tracker says, and for another one later', () => {
    const { types, fixAt } = follow([
      [0, { blocked: true, blockedReason: 'parts' }],
      [1, { blocked: true, blockedReason: 'parts' }],
      [2, { blocked: true, blockedReason: 'a review' }],
    ])
    expect(types).toEqual(['added', 'blocked', 'blocked'])
    expect(fixAt(CREATED + 3 * HOUR)?.blocked).toEqual({ since: CREATED, reason: 'a review' })
  })

  test('is blocked as its tracker says, and what was called blocked here stays so', () => {
    expect(
      follow([
        [0, { blocked: false }],
        [1, { blocked: true }],
        [2, { blocked: true }],
        [3, {}],
        [4, { blocked: false }],
        [5, { blocked: true, state: 'done', stateAt: CREATED + 5 * HOUR }],
      ]).types,
    ).toEqual(['added', 'blocked', 'unblocked', 'done'])
    expect(follow([[0, { blocked: true }]]).types).toEqual(['added', 'blocked'])
    const added = followTicket(undefined, TICKET, { now: CREATED, zone: ZONE, incidents })
    const history = {
      key: 'FIX-0001',
      events: [...added, { at: CREATED + 1, by: 'aoi', type: 'blocked', reason: 'parts' } as const],
    }
    const context = { now: CREATED + 2, zone: ZONE, incidents, ...knownOf(history) }
    expect(followTicket(foldFix(history, CREATED + 2, ZONE), { ...TICKET, blocked: false }, context)).toEqual([])
  })

  test('that is gone leaves its fix as it was, said once, until it is shown again', () => {
    const { events, fixAt } = follow([[0, { due: '2026-10-20' }]])
    const lose = (now: number) => {
      const fix = fixAt(now)
      const lost = fix === undefined ? [] : loseTicket(fix, now)
      events.push(...lost)
      return lost.length
    }
    const before = fixAt(CREATED + HOUR)
    expect([lose(CREATED + HOUR), lose(CREATED + 2 * HOUR)]).toEqual([1, 0])
    expect(fixAt(CREATED + 2 * HOUR)).toEqual({ ...before, ticket: { ...before?.ticket, gone: true } })
    const again = { now: CREATED + 3 * HOUR, zone: ZONE, incidents }
    expect(followTicket(fixAt(again.now), { ...TICKET, due: '2026-10-20' }, again)).toMatchObject([{ type: 'linked' }])
  })

  test('that was transferred is the same fix with another ticket', () => {
    const { types, fixAt } = follow([
      [0, {}],
      [1, { id: '78', url: 'https://github.com/acme/web/issues/1' }],
    ])
    expect(types).toEqual(['added', 'linked'])
    expect(fixAt(CREATED + HOUR)?.ticket).toMatchObject({ id: '78', url: 'https://github.com/acme/web/issues/1' })
  })

  test('is postponed by a later date, and still promised when the date is taken away', () => {
    const { types, fixAt } = follow([
      [0, { due: '2026-10-20' }],
      [50, { due: '2026-10-30' }],
      [51, {}],
    ])
    expect(types).toEqual(['added', 'moved'])
    expect(fixAt(CREATED + 60 * HOUR)).toMatchObject({ firstDue: '2026-10-20', due: '2026-10-30', postponements: 1 })
  })

  test('has a date that somebody stated, though it is the one that it had by default', () => {
    const { types, fixAt } = follow([
      [0, {}],
      [50, { due: '2026-10-31' }],
      [51, { due: '2026-10-31' }],
    ])
    expect(types).toEqual(['added', 'moved'])
    const fix = fixAt(CREATED + 60 * HOUR)
    expect(fix).toMatchObject({ firstDue: '2026-10-31', due: '2026-10-31', postponements: 0 })
    expect(fix).not.toHaveProperty('dueIsDefault')
  })

  test('gets the date that was stated while it was closed when it comes back', () => {
    const { fixAt } = follow([
      [0, { due: '2026-10-20' }],
      [5, { state: 'done', stateAt: CREATED + 5 * HOUR }],
      [9, { due: '2026-10-30' }],
    ])
    expect(fixAt(CREATED + 9 * HOUR)).toMatchObject({ state: 'open', due: '2026-10-30' })
  })

  test('leaves an accepted risk and a duplicate as they are until it is done', () => {
    const accepted = {
      at: CREATED + 1,
      type: 'accepted',
      approver: 'mori',
      reason: 'rare',
      until: '2026-12-01',
    } as const
    const added = followTicket(undefined, TICKET, { now: CREATED, zone: ZONE, incidents })
    const risk = foldFix({ key: 'FIX-0001', events: [...added, accepted] }, CREATED + 2, ZONE)
    const read = (fix: typeof risk, state: Ticket['state']) =>
      followTicket(fix, { ...TICKET, state }, { now: CREATED + 3, zone: ZONE, incidents }).map(({ type }) => type)
    expect((['open', 'dropped', 'done'] as const).map((state) => read(risk, state))).toEqual([[], [], ['done']])
    const merged = { at: CREATED + 1, type: 'merged', into: 'FIX-0002' } as const
    const duplicate = foldFix({ key: 'FIX-0001', events: [...added, merged] }, CREATED + 2, ZONE)
    expect(read(duplicate, 'done')).toEqual([])
  })

  test('stays open when an incident has shown that it did not work, until it is closed once more', () => {
    const closed = { ...TICKET, state: 'done', stateAt: CREATED + HOUR } as const
    const back = {
      at: CREATED + 10 * HOUR,
      type: 'reopened',
      reason: 'its cause is back',
      incident: 'INC-0007',
    } as const
    const events: FixEvent[] = []
    const read = (hours: number, ticket: Ticket) => {
      const history = { key: 'FIX-0001', events }
      const now = CREATED + hours * HOUR
      const context = { now, zone: ZONE, incidents, ...knownOf(history) }
      const told = followTicket(foldFix(history, now, ZONE), ticket, context)
      events.push(...told)
      return told.map(({ type }) => type)
    }
    expect(read(2, closed)).toEqual(['added', 'done'])
    events.push(back)
    expect([read(11, closed), read(35, { ...closed, title: 'Retry twice' })]).toEqual([[], ['retitled']])
    const again = { ...closed, title: 'Retry twice', stateAt: CREATED + 40 * HOUR }
    expect([read(41, again), read(42, again)]).toEqual([['done'], []])
  })

  test('is closed and open in turn as its tracker says when no incident came between', () => {
    const { types } = follow([
      [2, { state: 'done', stateAt: CREATED + HOUR }],
      [3, { state: 'open', stateAt: CREATED + 3 * HOUR }],
      [4, { state: 'done', stateAt: CREATED + 4 * HOUR }],
    ])
    expect(types).toEqual(['added', 'done', 'reopened', 'done'])
  })

  const version = fc.record({
    title: fc.constantFrom('Retry the upload', 'Retry twice'),
    state: fc.constantFrom('open', 'done', 'dropped'),
    owner: fc.constantFrom('aoi', 'mori'),
    due: fc.constantFrom('2026-10-20', '2026-10-30'),
    kind: fc.constantFrom('prevent', 'detect'),
  }) satisfies fc.Arbitrary<Partial<Ticket>>

  test('whatever was missed or read twice, the last reading is what is known', () => {
    const told = fc.array(fc.record({ version, reads: fc.integer({ min: 0, max: 3 }) }), {
      minLength: 1,
      maxLength: 12,
    })
    fc.assert(
      fc.property(told, version, (history, last) => {
        const versions = [...history, { version: last, reads: 2 }]
        const readings = versions.flatMap(({ version: one, reads }, i) =>
          Array.from({ length: reads }, () => [i + 1, { ...one, stateAt: CREATED + (i + 0.5) * HOUR }] as const),
        )
        const { events, fixAt } = follow(readings)
        const now = CREATED + versions.length * HOUR
        const { due, ...shown } = last
        expect(fixAt(now)).toMatchObject(last.state === 'open' ? last : shown)
        const again = { ...TICKET, ...last, stateAt: CREATED + (versions.length - 0.5) * HOUR }
        expect(followTicket(fixAt(now), again, { now, zone: ZONE, incidents })).toEqual([])
        expect(events.filter(({ type }) => type === 'added')).toHaveLength(1)
      }),
    )
  })
})

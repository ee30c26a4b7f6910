import { describe, expect, test } from 'vitest'
import type { FixEvent } from './event.ts'
import { foldFix } from './fix.ts'
import { CREATED, following, HOUR, incidents, ZONE } from './testing/followed.ts'
import { followTicket } from './ticket.ts'
import { knownOf } from './ticket-known.ts'
import type { Ticket } from './ticket-told.ts'

const TICKET: Ticket = {
  ...{ tracker: 'jira', id: '77', url: 'https://acme.atlassian.net/browse/SHOP-7', title: 'Retry the upload' },
  ...{ state: 'open', createdAt: CREATED },
}
const follow = following(TICKET)

describe('a ticket whose tracker tells each change of its state', () => {
  const turned = (...hours: readonly number[]) => {
    const turns = hours.map((hour, i) => ({ state: i % 2 === 0 ? 'done' : 'open', at: CREATED + hour * HOUR }) as const)
    const { state = 'open', at } = turns.at(-1) ?? {}
    return { state, turns, ...(at !== undefined && { stateAt: at }) } as const
  }
  const instants = (events: readonly FixEvent[]) =>
    events.map(({ type, happenedAt = Number.NaN }) => [type, (happenedAt - CREATED) / HOUR])

  test('has each of them at its date, though none was read in time', () => {
    const { events } = follow([
      [1, turned()],
      [60, turned(2, 9, 30)],
      [90, turned(2, 9, 30, 70, 80)],
    ])
    expect(instants(events)).toEqual([
      ['added', 0],
      ['done', 2],
      ['reopened', 9],
      ['done', 30],
      ['reopened', 70],
      ['done', 80],
    ])
  })

  test('has them from before it was read first', () => {
    const { events, fixAt } = follow([[60, turned(2, 9, 30)]])
    expect(instants(events)).toEqual([
      ['added', 0],
      ['done', 2],
      ['reopened', 9],
      ['done', 30],
    ])
    expect(fixAt(CREATED + 5 * HOUR)).toMatchObject({ state: 'done' })
    expect(fixAt(CREATED + 10 * HOUR)).toMatchObject({ state: 'open' })
  })

  test('is not done once more because its resolution was set anew', () => {
    const again = { ...turned(2), stateAt: CREATED + 2 * HOUR }
    expect(
      follow([
        [1, {}],
        [3, again],
        [9, again],
      ]).types,
    ).toEqual(['added', 'done'])
  })

  test('takes nothing from before an incident opened it again', () => {
    const { events } = follow([[3, turned(2)]])
    const back: FixEvent = { at: CREATED + 5 * HOUR, type: 'reopened', reason: 'back', incident: 'INC-0007' }
    const history = { key: 'FIX-0001', events: [...events, back] }
    const read = (hours: number, ticket: Partial<Ticket>) => {
      const now = CREATED + hours * HOUR
      const context = { now, zone: ZONE, incidents, ...knownOf(history) }
      return followTicket(foldFix(history, now, ZONE), { ...TICKET, ...ticket }, context).map(({ type }) => type)
    }
    expect(read(6, turned(2))).toEqual([])
    expect(read(9, turned(2, 7, 8))).toEqual(['done'])
  })
})

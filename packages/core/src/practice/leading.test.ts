import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { IncidentEvent } from '../incident/index.ts'
import { comparePractice, type Practised, practiceOf, proposeLead, strangersIn } from './leading.ts'
import { journeysOf, type Member } from './member.ts'
import { leadsIn, type Part, partsIn } from './part.ts'

const JOURNEYS = [
  { name: 'checkout', owner: 'shop' },
  { name: 'search', owner: 'find' },
]
const member = (name: string, more: Partial<Member> = {}): Member => ({ name, since: '2026-01-01', ...more })
const led = (name: string, at: number, drill = true): Part => ({ incident: `INC-${at}`, drill, name, at })

const practised: fc.Arbitrary<Practised> = fc.record(
  {
    name: fc.constantFrom('suzuki', 'sato', '佐藤', 'ito', 'mori'),
    since: fc.constantFrom('2025-01-01', '2026-01-01', '2026-10-20'),
    incidents: fc.nat(3),
    drills: fc.nat(3),
    last: fc.record({ incident: fc.constant('INC-0001'), drill: fc.boolean(), at: fc.nat(5) }),
  },
  { requiredKeys: ['name', 'incidents', 'drills'] },
)

test('the order is total: whoever differs by name has a place of their own, whatever the order of the question', () => {
  fc.assert(
    fc.property(practised, practised, practised, (a, b, c) => {
      expect(Math.sign(comparePractice(a, b)) + Math.sign(comparePractice(b, a))).toBe(0)
      if (a.name !== b.name) expect(comparePractice(a, b)).not.toBe(0)
      if (comparePractice(a, b) <= 0 && comparePractice(b, c) <= 0) expect(comparePractice(a, c)).toBeLessThanOrEqual(0)
    }),
  )
  fc.assert(
    fc.property(fc.uniqueArray(practised, { selector: ({ name }) => name }), (people) => {
      const order = people.toSorted(comparePractice)
      expect(people.toReversed().toSorted(comparePractice)).toEqual(order)
    }),
  )
})

const NAMES = ['a', 'b', 'c', 'd']
const part = fc.record({
  incident: fc.constantFrom('INC-0001', 'INC-0002'),
  drill: fc.boolean(),
  name: fc.constantFrom(...NAMES),
  at: fc.nat(100),
})

test('whoever never led goes before whoever did, and whoever leads now goes to the end', () => {
  fc.assert(
    fc.property(fc.array(part, { maxLength: 12 }), fc.constantFrom(...NAMES), (leads, next) => {
      const members = NAMES.map((name) => member(name))
      const order = practiceOf(members, leads)
      const firstLed = order.findIndex(({ last }) => last !== undefined)
      if (firstLed >= 0) expect(order.slice(firstLed).every(({ last }) => last !== undefined)).toBe(true)
      expect(order.reduce((sum, { incidents, drills }) => sum + incidents + drills, 0)).toBe(leads.length)
      const after = practiceOf(members, [...leads, led(next, 101)])
      expect(after.at(-1)?.name).toBe(next)
      expect(after.map(({ name }) => name).filter((name) => name !== next)).toEqual(
        order.map(({ name }) => name).filter((name) => name !== next),
      )
    }),
  )
})

test('the least practised of those who answer for the journey leads next, and the reason is said', () => {
  const members = [
    member('suzuki', { team: 'shop' }),
    member('sato', { team: 'find', since: '2025-01-01' }),
    member('ito', { journeys: ['checkout'] }),
    member('mori', { since: '2026-12-01' }),
  ]
  const propose = (leads: readonly Part[], journey?: string) =>
    proposeLead(members, leads, { journeys: JOURNEYS, today: '2026-11-29', ...(journey !== undefined && { journey }) })
  expect(propose([])).toEqual({ name: 'sato', why: 'neverLed' })
  expect(propose([], 'checkout')).toEqual({ name: 'ito', why: 'neverLed' })
  const leads = [led('ito', 5), led('suzuki', 3, false), led('sato', 9)]
  const last = { incident: 'INC-3', drill: false, at: 3 }
  expect(propose(leads)).toEqual({ name: 'suzuki', why: 'longestAgo', last })
  expect(propose(leads, 'search')).toMatchObject({ name: 'sato', why: 'longestAgo' })
  expect(proposeLead([], leads, { journeys: JOURNEYS, today: '2026-11-29' })).toBeUndefined()
  expect(journeysOf(member('x'), JOURNEYS)).toEqual(['checkout', 'search'])
})

test('who led and is no member is told apart, so that a name that is written in two ways is seen', () => {
  const leads = [led('Suzuki', 3), led('Suzuki', 4, false), led('suzuki', 5)]
  expect(strangersIn([member('suzuki')], leads)).toEqual([
    { name: 'Suzuki', incidents: 1, drills: 1, last: { incident: 'INC-4', drill: false, at: 4 } },
  ])
})

test('an incident counts once for each who led it, and whoever had a role or wrote something took part', () => {
  const events: IncidentEvent[] = [
    { type: 'opened', at: 1, by: 'duty', title: 'x', journeys: [], episodes: [], drill: true },
    { type: 'roleTaken', at: 2, role: 'lead', name: 'sato' },
    { type: 'roleTaken', at: 3, role: 'scribe', name: 'ito' },
    { type: 'handedOver', at: 4, role: 'lead', from: 'sato', name: 'mori', note: 'x' },
    { type: 'handedOver', at: 5, role: 'lead', from: 'mori', name: 'sato', note: 'x', by: 'mori' },
    { type: 'joined', at: 6, episodes: ['A-0002'], journeys: [], by: 'ueda' },
  ]
  const told = (parts: readonly Part[]) => parts.map(({ name, at, drill }) => `${name} ${at} ${drill}`)
  expect(told(leadsIn([{ key: 'INC-0001', events }]))).toEqual(['sato 5 true', 'mori 4 true'])
  expect(told(partsIn([{ key: 'INC-0001', events }]))).toEqual([
    ...['duty 1 true', 'sato 2 true', 'ito 3 true', 'mori 4 true', 'ueda 6 true'],
  ])
  expect([leadsIn([{ key: 'INC-0002', events: [] }]), partsIn([])]).toEqual([[], []])
})

test('what was done about an incident that was merged was done about the one that it is part of, once', () => {
  const opened = { type: 'opened', title: 'x', journeys: [], episodes: [], drill: false } as const
  const lead = (at: number, name: string) => ({ type: 'roleTaken', at, role: 'lead', name }) as const
  const histories: readonly { readonly key: string; readonly events: readonly IncidentEvent[] }[] = [
    { key: 'INC-0001', events: [{ ...opened, at: 1 }, lead(4, 'sato')] },
    {
      key: 'INC-0002',
      events: [
        { ...opened, at: 2 },
        lead(3, 'ito'),
        lead(5, 'sato'),
        { type: 'mergedInto', at: 6, into: 'INC-0001', reason: 'the same' },
      ],
    },
  ]
  expect(leadsIn(histories).map(({ incident, name, at }) => [incident, name, at])).toEqual([
    ['INC-0001', 'ito', 3],
    ['INC-0001', 'sato', 5],
  ])
})

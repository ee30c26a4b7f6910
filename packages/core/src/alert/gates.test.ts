import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Level } from '../journey/index.ts'
import { isoIn } from '../time/index.ts'
import type { AlertFacts } from './facts.ts'
import { askGates, type GateRules, standingOf } from './gates.ts'
import { DEFAULT_INHIBITIONS, type Inhibition } from './inhibition.ts'
import type { Matcher } from './matcher.ts'
import type { Silence } from './silence.ts'
import { GATES, isDeferred, notBefore, type Verdict } from './verdict.ts'

const TOKYO = 'Asia/Tokyo'
const HOURS = { times: [{ from: 570, to: 1_440 }], weekdays: [{ from: 1, to: 5 }], location: TOKYO }
const DESK = { timeZone: TOKYO, hours: [HOURS], closings: [] }
const at = (text: string) => Date.parse(`${text}+09:00`)
const TUESDAY_NIGHT = at('2026-11-03T22:00:00')

const rulesAt = (now: number, changes: Partial<GateRules> = {}): GateRules => ({
  now,
  graceUntil: 0,
  deskOf: () => DESK,
  inhibitions: DEFAULT_INHIBITIONS,
  open: [],
  silences: [],
  maintenance: [],
  ...changes,
})

function alert(level: Level, changes: Partial<AlertFacts> = {}): AlertFacts {
  return {
    kind: 'trigger',
    episode: 'A-0002',
    dedupKey: 'd',
    rule: `checkout/availability/level-${level}`,
    level,
    journey: { name: 'checkout', title: { en: 'Check out', ja: '購入' }, owner: 'shop-team', tier: 1 },
    cause: { kind: 'burn', factorMilli: 14_400, long: { ms: 1, bad: 1, valid: 1 }, short: { ms: 1, bad: 1, valid: 1 } },
    startedAt: TUESDAY_NIGHT,
    at: TUESDAY_NIGHT,
    timeZone: TOKYO,
    sample: false,
    ...changes,
  }
}

function silence(matchers: readonly Matcher[], to: number, key = 'SIL-0001'): Silence {
  const stated = { owner: 'suzuki', reason: 'index rebuild', from: 0, createdAt: 0 }
  return { key, version: 1, matchers, to, ...stated }
}

const ask = (facts: AlertFacts, rules: GateRules) => askGates(facts, standingOf(rules))
const held = (verdicts: readonly Verdict[]) => verdicts.filter(({ verdict }) => verdict === 'defer')

describe('a notification may leave', () => {
  test.each([
    ['at once at level 1, at any hour', 1, TUESDAY_NIGHT, 0, '2026-11-03T22:00:00+09:00'],
    ['at once at level 3', 3, TUESDAY_NIGHT, 0, '2026-11-03T22:00:00+09:00'],
    ['in the morning at level 2', 2, TUESDAY_NIGHT, 0, '2026-11-04T09:30:00+09:00'],
    ['on Monday at level 2 from Friday noon', 2, at('2026-11-06T12:00:00'), 0, '2026-11-09T09:30:00+09:00'],
    ['at once at level 2 when the desk opens', 2, at('2026-11-04T09:30:00'), 0, '2026-11-04T09:30:00+09:00'],
    ['at level 1 when the grace is over', 1, TUESDAY_NIGHT, TUESDAY_NIGHT + 60_000, '2026-11-03T22:01:00+09:00'],
    [
      'at the opening after the grace at level 2',
      2,
      at('2026-11-04T09:29:30'),
      at('2026-11-04T09:30:30'),
      '2026-11-05T09:30:00+09:00',
    ],
  ] as const)('%s', (_, level, now, graceUntil, leaves) => {
    expect(isoIn(notBefore(ask(alert(level, { at: now }), rulesAt(now, { graceUntil })), now), TOKYO)).toBe(leaves)
  })
})

test('level 2 goes at the first look after its opening: nobody looks at that very millisecond', () => {
  expect(held(ask(alert(2), rulesAt(at('2026-11-04T09:29:59.999'))))).toHaveLength(1)
  for (const look of ['2026-11-04T09:30:00.003', '2026-11-04T09:30:14', '2026-11-04T15:00:00', '2026-11-09T03:00:00']) {
    expect(held(ask(alert(2), rulesAt(at(look))))).toEqual([])
  }
})

test('a desk that never opens again holds nothing back', () => {
  const deskOf = () => ({ ...DESK, closings: [{ dayOff: () => 'closed for good' }] })
  expect(held(ask(alert(2), rulesAt(TUESDAY_NIGHT, { deskOf })))).toEqual([])
})

describe('every gate says its verdict', () => {
  test('in the stated order', () => {
    expect(ask(alert(1), rulesAt(TUESDAY_NIGHT)).map(({ gate }) => gate)).toEqual(
      GATES.filter((gate) => gate !== 'grouping' && gate !== 'rate_budget'),
    )
  })

  test('with whose hours, and until when', () => {
    expect(held(ask(alert(2), rulesAt(TUESDAY_NIGHT, { graceUntil: TUESDAY_NIGHT + 60_000 })))).toEqual([
      { gate: 'startup_grace', verdict: 'defer', until: TUESDAY_NIGHT + 60_000 },
      { gate: 'hours', verdict: 'defer', until: at('2026-11-04T09:30:00'), by: { kind: 'hours', owner: 'shop-team' } },
    ])
  })

  test('and the grace is over to the millisecond', () => {
    const rules = rulesAt(TUESDAY_NIGHT, { graceUntil: TUESDAY_NIGHT })
    expect(ask(alert(1), rules)[0]).toEqual({ gate: 'startup_grace', verdict: 'pass' })
  })

  test('with which silence, whose and why', () => {
    const silences = [
      silence([{ label: 'journey', operator: '=', value: 'checkout' }], TUESDAY_NIGHT + 1),
      silence([{ label: 'level', operator: '=', value: '1' }], TUESDAY_NIGHT + 2, 'SIL-0002'),
      silence([{ label: 'journey', operator: '!=', value: 'checkout' }], TUESDAY_NIGHT + 3, 'SIL-0003'),
    ]
    expect(held(ask(alert(1), rulesAt(TUESDAY_NIGHT, { silences })))).toEqual([
      {
        gate: 'silence',
        verdict: 'defer',
        until: TUESDAY_NIGHT + 2,
        by: { kind: 'silence', key: 'SIL-0002', owner: 'suzuki', reason: 'index rebuild' },
      },
    ])
  })

  test('with which maintenance', () => {
    const maintenance = [
      { key: 'MNT-0001', journeys: ['search'], reason: 'disks', to: TUESDAY_NIGHT + 9 },
      { key: 'nightly', journeys: [], reason: 'new schema', to: TUESDAY_NIGHT + 5 },
    ]
    expect(held(ask(alert(1), rulesAt(TUESDAY_NIGHT, { maintenance })))).toEqual([
      {
        gate: 'maintenance',
        verdict: 'defer',
        until: TUESDAY_NIGHT + 5,
        by: { kind: 'maintenance', key: 'nightly', reason: 'new schema' },
      },
    ])
  })

  test('and the end of an alert is neither silenced nor inhibited nor maintained away', () => {
    const rules = rulesAt(TUESDAY_NIGHT, {
      silences: [silence([{ label: 'journey', operator: '=', value: 'checkout' }], TUESDAY_NIGHT + 1)],
      maintenance: [{ key: 'm', journeys: [], reason: 'r', to: TUESDAY_NIGHT + 1 }],
      open: [alert(1, { episode: 'A-0001' })],
    })
    for (const kind of ['resolve', 'withdraw'] as const) expect(held(ask(alert(3, { kind }), rules))).toEqual([])
    expect(held(ask(alert(3), rules)).map(({ gate }) => gate)).toEqual(['silence', 'maintenance'])
  })
})

describe('an open alert inhibits', () => {
  const page = alert(1, { episode: 'A-0001', startedAt: TUESDAY_NIGHT + 60_000 })
  const inhibitedBy = (facts: AlertFacts, changes: Partial<GateRules>) =>
    held(ask(facts, rulesAt(at('2026-11-04T09:30:00'), changes))).find(({ gate }) => gate === 'inhibition')

  test('by default those of levels 2 and 3 of a journey whose budget burns at level 1', () => {
    const by = { kind: 'alert', id: 'A-0001', rule: 'checkout/availability/level-1' }
    expect(inhibitedBy(alert(2), { open: [page] })).toEqual({ gate: 'inhibition', verdict: 'defer', by })
    expect(inhibitedBy(alert(3), { open: [page] })).toMatchObject({ by })
  })

  test.each([
    ['another level 1', alert(1), page],
    ['an alert of another journey', alert(2), { ...page, journey: { ...page.journey, name: 'search' } }],
    ['by default anything, when it is no burn', alert(2), { ...page, cause: { kind: 'milestone', percent: 50 } }],
    ['itself', page, page],
  ] as const)('but not %s', (_, target, source) => {
    expect(inhibitedBy(target, { open: [source as AlertFacts] })).toBeUndefined()
  })

  test('nothing real while it is practice', () => {
    expect(inhibitedBy(alert(2), { open: [{ ...page, drill: 'D-0001' }] })).toBeUndefined()
  })

  test('nothing while it is silenced or under maintenance itself: nobody is told of it', () => {
    const silences = [silence([{ label: 'level', operator: '=', value: '1' }], Number.MAX_SAFE_INTEGER)]
    expect(inhibitedBy(alert(2), { open: [page], silences })).toBeUndefined()
    const maintenance = [{ key: 'm', journeys: ['checkout'], reason: 'r', to: Number.MAX_SAFE_INTEGER }]
    expect(inhibitedBy(alert(2), { open: [page], maintenance })).toBeUndefined()
  })

  test('by a rule of one’s own, and then by no other', () => {
    const login: AlertFacts = { ...page, level: 2, journey: { ...page.journey, name: 'login' }, startedAt: 0 }
    const inhibitions: Inhibition[] = [
      { source: [{ label: 'journey', operator: '=', value: 'login' }], target: [], equal: ['level'] },
    ]
    expect(inhibitedBy(alert(2), { open: [login], inhibitions })).toMatchObject({ by: { id: 'A-0001' } })
    expect(inhibitedBy(alert(3), { open: [login], inhibitions })).toBeUndefined()
    expect(inhibitedBy(alert(2), { open: [page], inhibitions })).toBeUndefined()
  })
})

const NAMES = ['checkout', 'search', 'login'] as const
const anyLevel = fc.constantFrom(1, 2, 3)
const anyMatcher: fc.Arbitrary<Matcher> = fc.oneof(
  fc.record({
    label: fc.constant('journey' as const),
    operator: fc.constantFrom('=', '!='),
    value: fc.constantFrom(...NAMES),
  }),
  fc.record({
    label: fc.constant('level' as const),
    operator: fc.constantFrom('=', '!='),
    value: fc.constantFrom('1', '2'),
  }),
)
const anyInhibition: fc.Arbitrary<Inhibition> = fc.record({
  source: fc.array(anyMatcher, { maxLength: 2 }),
  target: fc.array(anyMatcher, { maxLength: 2 }),
  equal: fc.subarray(['journey', 'level', 'owner'] as const),
})
const anyOpen = fc
  .array(fc.record({ level: anyLevel, name: fc.constantFrom(...NAMES), startedAt: fc.nat(5) }), { maxLength: 8 })
  .map((alerts) =>
    alerts.map(({ level, name, startedAt }, i) =>
      alert(level as Level, {
        episode: `A-${i + 1}`,
        startedAt,
        journey: { name, title: { en: name, ja: name }, tier: 1 },
      }),
    ),
  )

describe('for all alerts and all rules', () => {
  test('level 1 waits for the grace, a silence or a maintenance, and for nothing else', () => {
    const anyNow = fc.integer({ min: at('2026-01-01T00:00:00'), max: at('2027-01-01T00:00:00') })
    fc.assert(
      fc.property(anyNow, anyOpen, fc.array(anyInhibition), (now, open, inhibitions) => {
        const standing = standingOf(rulesAt(now, { open, inhibitions }))
        for (const facts of open.filter(({ level }) => level === 1)) {
          for (const { by } of held(askGates(facts, standing)) as { by?: { kind: string; id?: string } }[]) {
            expect(by?.kind).toBe('alert')
            expect(open.find(({ episode }) => episode === by?.id)?.level).toBe(1)
          }
        }
      }),
    )
  })

  test('of what is open somebody is told something: nobody waits for somebody who waits for him', () => {
    fc.assert(
      fc.property(anyOpen, fc.array(anyInhibition), (open, inhibitions) => {
        const standing = standingOf(rulesAt(at('2026-11-04T09:30:00'), { open, inhibitions }))
        const free = open.filter((facts) => !isDeferred(askGates(facts, standing)))
        expect(free.length > 0).toBe(open.length > 0)
      }),
    )
  })

  test('what is asked again when everything has ended is let go', () => {
    fc.assert(
      fc.property(anyOpen, fc.array(anyInhibition), (open, inhibitions) => {
        for (const facts of open) {
          const verdicts = ask(facts, rulesAt(at('2026-11-04T09:30:00'), { open: [facts], inhibitions }))
          expect(isDeferred(verdicts)).toBe(false)
        }
      }),
    )
  })

  test('level 2 waits for an opening, and nothing leaves before now', () => {
    const anyNow = fc.integer({ min: at('2026-01-01T00:00:00'), max: at('2027-01-01T00:00:00') })
    fc.assert(
      fc.property(anyNow, fc.integer({ min: -60_000, max: 600_000 }), (now, grace) => {
        const rules = rulesAt(now, { graceUntil: now + grace })
        const leaves = ([1, 2, 3] as const).map((level) => notBefore(ask(alert(level, { at: now }), rules), now))
        expect(leaves[0]).toBe(now + Math.max(0, grace))
        expect(leaves[2]).toBe(leaves[0])
        expect(isoIn(leaves[1] ?? 0, TOKYO)).toContain('T09:30:00')
      }),
    )
  })
})

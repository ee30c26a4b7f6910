import { describe, expect, test } from 'vitest'
import type { Incident } from '../incident/index.ts'
import { DAY, MINUTE } from '../time/index.ts'
import { fixDebt } from './debt.ts'
import type { FixEvent, FixHistory } from './event.ts'
import { brokenBy, watchDone } from './repeat.ts'

const ZONE = 'Asia/Tokyo'
const at = (date: string) => Date.parse(`${date}T12:00:00+09:00`)
const CAUSE = { id: 'no-retry', text: 'Nothing retries the upload', bone: 'design' }

function incident(key: string, date: string, rest: Partial<Incident> = {}): Incident {
  const mark = (minutes: number) => ({ at: at(date) + minutes * MINUTE, origin: 'books' as const })
  return {
    ...{ key, title: key, level: 1, journeys: ['pay'], episodes: [], drill: false, status: 'resolved', roles: {} },
    ...{ openedAt: at(date), resolvedAt: at(date) + 60 * MINUTE, causes: [CAUSE] },
    times: { impactStarted: mark(0), detected: mark(2), mitigated: mark(20) },
    ...rest,
  }
}

function fix(
  key: string,
  date: string,
  stated: Partial<Extract<FixEvent, { type: 'added' }>>,
  ...rest: FixEvent[]
): FixHistory {
  const added = { type: 'added', at: at(date), title: key, kind: 'prevent', due: '2026-12-31', ...stated } as const
  return { key, events: [added, ...rest] }
}

const done = (date: string): FixEvent => ({ type: 'done', at: at(date) })
const costing = (one: Incident, ...burnt: readonly (readonly [string, number])[]) => ({
  incident: one,
  impact: {
    ...{ from: 0, to: 1, ended: true },
    others: [],
    journeys: burnt.map(([objective, budgetPpm]) => ({
      ...{ journey: 'pay', objective, from: 0, to: 1, valid: 9, bad: 1, badPpm: 1, budgetPpm },
    })),
  },
})

describe('what is owed', () => {
  const first = incident('INC-1', '2026-10-01')
  const second = incident('INC-2', '2026-10-10')

  test('is weighed by the budget that was burnt, each incident once, each objective by itself', () => {
    const debt = fixDebt(
      [fix('FIX-1', '2026-10-02', { incident: 'INC-1' }), fix('FIX-2', '2026-10-02', { incident: 'INC-1' })],
      [
        costing(first, ['pay/availability', 300_000], ['pay/latency', 50_000]),
        costing(second, ['pay/availability', 9]),
      ],
      at('2026-10-31'),
      ZONE,
    )
    expect(debt.exposed).toEqual([
      { objective: 'pay/availability', budgetPpm: 300_000 },
      { objective: 'pay/latency', budgetPpm: 50_000 },
    ])
    expect(debt.worth.map(({ fix: key, incidents }) => [key, incidents])).toEqual([
      ['FIX-1', ['INC-1']],
      ['FIX-2', ['INC-1']],
    ])
  })

  test('names what came back while its fix was open', () => {
    const open = fix('FIX-1', '2026-10-02', { incident: 'INC-1', cause: 'no-retry' })
    const { repeats, worth } = fixDebt([open], [{ incident: first }, { incident: second }], at('2026-10-31'), ZONE)
    expect(repeats).toEqual([{ incident: 'INC-2', fix: 'FIX-1', openSince: '2026-10-02' }])
    expect(worth[0]).toMatchObject({ fix: 'FIX-1', incidents: ['INC-1', 'INC-2'], repeats: 1 })
    const elsewhere = incident('INC-3', '2026-10-11', { journeys: ['search'] })
    expect(fixDebt([open], [{ incident: first }, { incident: elsewhere }], at('2026-10-31'), ZONE).repeats).toEqual([])
  })

  test.each<[string, Partial<Incident>, FixHistory[], readonly string[]]>([
    ['a page that led to nothing', { causes: [] }, [], ['noCauses', 'noFixes']],
    ['said not to need one', { postmortem: { state: 'published', since: 0, noFix: 'the supplier is gone' } }, [], []],
    ['with a fix for its cause', {}, [fix('FIX-1', '2026-10-02', { cause: 'no-retry' })], []],
    [
      'a dropped fix is none',
      {},
      [fix('FIX-1', '2026-10-02', { cause: 'no-retry' }, { type: 'dropped', at: at('2026-10-03'), reason: 'r' })],
      ['noFixes'],
    ],
    ['still worked on', { causes: [], ...{ resolvedAt: undefined as never } }, [], []],
    ['of level 2 needs its causes only', { level: 2, causes: [] }, [], ['noCauses']],
    ['practice', { drill: true, causes: [] }, [], []],
  ])('is virtual: %s', (_, rest, histories, reasons) => {
    const { virtual } = fixDebt(
      histories,
      [{ incident: incident('INC-1', '2026-10-01', rest) }],
      at('2026-10-31'),
      ZONE,
    )
    expect(virtual.flatMap((one) => one.reasons)).toEqual(reasons)
  })

  test('is virtual when it was seen or over late and no fix is for that', () => {
    const mark = (minutes: number) => ({ at: at('2026-10-01') + minutes * MINUTE, origin: 'books' as const })
    const late = incident('INC-1', '2026-10-01', {
      times: { impactStarted: mark(0), detected: mark(6), mitigated: mark(31) },
    })
    const reasons = (...histories: FixHistory[]) =>
      fixDebt(histories, [{ incident: late }], at('2026-10-31'), ZONE).virtual.flatMap((one) => one.reasons)
    const prevent = fix('FIX-1', '2026-10-02', { incident: 'INC-1' })
    expect(reasons(prevent)).toEqual(['slowDetection', 'slowMitigation'])
    const detect = fix('FIX-2', '2026-10-02', { incident: 'INC-1', kind: 'detect' })
    expect(reasons(prevent, detect)).toEqual(['slowMitigation'])
    expect(reasons(detect, fix('FIX-3', '2026-10-02', { incident: 'INC-1', kind: 'mitigate' }))).toEqual([])
  })
})

describe('a fix that was done', () => {
  const first = incident('INC-1', '2026-09-20')
  const finished = fix('FIX-1', '2026-09-21', { incident: 'INC-1', cause: 'no-retry' }, done('2026-10-01'))
  const verdict = (now: string, events: number | undefined, ...others: Incident[]) => {
    return watchDone([finished], [first, ...others], at(now), ZONE, () => events).map((one) => one.verdict)
  }

  test('is watched for 28 days, and then held when the journey had traffic', () => {
    expect(verdict('2026-10-28', 1_000)).toEqual(['watching'])
    expect([verdict('2026-10-29', 100), verdict('2026-10-29', 99), verdict('2026-10-29', undefined)]).toEqual([
      ['held'],
      ['notEnoughTraffic'],
      ['unjudged'],
    ])
    expect(verdict('2026-12-15', 1_000)).toEqual([])
  })

  test('did not work when its cause is back', () => {
    expect(verdict('2026-10-12', 1_000, incident('INC-2', '2026-10-11'))).toEqual(['recurred'])
    expect(verdict('2026-10-12', 1_000, incident('INC-2', '2026-10-11', { causes: [] }))).toEqual(['watching'])
    expect(verdict('2026-10-12', 1_000, incident('INC-2', '2026-10-11', { drill: true }))).toEqual(['watching'])
  })

  test('did not work when what came back has opened it again; for another reason it is not watched any more', () => {
    const back = incident('INC-2', '2026-10-11')
    const reopened = { type: 'reopened', at: at('2026-10-11') + DAY, reason: 'r' } as const
    const watched = (event: FixEvent, now = '2026-10-31') =>
      watchDone([{ ...finished, events: [...finished.events, event] }], [first, back], at(now), ZONE, () => 1_000)
    expect(watched({ ...reopened, incident: 'INC-2' })).toMatchObject([{ verdict: 'recurred', incidents: ['INC-2'] }])
    expect(watched(reopened)).toEqual([])
    // Looked at before it happened, it has not.
    expect(watched(reopened, '2026-10-10')).toMatchObject([{ verdict: 'watching' }])
  })

  test.each([
    ['within 30 days', '2026-10-31', {}, ['FIX-1']],
    ['later', '2026-11-01', {}, []],
    ['before it was done', '2026-09-30', {}, []],
    ['of another journey', '2026-10-05', { journeys: ['search'] }, []],
    ['of another cause', '2026-10-05', { causes: [{ ...CAUSE, id: 'other', text: 'other' }] }, []],
    [
      'of a cause that names it',
      '2026-10-05',
      { causes: [{ ...CAUSE, id: 'other', text: 'other', fix: 'FIX-1' }] },
      ['FIX-1'],
    ],
  ])('is broken by an incident %s', (_, date, rest, keys) => {
    const back = incident('INC-2', date, rest)
    const broken = brokenBy([finished], back, [first, back], at(date) + DAY, ZONE)
    expect(broken.map(({ key }) => key)).toEqual(keys)
  })
})

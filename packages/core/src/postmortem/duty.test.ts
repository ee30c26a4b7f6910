import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  decideIncident,
  foldIncident,
  type Incident,
  type IncidentCommand,
  type IncidentEvent,
} from '../incident/index.ts'
import { type Closing, DAY, type Desk, dateOf, openingOn } from '../time/index.ts'
import { overdueFrom, postmortemDuty } from './duty.ts'

const TOKYO = 'Asia/Tokyo'
const WITHIN = { 1: 3, 2: 10 }
const at = (text: string) => Date.parse(`${text}+09:00`)
const closed = (...dates: readonly string[]): Closing => ({
  dayOff: (date) => (dates.includes(date) ? 'holiday' : undefined),
})
const office = (...closings: readonly Closing[]): Desk => ({
  timeZone: TOKYO,
  closings,
  hours: [{ times: [{ from: 600, to: 1_440 }], weekdays: [{ from: 1, to: 5 }], location: TOKYO }],
})

function incident(
  resolved: number | undefined,
  more: readonly IncidentCommand[] = [],
  drill = false,
  level: 1 | 2 | 3 = 1,
) {
  const events: IncidentEvent[] = []
  const open: IncidentCommand = { type: 'open', title: 'Down', level, journeys: [], episodes: [], drill }
  const now = (resolved ?? at('2026-10-30T12:00:00')) - 60_000
  const all = [open, { type: 'takeRole', role: 'lead', name: 'ren' } as const, ...more]
  for (const [i, command] of [...all, ...(resolved === undefined ? [] : [{ type: 'resolve' } as const])].entries()) {
    const context = { key: 'INC-0001', keys: [], journeys: [], zone: TOKYO, now: i === all.length ? now + 60_000 : now }
    const decision = decideIncident(foldIncident('INC-0001', events), command, context)
    if (!decision.ok) throw new Error(decision.problems.map(({ message }) => message).join())
    events.push(...decision.events)
  }
  return foldIncident('INC-0001', events) as Incident
}
const duty = (of: Incident, now: string, desk = office(closed('2026-11-03'))) =>
  postmortemDuty(of, WITHIN, desk, at(now))

test('is due on the third business day after the resolution, holidays left out, until the end of that day', () => {
  // Friday; Monday is the first, Tuesday is a holiday, Wednesday the second, Thursday the third.
  const of = incident(at('2026-10-30T18:00:00'))
  expect(duty(of, '2026-11-05T23:59:59')).toMatchObject({
    ...{ state: 'missing', due: '2026-11-05', overdueDays: 0, owner: 'ren', level: 1 },
  })
  expect(duty(of, '2026-11-06T00:00:00')).toMatchObject({ due: '2026-11-05', overdueDays: 1 })
  expect(overdueFrom({ due: '2026-11-05' }, office())).toBe(at('2026-11-06T00:00:00'))
})

test('the date and the owner that somebody states hold, and a published one is not overdue', () => {
  const owe: IncidentCommand = {
    type: 'owePostmortem',
    due: '2026-11-20',
    owner: 'aoi',
    reason: 'the vendor answers then',
  }
  const of = incident(at('2026-10-30T18:00:00'), [owe])
  expect(duty(of, '2026-11-21T09:00:00')).toMatchObject({
    due: '2026-11-20',
    dueIsStated: true,
    owner: 'aoi',
    overdueDays: 1,
  })
  const published = { ...of, postmortem: { state: 'published', since: 0, owner: 'mio' } } as const
  expect(duty(published, '2026-12-01T09:00:00')).toMatchObject({ state: 'published', overdueDays: 0, owner: 'mio' })
})

test('nothing is owed while it is open, of a level without a term, and of a drill that nobody flagged', () => {
  const resolved = at('2026-10-30T18:00:00')
  const owe: IncidentCommand = { type: 'owePostmortem', due: '2026-11-20', reason: 'much was learnt' }
  expect(duty(incident(undefined), '2026-11-21T09:00:00')).toBeUndefined()
  expect(duty(incident(resolved, [], false, 3), '2026-11-21T09:00:00')).toBeUndefined()
  expect(duty(incident(resolved, [], true), '2026-11-21T09:00:00')).toBeUndefined()
  expect(duty(incident(resolved, [owe], true), '2026-11-19T09:00:00')?.due).toBe('2026-11-20')
})

test('for all days and holidays, as many business days lie after the resolution up to the due date, which is one', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: at('2026-01-01T00:00:00'), max: at('2027-12-31T23:59:59') }),
      fc.integer({ min: 1, max: 60 }),
      fc.uniqueArray(fc.integer({ min: 0, max: 40 }), { maxLength: 12 }),
      (resolved, days, offs) => {
        const desk = office(closed(...offs.map((n) => dateOf(resolved + n * DAY, TOKYO))))
        const due = postmortemDuty(incident(resolved), { 1: days }, desk, resolved)?.due ?? ''
        const dates = Array.from({ length: 200 }, (_, n) => dateOf(resolved + (n + 1) * DAY, TOKYO))
        const counted = dates.filter((date) => date <= due && openingOn(desk, date) !== undefined)
        expect(counted).toHaveLength(days)
        expect(counted.at(-1)).toBe(due)
      },
    ),
    { numRuns: 50 },
  )
})

test('what is stated is checked', () => {
  const of = incident(undefined)
  const context = { key: 'INC-0001', keys: [], journeys: [], zone: TOKYO, now: 0 }
  const said = decideIncident(of, { type: 'owePostmortem', due: '2026-02-30', reason: ' ' }, context)
  expect(said.ok ? [] : said.problems.map(({ code }) => code)).toEqual(['POSTMORTEM_DUE', 'POSTMORTEM_TEXT'])
})

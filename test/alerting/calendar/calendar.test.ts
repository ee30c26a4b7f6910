import { HOUR } from '@tabiji/core/time'
import { describe, expect, test } from 'vitest'
import { openOffice } from './testing/office.ts'

const JAPAN = 'holidays: [jp]\nclosures: [2026-12-29..2027-01-03]'
const ICS = [
  'BEGIN:VCALENDAR',
  'VERSION:2.0',
  'BEGIN:VEVENT',
  'UID:1',
  'DTSTART;VALUE=DATE:20261109',
  'DTEND;VALUE=DATE:20261111',
  'SUMMARY:offsite',
  'END:VEVENT',
  'BEGIN:VEVENT',
  'UID:2',
  'DTSTART;TZID=Asia/Tokyo:20261111T090000',
  'DTEND;TZID=Asia/Tokyo:20261111T130000',
  'SUMMARY:all hands',
  'END:VEVENT',
  'END:VCALENDAR',
  '',
].join('\r\n')

describe('what waited is told when the business day begins', () => {
  test.each([
    ['after a Friday night', JAPAN, '2026-11-06T22:00+09:00', '2026-11-09T10:00+09:00'],
    ['after Golden Week, whose Sunday moved', JAPAN, '2026-05-01T22:00+09:00', '2026-05-07T10:00+09:00'],
    ['after a holiday that moved to Monday', JAPAN, '2027-03-19T22:00+09:00', '2027-03-23T10:00+09:00'],
    ['after the year’s end', JAPAN, '2026-12-28T11:00+09:00', '2027-01-04T10:00+09:00'],
    ['after a day on which the desk was open', JAPAN, '2026-11-10T11:00+09:00', '2026-11-11T10:00+09:00'],
    [
      'after a company closure',
      'closures: [2026-11-09, 2026-11-10]',
      '2026-11-06T22:00+09:00',
      '2026-11-11T10:00+09:00',
    ],
    [
      'after a calendar’s days, and its morning',
      'holidays: [company.ics]',
      '2026-11-06T22:00+09:00',
      '2026-11-11T13:00+09:00',
    ],
    [
      'in Berlin, where the clocks go back over the weekend',
      'teams: { shop-team: { timeZone: Europe/Berlin } }',
      '2026-10-23T22:00+02:00',
      '2026-10-26T10:00+01:00',
    ],
    [
      'in Berlin, where they go forward',
      'teams: { shop-team: { timeZone: Europe/Berlin } }',
      '2026-03-27T22:00+01:00',
      '2026-03-30T10:00+02:00',
    ],
    [
      'in New York, where they go back',
      "teams: { shop-team: { timeZone: America/New_York, hours: { opens: '09:00' }, holidays: [us] } }",
      '2026-10-30T22:00-04:00',
      '2026-11-02T09:00-05:00',
    ],
    [
      'in New York, where they go forward',
      "teams: { shop-team: { timeZone: America/New_York, hours: { opens: '09:00' }, holidays: [us] } }",
      '2026-03-06T22:00-05:00',
      '2026-03-09T09:00-04:00',
    ],
    [
      'in New York on a Monday that is a holiday in Japan only',
      `${JAPAN}\nteams: { shop-team: { timeZone: America/New_York, holidays: [us] } }`,
      '2026-11-20T22:00-05:00',
      '2026-11-23T10:00-05:00',
    ],
  ])('%s', async (_, calendar, fired, due) => {
    const office = await openOffice(new Date(Date.parse(fired) - HOUR).toISOString(), calendar, { 'company.ics': ICS })
    await office.fail(fired, 20)
    const at = Date.parse(due)
    for (let now = Date.parse(fired) + 6 * HOUR; now < at - 1; now += 6 * HOUR) await office.turn(now)
    await office.turn(at - 1)
    expect(office.team()).toEqual([])
    await office.turn(at)
    expect(office.team()).toMatchObject([{ items: [{ episode: 'A-0001' }] }])
    expect(office.team()[0]?.dueAt).toBeUndefined()
    await office.turn(at + 1_000)
    expect(office.team()).toHaveLength(1)
  })
})

describe('a digest', () => {
  const FRIDAY = '2026-11-06T22:00+09:00'
  const MONDAY = '2026-11-09T10:00+09:00'

  test('tells what is open, and again every morning until it is over, then that it recovered', async () => {
    const office = await openOffice('2026-11-06T21:00+09:00', '')
    await office.fail(MONDAY.replace('10:00', '09:30'), 20)
    await office.turn(MONDAY)
    expect(office.team()).toMatchObject([{ day: '2026-11-09', open: 1, over: 0, items: [{ state: 'open' }] }])
    expect(office.team()[0]?.text).toContain('https://wiki.example.org/runbooks/checkout')
    await office.fail('2026-11-10T09:30+09:00', 20)
    await office.turn('2026-11-10T10:00+09:00')
    expect(office.team()[1]).toMatchObject({ day: '2026-11-10', open: 1 })
    await office.turn('2026-11-10T12:00+09:00')
    await office.turn('2026-11-10T13:00+09:00')
    await office.turn('2026-11-11T10:00+09:00')
    expect(office.team()[2]).toMatchObject({ day: '2026-11-11', open: 0, over: 1, items: [{ state: 'recovered' }] })
    await office.turn('2026-11-12T10:00+09:00')
    expect(office.team()).toHaveLength(3)
  })

  test('is told once although the collector ends between writing and sending it', async () => {
    const office = await openOffice('2026-11-06T21:00+09:00', '')
    await office.fail(FRIDAY, 20)
    await office.turn(MONDAY, 'delivery')
    await office.restart()
    await office.turn('2026-11-09T10:00:15+09:00')
    await office.restart()
    await office.turn('2026-11-09T10:00:30+09:00')
    expect(office.team()).toHaveLength(1)
  })

  test('comes once after days in which nobody was there, and says that it is late', async () => {
    const office = await openOffice('2026-11-06T21:00+09:00', '')
    await office.fail(FRIDAY, 20)
    await office.restart()
    await office.turn('2026-11-11T12:00+09:00')
    await office.turn('2026-11-11T12:00:15+09:00')
    await office.turn('2026-11-11T12:00:30+09:00')
    expect(office.team()).toMatchObject([{ day: '2026-11-11', dueAt: new Date(MONDAY).toISOString() }])
    expect(office.team()[0]?.text).toContain('This comes late: it was due on 2026-11-09 10:00 (Asia/Tokyo).')
    await office.turn('2026-11-12T10:00+09:00')
    expect(office.team().filter(({ dueAt }) => dueAt !== undefined)).toHaveLength(1)
  })

  test('goes to the team’s own receiver, and another team is told nothing', async () => {
    const office = await openOffice('2026-11-06T21:00+09:00', 'teams: { shop-team: { routes: { ticket: [other] } } }')
    await office.fail(FRIDAY, 20)
    await office.turn(MONDAY)
    expect(office.other()).toMatchObject([{ team: 'shop-team', items: [{ episode: 'A-0001' }] }])
    expect(office.team()).toEqual([])
  })

  test('can be seen and sent before its time; then its time passes unless something came since', async () => {
    const office = await openOffice('2026-11-06T21:00+09:00', '')
    expect(await office.post('/digests/everybody/send', {})).toMatchObject({ status: 409 })
    await office.fail(FRIDAY, 20)
    type Answer = { digests: { team: string; period: string; dueAt: number; facts: { open: number } }[] }
    const { digests } = await office.get<Answer>('/digests')
    expect(digests[0]).toMatchObject({
      team: 'everybody',
      period: 'day',
      dueAt: Date.parse(MONDAY),
      facts: { open: 1 },
    })
    expect(await office.post('/digests/everybody/send', { by: 'aoi' })).toMatchObject({ status: 200 })
    expect(await office.post('/digests/everybody/send', { by: 'aoi' })).toMatchObject({ status: 409 })
    expect(await office.post('/digests/nobody/send', {})).toMatchObject({ status: 404 })
    await office.turn('2026-11-06T22:01+09:00')
    expect(office.team()).toMatchObject([{ early: true, by: 'aoi', open: 1 }])
    await office.turn(MONDAY)
    expect(office.team()).toHaveLength(1)
    await office.turn('2026-11-09T11:00+09:00')
    await office.turn('2026-11-09T12:00+09:00')
    await office.turn('2026-11-10T10:00+09:00')
    expect(office.team()[1]).toMatchObject({ day: '2026-11-10', over: 1 })
  })

  test('explains in the alert’s own history what became of it', async () => {
    const office = await openOffice('2026-11-06T21:00+09:00', '')
    await office.fail(FRIDAY, 20)
    type Answer = {
      notifications: { state: string; notBefore: number; verdicts: { gate: string; verdict: string }[] }[]
    }
    const before = await office.get<Answer>('/alerts/A-0001')
    expect(before.notifications).toMatchObject([{ state: 'digest', notBefore: Date.parse(MONDAY) }])
    expect(before.notifications[0]?.verdicts).toContainEqual(
      expect.objectContaining({
        gate: 'hours',
        verdict: 'defer',
        until: Date.parse(MONDAY),
      }),
    )
    await office.turn(MONDAY)
    const after = await office.get<Answer>('/alerts/A-0001')
    expect(after.notifications.map(({ state }) => state)).toContain('digested')
  })
})

describe('the week of level 3', () => {
  test.each([
    ['with its first business day', JAPAN, '2026-11-18T11:00+09:00', '2026-11-24T10:00+09:00'],
    ['at its day and time', "weekly: { day: fri, at: '16:00' }", '2026-11-18T11:00+09:00', '2026-11-20T16:00+09:00'],
  ])('is told %s', async (_, calendar, fired, due) => {
    const office = await openOffice('2026-11-17T21:00+09:00', calendar)
    await office.fail(fired, 5)
    const at = Date.parse(due)
    for (let now = Date.parse(fired) + 6 * HOUR; now < at - 1; now += 6 * HOUR) await office.turn(now)
    await office.turn(at - 1)
    expect(office.weeks()).toEqual([])
    await office.turn(at)
    expect(office.weeks()).toMatchObject([{ level: 3, items: [{ episode: 'A-0001' }] }])
    expect(office.team()).toEqual([])
  })

  test('is not told where nobody wants it', async () => {
    const office = await openOffice('2026-11-17T21:00+09:00', 'weekly: false')
    await office.fail('2026-11-18T11:00+09:00', 5)
    await office.turn('2026-11-23T10:00+09:00')
    await office.turn('2026-11-30T10:00+09:00')
    expect(office.weeks()).toEqual([])
  })
})

import { describe, expect, test } from 'vitest'
import type { IncidentCommand } from './command.ts'
import { decideIncident } from './command.ts'
import { foldIncident, type IncidentEvent } from './incident.ts'
import type { Incident } from './state.ts'
import { incidentsDuring, summarizeIncident } from './summary.ts'

const ZONE = 'Asia/Tokyo'
const at = (text: string) => Date.parse(`${text}+09:00`)
const OPEN = {
  type: 'open',
  title: ' Scans cannot be uploaded ',
  level: 1,
  journeys: ['measure-feet'],
  episodes: ['A-0001'],
  drill: false,
} as const satisfies IncidentCommand

function decideAt(now: string, log: readonly IncidentEvent[], command: IncidentCommand, key = 'INC-0001') {
  const keys = log.length > 0 ? ['INC-0001'] : []
  const context = { now: at(now), by: 'suzuki', key, keys, journeys: ['measure-feet', 'read-result'], zone: ZONE }
  return decideIncident(key === 'INC-0001' ? foldIncident(key, log) : undefined, command, context)
}

/** Runs commands one after another; each must be accepted. */
function recordAll(...commands: readonly (readonly [now: string, command: IncidentCommand])[]): IncidentEvent[] {
  const log: IncidentEvent[] = []
  for (const [now, command] of commands) {
    const decision = decideAt(now, log, command)
    if (!decision.ok) throw new Error(decision.problems.map(({ message }) => message).join('; '))
    log.push(...decision.events)
  }
  return log
}

const messages = (decision: ReturnType<typeof decideAt>) =>
  decision.ok
    ? []
    : decision.problems.map(({ message, hint }) => (hint === undefined ? message : `${message} (${hint})`))

describe('an incident', () => {
  test('is opened, timed and resolved', () => {
    const log = recordAll(
      ['2026-10-20T13:05:00', OPEN],
      ['2026-10-20T13:06:00', { type: 'edit', episodes: ['A-0001', 'A-0002'] }],
      ['2026-10-20T14:00:00', { type: 'time', moment: 'mitigated', value: '13:40', reason: 'rolled back' }],
      ['2026-10-20T14:01:00', { type: 'time', moment: 'impactStarted', value: '2026-10-20T13:02', reason: 'graph' }],
      ['2026-10-20T15:00:00', { type: 'resolve' }],
    )
    expect(summarizeIncident(foldIncident('INC-0001', log) as Incident, ZONE)).toEqual({
      key: 'INC-0001',
      title: 'Scans cannot be uploaded',
      level: 1,
      journeys: ['measure-feet'],
      episodes: ['A-0001', 'A-0002'],
      drill: false,
      openedAt: '2026-10-20T13:05:00+09:00',
      impactStartedAt: '2026-10-20T13:02:00+09:00',
      mitigatedAt: '2026-10-20T13:40:00+09:00',
      resolvedAt: '2026-10-20T15:00:00+09:00',
    })
  })

  test('keeps who recorded what', () => {
    expect(recordAll(['2026-10-20T13:05:00', OPEN])[0]).toMatchObject({ type: 'opened', by: 'suzuki' })
  })

  test('is not resolved twice', () => {
    const log = recordAll(['2026-10-20T13:05:00', OPEN], ['2026-10-20T14:00:00', { type: 'resolve' }])
    expect(messages(decideAt('2026-10-20T15:00:00', log, { type: 'resolve' }))).toEqual([
      'Expected INC-0001 to be open, but it was resolved at 2026-10-20T14:00:00+09:00 (if it is back, reopen it with a reason)',
    ])
  })

  test('is open again after reopening', () => {
    const log = recordAll(
      ['2026-10-20T13:05:00', OPEN],
      ['2026-10-20T14:00:00', { type: 'resolve' }],
      ['2026-10-20T14:30:00', { type: 'reopen', reason: 'errors are back' }],
    )
    expect(foldIncident('INC-0001', log)?.resolvedAt).toBeUndefined()
    expect(messages(decideAt('2026-10-20T15:00:00', log, { type: 'reopen', reason: 'x' }))).toEqual([
      'Expected INC-0001 to be resolved, but it is still open',
    ])
  })

  test('says everything that is wrong at once, with the nearest name', () => {
    const decision = decideAt('2026-10-20T13:05:00', [], { ...OPEN, title: '  ', journeys: ['measure-fete', 'shop'] })
    expect(messages(decision)).toEqual([
      'Expected `title` to have 1 to 200 characters, got nothing',
      'Expected `journey` to be a known one, got "measure-fete" (did you mean "measure-feet"?)',
      'Expected `journey` to be a known one, got "shop" (known: measure-feet, read-result)',
    ])
  })

  test('that does not exist is refused with the nearest key', () => {
    const log = recordAll(['2026-10-20T13:05:00', OPEN])
    expect(messages(decideAt('2026-10-20T14:00:00', log, { type: 'resolve' }, 'INC-0007'))).toEqual([
      'There is no incident INC-0007 (did you mean "INC-0001"?)',
    ])
  })

  test('refuses an edit that changes nothing', () => {
    const log = recordAll(['2026-10-20T13:05:00', OPEN])
    expect(messages(decideAt('2026-10-20T14:00:00', log, { type: 'edit' }))).toEqual([
      'Expected a title, a level, journeys or episodes to change, got none',
    ])
  })

  test.each([
    ['impactStarted', '2026-10-20T13:30:00', 'at or before `detected` (2026-10-20T13:10:00+09:00)'],
    ['mitigated', '2026-10-20T13:00:00', 'at or after `detected` (2026-10-20T13:10:00+09:00)'],
    ['mitigated', '2026-10-20T16:00:00', 'at or before now (2026-10-20T15:00:00+09:00)'],
  ] as const)('refuses %s at %s: moments stand in order and in the past', (moment, value, expected) => {
    const log = recordAll(
      ['2026-10-20T13:15:00', OPEN],
      [
        '2026-10-20T14:00:00',
        { type: 'time', moment: 'detected', value: '2026-10-20T13:10:00+09:00', reason: 'alert' },
      ],
    )
    const command = { type: 'time', moment, value, reason: 'seen' } as const
    expect(messages(decideAt('2026-10-20T15:00:00', log, command))).toEqual([
      `Expected \`${moment}\` of INC-0001 to be ${expected}, got ${value}+09:00`,
    ])
  })

  test('refuses a time that cannot be read, together with all else', () => {
    const log = recordAll(['2026-10-20T13:15:00', OPEN])
    expect(
      messages(decideAt('2026-10-20T15:00:00', log, { type: 'time', moment: 'detected', value: 'noon', reason: ' ' })),
    ).toEqual([
      'Expected `reason` to have 1 to 2000 characters, got nothing',
      'Expected `value` to be one instant on the clocks of Asia/Tokyo, got "noon" (write HH:MM for today, or a time with its offset such as 2026-10-20T13:02+09:00)',
    ])
  })

  test('log that was not written by us is not read', () => {
    expect(() => foldIncident('INC-0001', [{ type: 'resolved', at: 0 }])).toThrow('begin with opened')
    expect(foldIncident('INC-0001', [])).toBeUndefined()
  })
})

test('a month lists what was open in it, whenever it was opened', () => {
  const incident = (key: string, openedAt: string, resolvedAt?: string): Incident => ({
    key,
    title: key,
    journeys: [],
    episodes: [],
    drill: false,
    openedAt: at(openedAt),
    status: resolvedAt === undefined ? 'investigating' : 'resolved',
    roles: {},
    times: {},
    ...(resolvedAt !== undefined && { resolvedAt: at(resolvedAt) }),
  })
  const incidents = [
    incident('INC-0004', '2026-11-01T00:00:00'),
    incident('INC-0003', '2026-10-31T23:59:59'),
    incident('INC-0002', '2026-09-30T12:00:00', '2026-10-01T00:00:00'),
    incident('INC-0001', '2026-09-30T12:00:00', '2026-09-30T23:59:59'),
  ]
  const october = { from: at('2026-10-01T00:00:00'), to: at('2026-11-01T00:00:00') }
  expect(incidentsDuring(incidents, october, ZONE).map(({ key }) => key)).toEqual(['INC-0002', 'INC-0003'])
})

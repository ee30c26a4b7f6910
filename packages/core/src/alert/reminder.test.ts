import { describe, expect, test } from 'vitest'
import type { Ack, Episode } from './episode.ts'
import { attendTimers, planTimers, type ReminderRules, type Timer, type Watched } from './reminder.ts'

const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE
const NOW = Date.parse('2026-10-10T12:00:00Z')
const FIRING: Episode = { state: 'firing', startedAt: NOW, reopenings: 0 }
const ACK: Ack = { by: 'aoi', at: NOW + MINUTE, until: NOW + 61 * MINUTE, via: 'api' }
const RULES: ReminderRules = {
  escalation: [
    { afterMs: 5 * MINUTE, to: ['chat'] },
    { afterMs: 15 * MINUTE, to: ['second', 'chat'] },
  ],
  reminders: { everyMs: 30 * MINUTE, atMost: 2 },
  ticketDue: (startedAt) => startedAt + 3 * DAY,
}

const OTHERS = ['chat', 'second']

const page = (episode: Episode = FIRING): Watched => ({ id: 'A-0001', level: 1, episode })
const ticket = (episode: Episode = FIRING): Watched => ({ id: 'A-0002', level: 2, episode })
const acked: Episode = { ...FIRING, state: 'acked', ack: ACK }

/** Kind, step and minutes from now. */
const shown = (timers: readonly Timer[]) =>
  timers.map(({ kind, step, due }) => `${kind} ${step} ${(due - NOW) / MINUTE}`)

describe('a page that nobody has', () => {
  const timers = planTimers(page(), NOW, RULES)

  test('goes to others in time, and is said again', () => {
    expect(shown(timers)).toEqual(['escalation 0 5', 'escalation 1 15', 'reminder 0 30'])
  })

  test('is not told of before it is time', () => {
    const attended = attendTimers(page(), timers, RULES, NOW + 5 * MINUTE - 1)
    expect(attended).toEqual({ episode: FIRING, transitions: [], tellings: [], timers })
  })

  test('is told to the first ones after their time, and what is left stays', () => {
    const attended = attendTimers(page(), timers, RULES, NOW + 5 * MINUTE)
    expect(attended.tellings).toEqual([
      { reason: 'unanswered', level: false, to: ['chat'], asked: [], since: NOW, lateMs: 0 },
    ])
    expect(shown(attended.timers)).toEqual(['escalation 1 15', 'reminder 0 30'])
  })

  test('is said again to everybody who was told, as often as stated', () => {
    const first = attendTimers(page(), timers.slice(2), RULES, NOW + 30 * MINUTE)
    expect(first.tellings).toEqual([
      { reason: 'unanswered', level: true, to: OTHERS, asked: OTHERS, since: NOW, lateMs: 0 },
    ])
    expect(shown(first.timers)).toEqual(['reminder 1 60'])
    const second = attendTimers(page(), first.timers, RULES, NOW + 60 * MINUTE)
    expect(second.tellings).toHaveLength(1)
    expect(second.timers).toEqual([])
  })

  test('after a night without us is told of once to each, with how late that is', () => {
    const { tellings, timers: left } = attendTimers(page(), timers, RULES, NOW + 480 * MINUTE)
    expect(tellings.map(({ to, level, lateMs }) => [to, level, lateMs / MINUTE])).toEqual([
      [['chat'], false, 475],
      [['second'], false, 465],
      [[], true, 450],
    ])
    expect(shown(left)).toEqual(['reminder 1 510'])
  })

  test('without reminders is not said again', () => {
    const quiet = { ...RULES, escalation: [], reminders: { everyMs: MINUTE, atMost: 0 } }
    expect(planTimers(page(), NOW, quiet)).toEqual([])
  })
})

describe('what somebody has', () => {
  const timers = planTimers(page(acked), ACK.at, RULES)

  test('waits for the end of that only', () => {
    expect(shown(timers)).toEqual(['ack_expiry 0 61'])
  })

  test('is nobody’s when its time is over: everybody is told, and the page goes to others anew', () => {
    const attended = attendTimers(page(acked), timers, RULES, NOW + 70 * MINUTE)
    expect(attended).toMatchObject({
      episode: FIRING,
      transitions: ['ack_expired'],
      tellings: [{ reason: 'ack_expired', level: true, to: [], lateMs: 9 * MINUTE }],
    })
    expect(shown(attended.timers)).toEqual(['escalation 0 75', 'escalation 1 85', 'reminder 0 100'])
  })

  test('and was renewed is not told of; its timer is put right', () => {
    const renewed: Episode = { ...acked, ack: { ...ACK, until: NOW + 90 * MINUTE } }
    const attended = attendTimers(page(renewed), timers, RULES, NOW + 61 * MINUTE)
    expect(attended).toMatchObject({ episode: renewed, transitions: [], tellings: [] })
    expect(shown(attended.timers)).toEqual(['ack_expiry 0 90'])
  })

  test('is not escalated by timers that were left from before', () => {
    const left = planTimers(page(), NOW, RULES)
    expect(attendTimers(page(acked), left, RULES, NOW + 40 * MINUTE)).toMatchObject({ tellings: [], timers: [] })
  })
})

describe('a level 2 that stays open', () => {
  test('is proposed as a ticket, once', () => {
    const timers = planTimers(ticket(), NOW, RULES)
    expect(shown(timers)).toEqual([`ticket 0 ${(3 * DAY) / MINUTE}`])
    const { episode, tellings, timers: left } = attendTimers(ticket(), timers, RULES, NOW + 3 * DAY)
    expect(tellings).toEqual([{ reason: 'ticket', level: true, to: [], asked: [], since: NOW, lateMs: 0 }])
    expect(episode.ticketProposed).toBe(true)
    expect([...left, ...planTimers(ticket(episode), NOW, RULES)]).toEqual([])
  })

  test('is not proposed while somebody has it', () => {
    const until = NOW + 4 * DAY
    const taken: Episode = { ...acked, ack: { ...ACK, until } }
    const timers = planTimers(ticket(taken), NOW, RULES)
    const { tellings, timers: left } = attendTimers(ticket(taken), timers, RULES, NOW + 3 * DAY)
    expect(tellings).toEqual([])
    expect(left.filter(({ kind }) => kind === 'ticket').map(({ due }) => due)).toEqual([until])
  })
})

test.each(['resolved', 'closed'] as const)('nothing is told of what is %s, and its timers are gone', (state) => {
  const over: Episode = { ...FIRING, state, resolvedAt: NOW }
  const timers = planTimers(page(), NOW, RULES)
  expect(attendTimers(page(over), timers, RULES, NOW + DAY)).toMatchObject({ tellings: [], timers: [] })
  expect(planTimers(page(over), NOW, RULES)).toEqual([])
})

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ackEpisode, lowerEpisode, raiseEpisode, unackEpisode } from './ack.ts'
import { type Episode, FLAP_WINDOW_MS, isFlapping, isOpen, stepEpisode, type Transition } from './episode.ts'
import { attendTimers, planTimers, type ReminderRules, type Telling, type Timer, type Watched } from './reminder.ts'

const FULL = process.env['TABIJI_FULL'] === '1'
const RUNS = { numRuns: FULL ? 20_000 : 500 }
const TIMEOUT = FULL ? 600_000 : 30_000
const MINUTE = 60_000
const START = 1_760_000_000_000

const RULES: ReminderRules = {
  escalation: [
    { afterMs: 5 * MINUTE, to: ['fallback'] },
    { afterMs: 15 * MINUTE, to: ['second'] },
  ],
  reminders: { everyMs: 30 * MINUTE, atMost: 3 },
  ticketDue: (startedAt) => startedAt + 90 * MINUTE,
}

type Said =
  | { readonly what: 'holds' | 'between' | 'calm' | 'unread' }
  | { readonly what: 'ack'; readonly by: string; readonly minutes: number; readonly ago: number }
  | { readonly what: 'unack' | 'raise' | 'lower' | 'look' }

const anySaid: fc.Arbitrary<Said> = fc.oneof(
  { weight: 5, arbitrary: fc.constantFrom('holds', 'between', 'calm', 'unread').map((what) => ({ what }) as Said) },
  {
    weight: 3,
    arbitrary: fc.record({
      what: fc.constant('ack' as const),
      by: fc.constantFrom('aoi', 'ren'),
      minutes: fc.integer({ min: -10, max: 90 }),
      ago: fc.integer({ min: -5, max: 20 }),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.constantFrom('unack', 'raise', 'lower', 'look', 'look').map((what) => ({ what }) as Said),
  },
)
/** The clock mostly goes on, and sometimes back. */
const anyPast = fc.array(
  fc.record({ after: fc.oneof(fc.nat(10), fc.nat(10), fc.nat(400), fc.integer({ min: -30, max: 0 })), said: anySaid }),
  { minLength: 1, maxLength: 60, size: 'max' },
)

type State = { readonly episode?: Episode; readonly timers: readonly Timer[] }
type Done = State & { readonly transitions: readonly Transition[]; readonly tellings: readonly Telling[] }

/** What the collector does with what is said: timers are planned anew whenever the episode changes hands. */
function act({ episode, timers }: State, said: Said, now: number, level: 1 | 2): Done {
  const watched = (changed: Episode): Watched => ({ id: 'A-0001', level, episode: changed })
  const changed = (step: {
    readonly episode: Episode | undefined
    readonly transitions: readonly Transition[]
  }): Done => {
    const planned =
      step.episode === undefined || step.transitions.length === 0
        ? timers
        : planTimers(watched(step.episode), now, RULES)
    const kept = step.episode === undefined ? {} : { episode: step.episode }
    return { ...kept, timers: planned, transitions: step.transitions, tellings: [] }
  }
  const { what } = said
  if (what === 'unread') return changed(stepEpisode(episode, { read: false, now }))
  if (what === 'holds' || what === 'between' || what === 'calm') {
    const signal = { read: true, holds: what === 'holds', calm: what === 'calm', now, keepMs: 5 * MINUTE } as const
    return changed(stepEpisode(episode, signal))
  }
  if (episode === undefined) return { timers, transitions: [], tellings: [] }
  if (what === 'ack') {
    const at = now - said.ago * MINUTE
    return changed(ackEpisode(episode, { by: said.by, at, until: now + said.minutes * MINUTE, via: 'api' }, now))
  }
  if (what === 'unack') return changed(unackEpisode(episode))
  if (what === 'raise') return changed(raiseEpisode(episode, 'A-0005'))
  if (what === 'lower') return changed(lowerEpisode(episode))
  return attendTimers(watched(episode), timers, RULES, now)
}

type Moment = { readonly said: Said; readonly now: number; readonly before: State; readonly after: Done }

function live(past: readonly { readonly after: number; readonly said: Said }[], level: 1 | 2): readonly Moment[] {
  let state: State = { timers: [] }
  let now = START
  return past.map(({ after, said }) => {
    now += after * MINUTE
    const before = state
    const done = act(before, said, now, level)
    state = done
    return { said, now, before, after: done }
  })
}

function always(check: (moment: Moment, level: 1 | 2) => void) {
  fc.assert(
    fc.property(anyPast, fc.constantFrom(1, 2), (past, level) => {
      for (const moment of live(past, level)) check(moment, level)
    }),
    RUNS,
  )
}

const isSignal = ({ what }: Said) => what === 'holds' || what === 'between' || what === 'calm'

describe('for all signals, acks and clocks', { timeout: TIMEOUT }, () => {
  test('the same at the same time again changes nothing and tells nothing', () => {
    always(({ said, now, after }, level) => {
      const again = act(after, said, now, level)
      expect([again.transitions, again.tellings]).toEqual([[], []])
      if (after.episode?.state !== 'closed') expect(again.episode).toEqual(after.episode)
    })
  })

  test('nothing but what the rule says ends an episode, and no missing data do', () => {
    always(({ said, before, after }) => {
      if (isSignal(said)) return
      if (before.episode !== undefined) expect(isOpen(after.episode ?? before.episode)).toBe(isOpen(before.episode))
      expect(after.transitions).not.toContain('resolved')
      expect(after.transitions).not.toContain('closed')
    })
  })

  test('an ack takes no end away: with and without acks an episode fires and resolves at the same moments', () => {
    const told = (moments: readonly Moment[]) =>
      moments.flatMap(({ now, after }) =>
        after.transitions
          .filter((each) => each === 'fired' || each === 'resolved' || each === 'reopened' || each === 'closed')
          .map((each) => `${now} ${each}`),
      )
    fc.assert(
      fc.property(anyPast, (past) => {
        const without = past.map((each) => (isSignal(each.said) ? each : { ...each, said: lookOr(each.said) }))
        expect(told(live(past, 1))).toEqual(told(live(without, 1)))
      }),
      RUNS,
    )
  })

  test('who has it stands beside `acked`, and nowhere else', () => {
    always(({ after: { episode } }) => {
      if (episode !== undefined) expect(episode.ack !== undefined).toBe(episode.state === 'acked')
    })
  })

  test('an ack has an end, and whenever nobody has a page any more, others are told in time', () => {
    always(({ now, after: { episode, timers, transitions } }, level) => {
      if (episode === undefined || !isOpen(episode)) expect(timers).toEqual([])
      else if (episode.state === 'acked') {
        expect(timers.filter(({ kind }) => kind === 'ack_expiry').map(({ due }) => due)).toEqual([episode.ack?.until])
      } else if (level === 1 && transitions.some((each) => FREED.includes(each))) {
        const asks = timers.filter(({ kind, since }) => kind === 'escalation' && since === now)
        expect(asks).toHaveLength(RULES.escalation.length)
      }
    })
  })

  test('nobody is told of what is over or taken, and nothing twice at one time', () => {
    always(({ before, after }) => {
      const { tellings } = after
      if (tellings.length === 0) return
      expect(before.episode === undefined || isOpen(before.episode)).toBe(true)
      if (before.episode?.state === 'acked') expect(after.transitions).toEqual(['ack_expired'])
      const named = tellings.flatMap(({ to }) => to)
      expect(new Set(named).size).toBe(named.length)
      expect(tellings.filter(({ level }) => level).length).toBeLessThanOrEqual(1)
      for (const { lateMs } of tellings) expect(lateMs).toBeGreaterThanOrEqual(0)
    })
  })

  test('an unanswered page is told again at most once per step of the escalation and as often as reminders may', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 200 }), { maxLength: 60 }), (pauses) => {
        const past = [{ after: 0, said: { what: 'holds' } as Said }]
        const looks = pauses.map((after) => ({ after, said: { what: 'look' } as Said }))
        const tellings = live([...past, ...looks], 1).flatMap(({ after }) => after.tellings)
        expect(tellings.filter(({ level }) => level).length).toBeLessThanOrEqual(RULES.reminders.atMost)
        expect(tellings.filter(({ level }) => !level).length).toBeLessThanOrEqual(RULES.escalation.length)
      }),
      RUNS,
    )
  })

  test('what flaps resolves only after a whole window of quiet, and the first fire is always told', () => {
    always(({ before, after, now }) => {
      if (after.transitions.includes('flapping')) expect(after.transitions).toContain('reopened')
      if (!after.transitions.includes('resolved') || before.episode === undefined) return
      if (isFlapping(before.episode))
        expect(now - Math.min(before.episode.calmSince ?? now, now)).toBeGreaterThanOrEqual(FLAP_WINDOW_MS)
    })
  })
})

const FREED: readonly Transition[] = ['fired', 'reopened', 'unacked', 'ack_expired']

/** Nothing about hands: missing data stay, everything else becomes a look at the timers. */
function lookOr(said: Said): Said {
  return said.what === 'unread' ? said : { what: 'look' }
}

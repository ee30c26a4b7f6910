import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Episode, FLAP_WINDOW_MS, type Signal, stepEpisode, type Transition } from './episode.ts'

const FULL = process.env['TABIJI_FULL'] === '1'
const RUNS = { numRuns: FULL ? 20_000 : 500 }
const TIMEOUT = FULL ? 600_000 : 20_000

/** What a rule says over time, as seconds since the last time and the condition then. */
const anySignals: fc.Arbitrary<readonly Signal[]> = fc
  .array(
    fc.record({
      after: fc.oneof(fc.nat(120), fc.integer({ min: 0, max: 3_000 })),
      says: fc.constantFrom('holds', 'between', 'calm', 'calm', 'unread'),
    }),
    { minLength: 1, maxLength: 80, size: 'max' },
  )
  .chain((steps) => fc.tuple(fc.constant(steps), fc.constantFrom(0, 60_000, 300_000, 1_800_000)))
  .map(([steps, keepMs]) => {
    let now = 1_760_000_000_000
    return steps.map(({ after, says }): Signal => {
      now += after * 1000
      if (says === 'unread') return { read: false, now }
      return { read: true, holds: says === 'holds', calm: says === 'calm', now, keepMs }
    })
  })

type Moment = {
  readonly signal: Signal
  readonly before: Episode | undefined
  readonly after: Episode | undefined
  readonly told: readonly Transition[]
}

function live(signals: readonly Signal[]): readonly Moment[] {
  let episode: Episode | undefined
  return signals.map((signal) => {
    const before = episode
    const step = stepEpisode(before, signal)
    episode = step.episode
    return { signal, before, after: episode, told: step.transitions }
  })
}

/** Runs `check` on each moment of all lives; `past` are the signals up to and with the moment's. */
function always(check: (moment: Moment, past: readonly Signal[]) => void) {
  fc.assert(
    fc.property(anySignals, (signals) => {
      live(signals).forEach((moment, i) => {
        check(moment, signals.slice(0, i + 1))
      })
    }),
    RUNS,
  )
}

const isOpen = (episode: Episode | undefined) => episode?.state === 'firing' || episode?.state === 'acked'

describe('for all that a rule may say', { timeout: TIMEOUT }, () => {
  test('saying the same again at the same time changes nothing', () => {
    always(({ signal, after }) => {
      const again = stepEpisode(after, signal)
      expect(again.transitions).toEqual([])
      expect(again.episode).toEqual(after?.state === 'closed' ? undefined : after)
    })
  })

  test('nothing resolves before it was calm for the keep without a break, and read all that time', () => {
    always(({ signal, before, told }, past) => {
      if (!told.includes('resolved') || !signal.read) return
      const keep = (before?.reopenings ?? 0) >= 3 ? Math.max(signal.keepMs, FLAP_WINDOW_MS) : signal.keepMs
      const broken = past.findLastIndex((each) => !each.read || !each.calm || each.holds)
      expect(signal.now - (past[broken + 1]?.now ?? signal.now)).toBeGreaterThanOrEqual(keep)
    })
  })

  test('no data resolve nothing, close nothing and fire nothing', () => {
    always(({ signal, before, after, told }) => {
      if (signal.read) return
      expect(told.filter((each) => each !== 'data_lost')).toEqual([])
      expect(after?.state).toBe(before?.state === 'closed' ? undefined : before?.state)
      expect(after?.calmSince).toBeUndefined()
    })
  })

  test('an episode that burns is open, and nothing is open that never burnt', () => {
    always(({ signal, after }, past) => {
      if (signal.read && signal.holds) expect(isOpen(after)).toBe(true)
      if (isOpen(after)) expect(past.some((each) => each.read && each.holds)).toBe(true)
    })
  })

  test('coming back within the flap window keeps the episode, later it is a new one', () => {
    always(({ signal, before, after, told }) => {
      const since = signal.now - (before?.resolvedAt ?? 0)
      if (told.includes('reopened')) {
        expect(since).toBeLessThan(FLAP_WINDOW_MS)
        expect(after).toMatchObject({ startedAt: before?.startedAt, reopenings: (before?.reopenings ?? 0) + 1 })
      }
      if (told.includes('fired')) expect(after).toMatchObject({ startedAt: signal.now, reopenings: 0 })
      if (told.includes('closed')) expect(since).toBeGreaterThanOrEqual(FLAP_WINDOW_MS)
    })
  })

  test('at most one episode is open: beginnings and ends take turns', () => {
    fc.assert(
      fc.property(anySignals, (signals) => {
        let open = false
        let lost = false
        for (const transition of live(signals).flatMap(({ told }) => told)) {
          if (transition === 'fired' || transition === 'reopened') {
            expect(open).toBe(false)
            open = true
          } else if (transition === 'resolved') {
            expect(open).toBe(true)
            open = false
          } else if (transition === 'closed') expect(open).toBe(false)
          else {
            expect(lost).toBe(transition === 'data_back')
            lost = transition === 'data_lost'
          }
        }
      }),
      RUNS,
    )
  })
})

import { DEFAULT_INHIBITIONS, type Maintenance, type RateBudget } from '@tabiji/core/alert'
import { ALWAYS_OPEN } from '@tabiji/core/time'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { AlertStore, EpisodeRecord, OutboxRow } from '../../ports/alert-store.ts'
import { createAlertStore } from '../../store/alert-store.ts'
import { createGatedStore } from '../../store/gated-store.ts'
import { createSilenceStore } from '../../store/silence-store.ts'
import { FACTS, STARTED_AT } from '../../testing/alert.ts'
import { openAlertDesk } from '../../testing/alert-desk.ts'
import { AVAILABILITY, definitionOf } from '../testing/books.ts'
import { createGatekeeper } from './gatekeeper.ts'
import { createSilences } from './silences.ts'

const MINUTE = 60_000
const NOW = STARTED_AT
/** Level 2 would wait for a desk besides. */
type Level = 1 | 3

/** A gatekeeper on a real store, and alerts that begin and end by hand. */
function openDesk(maintenance: readonly Maintenance[] = [], receiver = 'chat', budget?: RateBudget) {
  const desk = openAlertDesk()
  const clock = { now: NOW }
  const episodes = new Map<string, EpisodeRecord>()
  const wire = () => {
    const store: AlertStore = createAlertStore(desk.database)
    const gated = createGatedStore(desk.database)
    const definition = definitionOf(AVAILABILITY)
    const silences = createSilences({
      store: createSilenceStore(desk.database),
      alerts: store,
      definition: () => definition,
      now: () => clock.now,
      onChange: () => undefined,
    })
    const keeper = createGatekeeper({
      store: { ...gated, openEpisodes: store.openEpisodes },
      silences,
      maintenance: () => maintenance,
      inhibitions: DEFAULT_INHIBITIONS,
      graceUntil: NOW,
      deskOf: () => ALWAYS_OPEN,
      groups: (name) => name === 'chat',
      budgetOf: () => budget,
      isTold: () => true,
    })
    return { store, gated, silences, keeper }
  }
  let wired = wire()
  const owe = (number: number, level: Level, kind: 'trigger' | 'resolve') => {
    const id = `A-${String(number).padStart(4, '0')}`
    const known = episodes.get(id)
    const startedAt = known?.episode.startedAt ?? clock.now
    const journey = { ...FACTS.journey, name: 'checkout' }
    const facts = { ...FACTS, journey, kind, level, episode: id, rule: `rule-${number}`, startedAt, at: clock.now }
    const episode =
      kind === 'trigger'
        ? { state: 'firing' as const, startedAt, reopenings: 0 }
        : { state: 'resolved' as const, startedAt, resolvedAt: clock.now, reopenings: 0 }
    const record: EpisodeRecord = { id, rule: facts.rule, level, episode, facts }
    episodes.set(id, record)
    const row: OutboxRow = {
      ...{ id: `${id}-${kind}`, topic: id, receiver, kind, level, facts, verdicts: [] },
      ...{ createdAt: clock.now, notBefore: clock.now, state: 'gated', attempts: 0, ambiguous: false, degraded: false },
    }
    wired.store.commitAlerts({ episodes: [record], timeline: [], outbox: [row] })
  }
  const stateOf = (id: string) => wired.store.findOwed(id)?.state
  /** Sends everything that is owed. */
  const deliver = () => {
    for (let row = wired.store.nextDue(receiver, clock.now); row !== undefined; ) {
      const { id } = row
      wired.store.beginAttempt(id)
      const attempt = { outbox: id, startedAt: clock.now, endedAt: clock.now, result: 'delivered' as const }
      wired.store.endAttempt(attempt, { ...row, state: 'delivered' })
      row = wired.store.nextDue(receiver, clock.now)
    }
  }
  return {
    clock,
    episodes,
    deliver,
    stateOf,
    look: () => wired.keeper.look(clock.now),
    begin: (number: number, level: Level) => owe(number, level, 'trigger'),
    end: (number: number, level: Level) => owe(number, level, 'resolve'),
    decisionsOf: (id: string) => wired.gated.decisionsOf(id).map(({ outcome, reason }) => reason ?? outcome),
    nextLookAt: () => wired.keeper.nextLookAt(),
    silence: (changes: object = {}) => {
      const request = { matchers: ['journey=checkout'], owner: 'suzuki', reason: 'known', for: '1h', ...changes }
      const added = wired.silences.add({ type: 'add', ...request })
      if (!added.ok) throw new Error(added.problems[0]?.message)
      return added.value.silence.key
    },
    endSilence: (key: string) => wired.silences.change(key, { type: 'end', reason: 'done' }),
    silenceState: (key: string) => {
      const read = wired.silences.silence(key)
      return read.ok ? read.value.silence : undefined
    },
    restart: () => {
      wired = wire()
    },
  }
}

describe('what the gates hold back', () => {
  test('is let go at the next look when nothing speaks against it, and on record', () => {
    const desk = openDesk()
    desk.begin(1, 1)
    expect([desk.look(), desk.stateOf('A-0001-trigger')]).toEqual([true, 'waiting'])
    expect(desk.decisionsOf('A-0001-trigger')).toEqual(['let_go'])
    expect(desk.look()).toBe(false)
  })

  test('of level 3 waits in a chat for the others of its journey, from the first one on', () => {
    const desk = openDesk()
    desk.begin(1, 3)
    expect([desk.look(), desk.stateOf('A-0001-trigger'), desk.nextLookAt()]).toEqual([false, 'gated', NOW + 15_000])
    desk.clock.now += 10_000
    desk.begin(2, 3)
    expect(desk.look()).toBe(false)
    desk.clock.now += 5_000
    desk.restart()
    expect(desk.look()).toBe(true)
    expect(['A-0001', 'A-0002'].map((id) => desk.stateOf(`${id}-trigger`))).toEqual(['waiting', 'waiting'])
  })

  test('goes out within the budget of its receiver, over a restart, pages and ends beside it', () => {
    const desk = openDesk([], 'mail', { notifications: 2, perMs: 60 * MINUTE })
    const states = (...numbers: readonly number[]) => numbers.map((number) => desk.stateOf(`A-000${number}-trigger`))
    for (const number of [1, 2, 3]) desk.begin(number, 3)
    expect([desk.look(), states(1, 2, 3)]).toEqual([true, ['waiting', 'waiting', 'gated']])
    expect(desk.nextLookAt()).toBe(NOW + 60 * MINUTE)
    desk.deliver()
    desk.clock.now += 30 * MINUTE
    desk.restart()
    desk.begin(4, 1)
    desk.end(1, 3)
    expect([desk.look(), states(3, 4), desk.stateOf('A-0001-resolve')]).toEqual([true, ['gated', 'waiting'], 'waiting'])
    // While the page is open it keeps the notice quiet; its end does not use up the budget.
    desk.end(4, 1)
    desk.clock.now += 30 * MINUTE - 1
    desk.look()
    expect(states(3)).toEqual(['gated'])
    desk.clock.now += 1
    expect([desk.look(), states(3)]).toEqual([true, ['waiting']])
    expect(desk.decisionsOf('A-0003-trigger').at(-1)).toBe('let_go')
  })

  test('goes to a chat within its budget in the messages that it is sent in, a crowd beyond fifty later', () => {
    const desk = openDesk([], 'chat', { notifications: 1, perMs: 60 * MINUTE })
    const ids = Array.from({ length: 52 }, (_, i) => `A-${String(i + 1).padStart(4, '0')}-trigger`)
    const waiting = () => ids.filter((id) => desk.stateOf(id) === 'waiting').length
    for (const id of ids) desk.begin(Number(id.slice(2, 6)), 3)
    desk.look()
    desk.clock.now += 15_000
    // Six stay behind, so that these too are told in one.
    expect([desk.look(), waiting()]).toEqual([true, 46])
    desk.deliver()
    expect([desk.look(), waiting(), desk.nextLookAt()]).toEqual([false, 0, desk.clock.now + 60 * MINUTE])
    desk.clock.now += 60 * MINUTE
    expect([desk.look(), waiting()]).toEqual([true, 6])
  })

  test('by a silence is told when that ends early, if it is still open', () => {
    const desk = openDesk()
    const key = desk.silence()
    desk.begin(1, 1)
    expect([desk.look(), desk.look(), desk.stateOf('A-0001-trigger')]).toEqual([false, false, 'gated'])
    expect(desk.nextLookAt()).toBe(NOW + 60 * MINUTE)
    desk.clock.now += MINUTE
    desk.restart()
    desk.endSilence(key)
    expect([desk.look(), desk.stateOf('A-0001-trigger')]).toEqual([true, 'waiting'])
    // Asking twice in vain is one decision.
    expect(desk.decisionsOf('A-0001-trigger')).toEqual(['held', 'let_go'])
  })

  test('by a silence is told when its time comes', () => {
    const desk = openDesk()
    desk.silence()
    desk.begin(1, 1)
    desk.look()
    desk.clock.now = NOW + 60 * MINUTE - 1
    expect(desk.look()).toBe(false)
    desk.clock.now += 1
    expect(desk.look()).toBe(true)
  })

  test('and is over before that is told to nobody, neither its beginning nor its end', () => {
    const desk = openDesk()
    const key = desk.silence()
    desk.begin(1, 3)
    desk.look()
    desk.end(1, 3)
    desk.endSilence(key)
    desk.look()
    expect([desk.stateOf('A-0001-trigger'), desk.stateOf('A-0001-resolve')]).toEqual(['cancelled', 'cancelled'])
  })

  test('is never the end of what was told, whatever was silenced since', () => {
    const desk = openDesk()
    desk.begin(1, 1)
    desk.look()
    desk.deliver()
    desk.silence()
    desk.end(1, 1)
    expect([desk.look(), desk.stateOf('A-0001-resolve')]).toEqual([true, 'waiting'])
  })

  test('by a page is told when that is over', () => {
    const desk = openDesk()
    // The notice is on record first, at the same moment.
    desk.begin(2, 3)
    desk.begin(1, 1)
    desk.look()
    expect([desk.stateOf('A-0001-trigger'), desk.stateOf('A-0002-trigger')]).toEqual(['waiting', 'gated'])
    desk.clock.now += MINUTE
    desk.end(1, 1)
    expect([desk.look(), desk.stateOf('A-0002-trigger')]).toEqual([true, 'waiting'])
  })

  test('by a maintenance is told after it', () => {
    const range = { from: NOW - MINUTE, to: NOW + MINUTE }
    const desk = openDesk([{ key: 'disks', journeys: [], reason: 'disks', zone: 'Asia/Tokyo', ...range }])
    desk.begin(1, 1)
    expect(desk.look()).toBe(false)
    desk.clock.now += MINUTE
    expect(desk.look()).toBe(true)
  })
})

describe('a silence until idle', () => {
  test('goes on while something is open, and ends when nothing was for so long, over a restart too', () => {
    const desk = openDesk()
    const { for: _, ...idle } = { for: '', untilIdle: '10m' }
    const key = desk.silence({ for: undefined, ...idle })
    desk.begin(1, 3)
    desk.clock.now += 30 * MINUTE
    desk.look()
    desk.end(1, 3)
    desk.clock.now += 9 * MINUTE
    desk.look()
    desk.restart()
    desk.look()
    expect(desk.silenceState(key)?.state).toBe('active')
    desk.clock.now += MINUTE
    desk.look()
    expect(desk.silenceState(key)).toMatchObject({ state: 'ended', ended: { why: 'idle' } })
  })
})

test('for all histories: in the end whatever is open was told, and nobody hears an end without its beginning', () => {
  const anyAct = fc.oneof(
    fc.record({ do: fc.constant('begin' as const), number: fc.nat(5), level: fc.constantFrom<Level>(1, 3) }),
    fc.record({ do: fc.constant('end' as const), number: fc.nat(5) }),
    fc.record({ do: fc.constantFrom('silence', 'lift', 'look', 'deliver', 'restart') }),
  )
  fc.assert(
    fc.property(fc.array(anyAct, { maxLength: 30, size: 'max' }), (acts) => {
      const desk = openDesk()
      const levels = new Map<number, Level>()
      const over = new Set<number>()
      const silences: string[] = []
      for (const act of acts) {
        desk.clock.now += 1_000
        if (act.do === 'begin' && 'level' in act && !levels.has(act.number)) {
          levels.set(act.number, act.level)
          desk.begin(act.number, act.level)
        }
        if (act.do === 'end' && 'number' in act && levels.has(act.number) && !over.has(act.number)) {
          over.add(act.number)
          desk.end(act.number, levels.get(act.number) ?? 1)
        }
        if (act.do === 'silence') silences.push(desk.silence())
        if (act.do === 'lift') desk.endSilence(silences.pop() ?? '')
        if (act.do === 'look') desk.look()
        if (act.do === 'deliver') desk.deliver()
        if (act.do === 'restart') desk.restart()
      }
      for (const key of silences) desk.endSilence(key)
      // Notices for a chat wait for others of their journey.
      desk.clock.now += MINUTE
      desk.look()
      desk.deliver()
      for (const [number, level] of levels) {
        if (over.has(number)) continue
        const id = `A-${String(number).padStart(4, '0')}-trigger`
        const isPaged = [...levels].some(([other, each]) => each === 1 && !over.has(other))
        expect(desk.stateOf(id)).toMatch(level > 1 && isPaged ? /^(gated|delivered)$/ : /^delivered$/)
      }
      for (const number of over) {
        const id = `A-${String(number).padStart(4, '0')}`
        const told = desk.stateOf(`${id}-trigger`) === 'delivered'
        expect(desk.stateOf(`${id}-resolve`)).toBe(told ? 'delivered' : 'cancelled')
      }
    }),
    { numRuns: 60 },
  )
}, 60_000)

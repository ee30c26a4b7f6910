import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { lastDecisions, openQuestions } from './card.ts'
import { DEFAULT_CHECKLISTS } from './checklist-defaults.ts'
import { checklistState } from './checklist-state.ts'
import { decideIncident, type IncidentCommand } from './command.ts'
import { foldIncident, type IncidentEvent } from './incident.ts'
import { type ResponseRules, respond } from './respond.ts'
import type { Incident } from './state.ts'

const MINUTE = 60_000
const KEY = 'INC-0001'
const START = Date.parse('2026-10-20T13:05:00+09:00')
const lists = (level: 1 | 2 | 3) => DEFAULT_CHECKLISTS[level]
const RULES: ResponseRules = {
  checklists: { 1: lists(1), 2: lists(2), 3: lists(3) },
  updateEvery: { 1: 30 * MINUTE, 2: 240 * MINUTE },
}
const OPEN = { type: 'open', title: 'Scans fail', journeys: [], episodes: [], drill: false } as const

/** An incident that is worked on as the collector does it: each command, then what follows by itself. */
function desk(rules = RULES) {
  const log: IncidentEvent[] = []
  const clock = { now: START }
  const now = () => foldIncident(KEY, log)
  const say = (command: IncidentCommand, by = 'suzuki') => {
    const before = now()
    const { updateEvery } = rules
    const context = {
      now: clock.now,
      by,
      key: KEY,
      keys: [KEY],
      journeys: ['measure-feet'],
      zone: 'Asia/Tokyo',
      updateEvery,
    }
    const decision = decideIncident(before, command, context)
    if (!decision.ok) return decision.problems.map(({ code }) => code)
    log.push(...decision.events)
    const after = now()
    if (after !== undefined) log.push(...respond(before, after, rules, clock.now))
    return []
  }
  const incident = (): Incident => {
    const folded = now()
    if (folded === undefined) throw new Error('Expected it to be open')
    return folded
  }
  const ticked = () => checklistState(incident(), {})?.items.flatMap(({ id, ticked }) => (ticked ? [id] : []))
  return { log, clock, say, incident, ticked }
}

describe('a checklist', () => {
  test('is that of the level, and an incident without one has the list of level 2', () => {
    for (const level of [1, 2, 3] as const) {
      const { say, incident } = desk()
      say({ ...OPEN, level })
      expect(incident().checklist).toMatchObject({ level, items: lists(level) })
    }
    const { say, incident } = desk()
    say(OPEN)
    expect(incident().checklist?.level).toBe(2)
  })

  test('stays what it was when the file changes, also for what is ticked later', () => {
    const { log, say, incident } = desk()
    say({ ...OPEN, level: 1 })
    const other = { ...RULES, checklists: { ...RULES.checklists, 1: [{ id: 'new', text: { en: 'New', ja: '新' } }] } }
    const after = incident()
    expect(respond(after, { ...after, title: 'Another' }, other, START)).toEqual([])
    expect(say({ type: 'tick', item: 'stop-bleeding' })).toEqual([])
    expect(foldIncident(KEY, JSON.parse(JSON.stringify(log)))?.checklist?.items).toEqual(lists(1))
  })

  test('grows with the level, keeps what is ticked, and does not shrink again', () => {
    const { say, incident, ticked } = desk()
    say({ ...OPEN, level: 2 })
    say({ type: 'tick', item: 'next-update' })
    say({ type: 'edit', level: 1 })
    expect([incident().checklist?.level, ticked()]).toEqual([1, ['next-update']])
    say({ type: 'edit', level: 3 })
    expect(incident().checklist?.level).toBe(1)
  })

  test('knows who ticked what, when and which way; an item that is not on it is refused', () => {
    const { clock, say, incident } = desk()
    say({ ...OPEN, level: 1 })
    clock.now += MINUTE
    say({ type: 'tick', item: 'lead', via: 'slack' }, 'aoi')
    expect(incident().checklist?.marks).toEqual({ lead: { ticked: true, at: START + MINUTE, by: 'aoi', via: 'slack' } })
    expect(say({ type: 'tick', item: 'leed' })).toEqual(['INCIDENT_UNKNOWN_ITEM'])
  })

  test('ticks itself from the record, and what people say holds over that', () => {
    const { say, incident } = desk()
    say({ ...OPEN, level: 1 })
    const autos = { changes: { at: START, detail: 'deployment shop' } }
    const changes = () => checklistState(incident(), autos)?.items.find(({ id }) => id === 'changes')
    expect(changes()).toMatchObject({ ticked: true, mark: { via: 'record', detail: 'deployment shop' } })
    say({ type: 'untick', item: 'changes' })
    expect(changes()).toMatchObject({ ticked: false })
    expect(checklistState(incident(), {})?.items[0]?.dueAt).toBe(START + 5 * MINUTE)
  })

  test('an incident that was opened before there were lists says so', () => {
    const { say, incident } = desk({ checklists: { 1: [], 2: [], 3: [] }, updateEvery: {} })
    say({ ...OPEN, level: 1 })
    expect(checklistState(incident(), {})).toBeUndefined()
    expect(say({ type: 'tick', item: 'lead' })).toEqual(['INCIDENT_NO_CHECKLIST'])
  })

  test('whoever ticks in whatever order, the last word about each item holds, and saying it again records nothing', () => {
    const presses = fc.array(fc.tuple(fc.constantFrom(...lists(1).map(({ id }) => id)), fc.boolean()))
    fc.assert(
      fc.property(presses, (said) => {
        const { log, say, ticked } = desk()
        say({ ...OPEN, level: 1 })
        const last = new Map<string, boolean>()
        for (const [item, isTick] of said) {
          say({ type: isTick ? 'tick' : 'untick', item })
          last.set(item, isTick)
          const recorded = log.length
          say({ type: isTick ? 'tick' : 'untick', item })
          expect(log).toHaveLength(recorded)
        }
        expect(ticked()).toEqual(lists(1).flatMap(({ id }) => (last.get(id) === true ? [id] : [])))
      }),
    )
  })
})

describe('the next update', () => {
  test('is expected from the opening on, by the level, and from a return', () => {
    const { clock, say, incident } = desk()
    say({ ...OPEN, level: 1 })
    expect(incident().updates?.due).toBe(START + 30 * MINUTE)
    say({ type: 'resolve' })
    clock.now += 60 * MINUTE
    say({ type: 'reopen', reason: 'it is back' })
    expect(incident().updates?.due).toBe(clock.now + 30 * MINUTE)
  })

  test('is due when somebody says, or never; a level that becomes more urgent does not put it off', () => {
    const { say, incident } = desk()
    say({ ...OPEN, level: 2 })
    expect(incident().updates?.due).toBe(START + 240 * MINUTE)
    say({ type: 'edit', level: 1 })
    expect(incident().updates?.due).toBe(START + 30 * MINUTE)
    say({ type: 'update', text: ' We roll back. ', next: '15m' })
    expect(incident().updates).toEqual({
      last: { at: START, by: 'suzuki', text: 'We roll back.' },
      due: START + 15 * MINUTE,
    })
    say({ type: 'update', text: 'Nothing new until tomorrow.', next: 'off' })
    expect(incident().updates?.due).toBeUndefined()
  })

  test.each([['4m'], ['25h'], ['soon']])('%s is no time for it', (next) => {
    const { say } = desk()
    say({ ...OPEN, level: 1 })
    expect(say({ type: 'update', text: '', next })).toEqual(['INCIDENT_UPDATE', 'INCIDENT_NEXT'])
  })

  test('is not said of what is over', () => {
    const { say } = desk()
    say({ ...OPEN, level: 1 })
    say({ type: 'resolve' })
    expect(say({ type: 'update', text: 'It is over.' })).toEqual(['INCIDENT_ALREADY_RESOLVED'])
  })
})

test('whoever takes over is asked what nobody has recorded, and nothing once it is over', () => {
  const { clock, say, incident } = desk()
  say({ ...OPEN, level: 1 })
  expect(openQuestions(incident(), clock.now)).toEqual([
    'lead',
    'comms',
    'journeys',
    'impactStarted',
    'mitigated',
    'update',
  ])
  say({ type: 'takeRole', role: 'lead' })
  say({ type: 'edit', journeys: ['measure-feet'] })
  clock.now += 31 * MINUTE
  expect(openQuestions(incident(), clock.now)).toEqual([
    'comms',
    'impactStarted',
    'mitigated',
    'update',
    'updateOverdue',
  ])
  say({ type: 'resolve' })
  expect(openQuestions(incident(), clock.now)).toEqual([])
})

test('whoever takes over reads the last five decisions in the order in which they were taken, and none that was struck out', () => {
  const { clock, say, incident } = desk()
  say(OPEN)
  const said = { knew: '5xx', options: [], why: 'it is quick', via: 'person' } as const
  for (const n of [1, 2, 3, 4, 5, 6, 7]) {
    clock.now += MINUTE
    say({ type: 'decide', ...said, choice: `choice ${n}` }, 'ken')
  }
  say({ type: 'note', text: 'the queue is empty', via: 'person' })
  say({ type: 'strike', line: 'L-0006', reason: 'another incident' })
  const decisions = lastDecisions(incident())
  expect(decisions.map(({ choice }) => choice)).toEqual([1, 2, 3, 4, 5, 7].slice(1).map((n) => `choice ${n}`))
  expect(decisions.at(-1)).toEqual({ at: START + 7 * MINUTE, by: 'ken', choice: 'choice 7', why: 'it is quick' })
})

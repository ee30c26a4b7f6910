import fc from 'fast-check'
import { expect, test } from 'vitest'
import { decideIncident, type IncidentCommand } from './command.ts'
import { foldIncident, type IncidentEvent } from './incident.ts'
import { decideMerging } from './merging.ts'
import { impactStart, responseTimes } from './response.ts'
import type { Incident, IncidentContext } from './state.ts'
import { incidentsDuring } from './summary.ts'

const ZONE = 'Asia/Tokyo'
const START = Date.parse('2026-10-20T13:00:00+09:00')
const MINUTE = 60_000

type Logs = Map<string, IncidentEvent[]>

const contextOf = (key: string, now: number): IncidentContext => ({
  key,
  keys: [],
  journeys: ['pay', 'scan'],
  zone: ZONE,
  now,
})
function run(logs: Logs, key: string, command: IncidentCommand, now: number): readonly string[] {
  const log = logs.get(key) ?? []
  logs.set(key, log)
  const decision = decideIncident(foldIncident(key, log), command, contextOf(key, now))
  if (!decision.ok) return decision.problems.map(({ code }) => code)
  log.push(...decision.events)
  return []
}
const stand = (logs: Logs, key: string) => foldIncident(key, logs.get(key) ?? []) as Incident
function merge(logs: Logs, gone: string, stays: string, now: number): readonly string[] {
  const contexts = { gone: contextOf(gone, now), stays: contextOf(stays, now) }
  const decision = decideMerging(stand(logs, gone), stand(logs, stays), 'the same gateway', contexts)
  if (!decision.ok) return decision.problems.map(({ code }) => code)
  logs.get(gone)?.push(decision.merging.gone)
  logs.get(stays)?.push(decision.merging.stays)
  return []
}
function open(logs: Logs, key: string, at: number, more: { drill?: boolean; level?: 1 | 2 } = {}) {
  const stated = {
    title: key,
    journeys: [key === 'A' ? 'pay' : 'scan'],
    episodes: [`E-${key}`],
    drill: false,
    level: 1 as const,
  }
  run(logs, key, { type: 'open', ...stated, ...more }, at)
  run(logs, key, { type: 'deriveTime', moment: 'impactStarted', value: at - MINUTE, origin: 'books' }, at)
}

test('the one that stays has the alerts, journeys and causes of both, and the times of the longer trouble', () => {
  const logs: Logs = new Map()
  open(logs, 'A', START, { level: 2 })
  open(logs, 'B', START - 10 * MINUTE)
  run(logs, 'B', { type: 'note', text: 'rolled back', via: 'person' }, START)
  run(logs, 'B', { type: 'star', line: 'L-0001' }, START)
  run(logs, 'A', { type: 'addCause', id: 'retry', text: 'ours', bone: 'design' }, START)
  for (const id of ['retry', 'pool']) run(logs, 'B', { type: 'addCause', id, text: 'theirs', bone: 'design' }, START)
  expect(merge(logs, 'B', 'A', START + MINUTE)).toEqual([])
  expect(stand(logs, 'A')).toMatchObject({
    ...{ episodes: ['E-A', 'E-B'], journeys: ['pay', 'scan'], level: 1, absorbed: ['B'] },
    causes: [
      { id: 'retry', text: 'ours' },
      { id: 'pool', text: 'theirs' },
    ],
    times: { impactStarted: { at: START - 11 * MINUTE } },
    lines: { starred: ['B:L-0001'] },
  })
  expect(stand(logs, 'A').resolvedAt).toBeUndefined()
  // The other one stays readable, and says where it went; nothing more is recorded with it.
  expect(stand(logs, 'B')).toMatchObject({ merged: { into: 'A', reason: 'the same gateway' }, episodes: ['E-B'] })
  expect(run(logs, 'B', { type: 'resolve' }, START + 2 * MINUTE)).toEqual(['INCIDENT_MERGED'])
})

test('of two that are over, the later end counts, and what a person stated holds', () => {
  const logs: Logs = new Map()
  open(logs, 'A', START)
  open(logs, 'B', START)
  run(logs, 'A', { type: 'time', moment: 'impactStarted', value: '12:58', reason: 'the graph' }, START + MINUTE)
  for (const [key, minutes] of [
    ['A', 5],
    ['B', 9],
  ] as const) {
    run(
      logs,
      key,
      { type: 'deriveTime', moment: 'mitigated', value: START + minutes * MINUTE, origin: 'books' },
      START + 20 * MINUTE,
    )
    run(logs, key, { type: 'resolve' }, START + (20 + minutes) * MINUTE)
  }
  merge(logs, 'B', 'A', START + 60 * MINUTE)
  expect(stand(logs, 'A')).toMatchObject({
    resolvedAt: START + 29 * MINUTE,
    times: { impactStarted: { at: START - 2 * MINUTE, stated: true }, mitigated: { at: START + 9 * MINUTE } },
  })
})

test('it began when the first of the two began, whatever was stated of one, and no later look at the books forgets it', () => {
  const logs: Logs = new Map()
  const at = (minutes: number) => START + minutes * MINUTE
  const derive = (moment: 'impactStarted' | 'detected', minutes: number) =>
    run(logs, 'B', { type: 'deriveTime', moment, value: at(minutes), origin: 'books' }, at(200))
  open(logs, 'A', START)
  open(logs, 'B', at(100))
  run(logs, 'B', { type: 'time', moment: 'impactStarted', value: '14:38', reason: 'the graph' }, at(101))
  merge(logs, 'A', 'B', at(110))
  expect(stand(logs, 'B').times).toMatchObject({ impactStarted: { at: at(-1), origin: 'books' } })
  expect([derive('impactStarted', 90), derive('detected', 100), derive('impactStarted', 90)]).toEqual([[], [], []])
  expect(stand(logs, 'B').times).toMatchObject({
    impactStarted: { at: at(-1) },
    detected: { at: START, origin: 'person' },
  })
  expect(logs.get('B')?.filter(({ type, at: when }) => type === 'timeDerived' && when === at(200))).toHaveLength(1)
  expect(derive('impactStarted', -5)).toEqual([])
  expect(impactStart(stand(logs, 'B'))).toBe(at(-5))
  // What people say once the two are one holds.
  run(logs, 'B', { type: 'time', moment: 'impactStarted', value: '13:10', reason: 'only then users' }, at(201))
  derive('impactStarted', -5)
  expect(impactStart(stand(logs, 'B'))).toBe(at(10))
})

test('the month in which the first of two began lists the one that stays, though that was opened a month later', () => {
  const logs: Logs = new Map()
  const november = Date.parse('2026-11-01T00:00:00+09:00')
  const plain = { type: 'open', title: 'Down', journeys: [], episodes: [], drill: false } as const
  run(logs, 'A', plain, november - 60 * MINUTE)
  run(logs, 'B', plain, november + 60 * MINUTE)
  const october = { from: Date.parse('2026-10-01T00:00:00+09:00'), to: november }
  const counted = () => ['A', 'B'].map((key) => stand(logs, key)).filter(({ merged }) => merged === undefined)
  const listed = () => incidentsDuring(counted(), october, ZONE).map(({ key }) => key)
  expect(listed()).toEqual(['A'])
  merge(logs, 'A', 'B', november + 120 * MINUTE)
  expect(listed()).toEqual(['B'])
  expect(stand(logs, 'B')).toMatchObject({ absorbed: ['A'], absorbedAt: november + 120 * MINUTE })
  const counts = (from: number, to: number) => responseTimes(counted(), { from, to }, { from: 0, to: 1 }).incidents
  expect([counts(october.from, november), counts(november, november + 1_000 * MINUTE)]).toEqual([1, 0])
})

test('what is done, who has which role, what people were told and whether runbooks helped come along; what was said of the one that stays holds', () => {
  const logs: Logs = new Map()
  const item = (id: string) => ({ id, text: { en: id, ja: id } })
  open(logs, 'A', START)
  open(logs, 'B', START)
  for (const [key, items] of [
    ['A', ['lead', 'stop', 'help']],
    ['B', ['lead', 'stop']],
  ] as const) {
    logs.get(key)?.push({ type: 'checklistSet', at: START, level: key === 'A' ? 1 : 2, items: items.map(item) })
  }
  run(logs, 'A', { type: 'tick', item: 'lead' }, START)
  run(logs, 'A', { type: 'tick', item: 'stop' }, START)
  run(logs, 'B', { type: 'untick', item: 'lead' }, START)
  run(logs, 'B', { type: 'tick', item: 'lead' }, START)
  run(logs, 'B', { type: 'untick', item: 'lead' }, START)
  for (const [key, role, name] of [
    ['A', 'lead', 'aoi'],
    ['A', 'comms', 'abe'],
    ['B', 'lead', 'sato'],
  ] as const) {
    run(logs, key, { type: 'takeRole', role, name }, START)
  }
  run(logs, 'A', { type: 'update', text: 'rolling back', next: '30m' }, START + 2 * MINUTE)
  run(logs, 'B', { type: 'update', text: 'looking', next: '10m' }, START + MINUTE)
  run(logs, 'A', { type: 'help', helped: 'yes', runbook: 'pay.md' }, START)
  run(logs, 'A', { type: 'help', helped: 'no', runbook: 'scan.md' }, START)
  run(logs, 'B', { type: 'help', helped: 'partly', runbook: 'scan.md' }, START)
  expect(merge(logs, 'A', 'B', START + 3 * MINUTE)).toEqual([])
  const { checklist, roles, updates, runbooks } = stand(logs, 'B')
  expect(checklist?.items.map(({ id }) => id)).toEqual(['lead', 'stop', 'help'])
  expect([checklist?.level, checklist?.marks['lead']?.ticked, checklist?.marks['stop']?.ticked]).toEqual([
    1,
    false,
    true,
  ])
  expect([roles.lead?.name, roles.comms?.name]).toEqual(['sato', 'abe'])
  expect(updates).toMatchObject({ last: { text: 'rolling back' }, due: START + 11 * MINUTE })
  expect(runbooks?.map(({ runbook, helped }) => [runbook, helped])).toEqual([
    ['pay.md', 'yes'],
    ['scan.md', 'partly'],
  ])
})

test('what nothing could undo is refused, all reasons at once', () => {
  const logs: Logs = new Map()
  open(logs, 'A', START)
  open(logs, 'B', START)
  open(logs, 'C', START)
  open(logs, 'D', START, { drill: true })
  expect(merge(logs, 'A', 'A', START)).toEqual(['INCIDENT_MERGE'])
  expect(merge(logs, 'D', 'A', START)).toEqual(['INCIDENT_MERGE'])
  expect(merge(logs, 'B', 'A', START)).toEqual([])
  expect(merge(logs, 'B', 'C', START)).toEqual(['INCIDENT_MERGED'])
  expect(merge(logs, 'C', 'B', START)).toContain('INCIDENT_MERGED')
  expect(merge(logs, 'A', 'C', START)).toEqual(['INCIDENT_MERGE'])
  run(logs, 'A', { type: 'resolve' }, START)
  expect(merge(logs, 'C', 'A', START)).toEqual(['INCIDENT_MERGE'])
  run(logs, 'A', { type: 'setPostmortem', state: 'inReview' }, START)
  run(logs, 'A', { type: 'setPostmortem', state: 'published' }, START)
  expect(merge(logs, 'C', 'A', START)).toEqual(['POSTMORTEM_STATE', 'INCIDENT_MERGE'])
})

test('however incidents are merged, each alert belongs to one that counts, and statistics count each trouble once', () => {
  const keys = ['A', 'B', 'C', 'D', 'E']
  const anyKey = fc.constantFrom(...keys)
  const anyStep = fc.oneof(fc.tuple(anyKey, anyKey), fc.tuple(anyKey, fc.constant('resolve')))
  fc.assert(
    fc.property(fc.array(anyStep, { maxLength: 14 }), (steps) => {
      const logs: Logs = new Map()
      for (const [i, key] of keys.entries()) open(logs, key, START + i * MINUTE)
      let merged = 0
      for (const [i, [key, what]] of steps.entries()) {
        const now = START + (10 + i) * MINUTE
        if (what === 'resolve') run(logs, key, { type: 'resolve' }, now)
        else if (merge(logs, key, what, now).length === 0) merged += 1
      }
      const counted = keys.map((key) => stand(logs, key)).filter((incident) => incident.merged === undefined)
      expect(counted.flatMap(({ episodes }) => episodes).sort()).toEqual(keys.map((key) => `E-${key}`))
      const month = { from: START - 60 * MINUTE, to: START + 600 * MINUTE }
      const told = responseTimes(counted, month, { from: 0, to: 1 })
      expect(told.incidents).toBe(keys.length - merged)
      expect(told.incidents).toBe(told.open + told.measures.resolve.count)
      for (const { absorbed = [], times } of counted) {
        const starts = absorbed.map((key) => START + (keys.indexOf(key) - 1) * MINUTE)
        expect(times.impactStarted?.at).toBeLessThanOrEqual(Math.min(Number.POSITIVE_INFINITY, ...starts))
      }
    }),
  )
})

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { checkBone } from './bone.ts'
import { causeTrees } from './cause-tree.ts'
import { decideIncident, type IncidentCommand } from './command.ts'
import { foldIncident, type IncidentEvent } from './incident.ts'
import type { IncidentCause } from './state.ts'

const OPENED: IncidentEvent = { type: 'opened', at: 1, title: 't', journeys: [], episodes: [], drill: false }
const context = { now: 5, by: 'suzuki', key: 'INC-0001', keys: ['INC-0001'], journeys: [], zone: 'Asia/Tokyo' }

function recordAll(...commands: readonly IncidentCommand[]) {
  const log: IncidentEvent[] = [OPENED]
  for (const command of commands) {
    const decision = decideIncident(foldIncident('INC-0001', log), command, context)
    if (!decision.ok) return decision.problems.map(({ code }) => code)
    log.push(...decision.events)
  }
  return foldIncident('INC-0001', log)
}

test.each(['person', 'Human error', 'the operator', '人', '担当者', '人的要因', 'ＨＵＭＡＮ', 'ヒューマンエラー'])(
  'a bone %j is refused with the reason',
  (name) => {
    expect(checkBone(name, ['bone'])).toMatchObject([
      { code: 'BONE_PERSON', message: expect.stringContaining('cannot be fixed') },
    ])
  },
)

test.each(['design', 'process', 'personalisation', '人気集中', '無人運転', '外部の制約', 'manifest'])(
  'a bone %j is fine',
  (name) => {
    expect(checkBone(name, ['bone'])).toEqual([])
  },
)

test('a list of causes replaces the one before; a cause under a known id is said anew in its place', () => {
  const first = { id: 'a', text: ' one ', bone: 'design' }
  const second = { id: 'b', text: 'two', bone: 'change', fix: 'FIX-0001' }
  expect(
    recordAll({ type: 'setCauses', causes: [first, second] }, { type: 'addCause', ...first, text: 'uno' }),
  ).toMatchObject({ causes: [{ id: 'a', text: 'uno', bone: 'design' }, second] })
  expect(recordAll({ type: 'addCause', ...first }, { type: 'setCauses', causes: [second] })).toMatchObject({
    causes: [second],
  })
  expect(recordAll({ type: 'setCauses', causes: [first, first] })).toEqual(['INCIDENT_CAUSE'])
})

const said = (id: string, under?: string) =>
  ({ type: 'addCause', id, text: id, bone: 'design', ...(under !== undefined && { under }) }) as const
const plain = ({ type: _, ...cause }: ReturnType<typeof said>) => cause
const removed = (id: string) => ({ type: 'removeCause', id, reason: 'it was none' }) as const

test('a why lies under what it explains, and moves along with it', () => {
  const tree = recordAll(said('a'), said('b', 'a'), said('c', 'b'), { ...said('a'), bone: 'change' })
  expect(tree).toMatchObject({
    causes: [
      { id: 'a', bone: 'change' },
      { id: 'b', under: 'a', bone: 'change' },
      { id: 'c', under: 'b', bone: 'change' },
    ],
  })
  expect(recordAll(said('a'), said('b', 'a'), said('b'))).toMatchObject({ causes: [said('a'), said('b')].map(plain) })
})

test('a cause under itself, under one that is not there, or deeper than anybody asks is refused', () => {
  expect(recordAll(said('a', 'a'))).toEqual(['INCIDENT_CAUSE'])
  expect(recordAll(said('a'), said('b', 'a'), said('c', 'b'), said('a', 'c'))).toEqual(['INCIDENT_CAUSE'])
  expect(recordAll(said('a', 'z'))).toEqual(['INCIDENT_UNKNOWN_CAUSE'])
  const chain = Array.from({ length: 8 }, (_, i) => said(`c${i}`, i === 0 ? undefined : `c${i - 1}`))
  expect(recordAll(...chain.slice(0, 7))).toMatchObject({ causes: { length: 7 } })
  expect(recordAll(...chain)).toEqual(['INCIDENT_CAUSE'])
})

test('what was below a cause that is taken out takes its place', () => {
  expect(recordAll(said('a'), said('b', 'a'), said('c', 'b'), removed('b'))).toMatchObject({
    causes: [{ id: 'a' }, { id: 'c', under: 'a' }],
  })
  const bare = recordAll(said('a'), said('b', 'a'), removed('a'))
  expect(bare).toMatchObject({ causes: [plain(said('b'))] })
  expect(bare).not.toHaveProperty('causes.0.under')
  expect(recordAll(said('a'), removed('z'))).toEqual(['INCIDENT_UNKNOWN_CAUSE'])
})

test('a cause that a fix names is not taken out', () => {
  const current = recordAll(said('a'))
  if (current === undefined || !('key' in current)) throw new Error('Expected an incident')
  const decision = decideIncident(current, removed('a'), { ...context, fixesOf: () => ['FIX-0001'] })
  expect(decision).toMatchObject({
    problems: [{ code: 'INCIDENT_CAUSE_NAMED', hint: expect.stringContaining('FIX-0001') }],
  })
})

test('however causes are said, moved and taken out, each is once in the trees', () => {
  const id = fc.constantFrom('a', 'b', 'c', 'd', 'e')
  const command = fc.oneof(
    fc.record({ id, under: fc.option(id, { nil: undefined }) }).map(({ id, under }) => said(id, under)),
    id.map(removed),
  )
  fc.assert(
    fc.property(fc.array(command, { maxLength: 20 }), (commands) => {
      const log: IncidentEvent[] = [OPENED]
      for (const each of commands) {
        const decision = decideIncident(foldIncident('INC-0001', log), each, context)
        if (decision.ok) log.push(...decision.events)
      }
      const causes = foldIncident('INC-0001', log)?.causes ?? []
      const walk = (nodes: ReturnType<typeof causeTrees<IncidentCause>>): readonly string[] =>
        nodes.flatMap(({ cause, why }) => [cause.id, ...walk(why)])
      expect(walk(causeTrees(causes)).toSorted()).toEqual(causes.map((cause) => cause.id).toSorted())
      expect(causes.every(({ under }) => under === undefined || causes.some((cause) => cause.id === under))).toBe(true)
    }),
  )
})

test('a postmortem is read by somebody before it is published', () => {
  const set = (state: 'draft' | 'inReview' | 'published') => ({ type: 'setPostmortem', state }) as const
  expect(recordAll(set('published'))).toEqual(['POSTMORTEM_STATE'])
  expect(recordAll({ ...set('draft'), owner: 'sato' }, set('published'))).toEqual(['POSTMORTEM_STATE'])
  expect(recordAll({ ...set('draft'), owner: 'sato' }, set('inReview'), set('published'))).toMatchObject({
    postmortem: { state: 'published', owner: 'sato', since: 5 },
  })
  expect(recordAll(set('inReview'), set('published'), set('published'))).toEqual(['POSTMORTEM_STATE'])
})

test('one that is published is changed by the way that the refusal names', () => {
  const set = (state: 'inReview' | 'published') => ({ type: 'setPostmortem', state }) as const
  const published = recordAll(set('inReview'), set('published'))
  if (published === undefined || !('key' in published)) throw new Error('Expected a published postmortem')
  const again = decideIncident(published, set('published'), context)
  const hint = 'have somebody read it first, again: tabiji postmortem review FILE'
  expect(again).toMatchObject({ problems: [{ code: 'POSTMORTEM_STATE', hint }] })
  expect(recordAll(set('inReview'), set('published'), set('inReview'), set('published'))).toMatchObject({
    postmortem: { state: 'published' },
  })
})

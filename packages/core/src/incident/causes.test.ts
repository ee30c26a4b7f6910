import { expect, test } from 'vitest'
import { checkBone } from './bone.ts'
import { decideIncident, type IncidentCommand } from './command.ts'
import { foldIncident, type IncidentEvent } from './incident.ts'

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

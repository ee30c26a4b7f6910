import { expect, onTestFinished, test } from 'vitest'
import type { OutboxRow } from '../../ports/alert-store.ts'
import { rowOf } from '../../testing/alert.ts'
import { openWorkDesk } from '../../testing/work-desk.ts'
import { createIncidentChat } from './incident-chat.ts'

/** Three incidents, of which the first is resolved; the message of alert A-0002 stands in a channel. */
function open() {
  const { work, store, close } = openWorkDesk()
  onTestFinished(close)
  for (const episodes of [['A-0001'], ['A-0002'], []]) {
    work.openIncident({ type: 'open', title: 'x', journeys: [], episodes, drill: false })
  }
  work.changeIncident('INC-0001', { type: 'resolve' })
  const told: OutboxRow = { ...rowOf('trigger', 'bot'), ref: 'C1 1792471140.000001' }
  const alerts = { outboxOf: (topic: string) => (topic === 'A-0002' ? [told] : []) }
  const timelines = { timeline: work.incident, lines: work.incident, write: work.incident } as never
  return { chat: createIncidentChat({ stores: { work: store, alerts }, timelines, work }), store, work }
}

test.each([
  ['named', { named: 'inc-3' }, 'INC-0003'],
  ['named before the place', { named: 'INC-0003', channelName: 'inc-0002' }, 'INC-0003'],
  ['of the thread below its alert', { channel: 'C1', thread: '1792471140.000001' }, 'INC-0002'],
  ['whose room it is, also when it is over', { channelName: 'inc-0001-checkout' }, 'INC-0001'],
])('an incident is meant that is %s', (_, place, key) => {
  expect(open().chat.meant(place)).toEqual({ kind: 'found', key })
})

test.each([
  ['the thread of another message', { channel: 'C1', thread: '1792471140.000002' }],
  ['the same thread of another channel', { channel: 'C2', thread: '1792471140.000001' }],
  ['a room without a number', { channelName: 'inc-checkout' }],
])('nobody guesses from %s while more than one is open', (_, place) => {
  expect(open().chat.meant(place)).toEqual({ kind: 'many', keys: ['INC-0002', 'INC-0003'] })
})

test('a pin that was taken off and set again is one line more, and an import brings neither back', () => {
  const { chat, store } = open()
  const message = { identity: 'slack:1.000001', happenedAt: 0, text: 'x' }
  chat.pin('INC-0002', message, '5.0')
  chat.pin('INC-0002', message, '6.0')
  expect(store.incidentHistory('INC-0002').events.filter(({ type }) => type === 'imported')).toHaveLength(1)
  chat.unpin('slack:1.000001', 'taken off', 'aoi')
  chat.pin('INC-0002', message, '7.0')
  chat.pin('INC-0002', message, '7.0')
  const types = store.incidentHistory('INC-0002').events.map(({ type }) => type)
  expect(types.filter((type) => type === 'imported' || type === 'struck')).toEqual(['imported', 'struck', 'imported'])
})

test('in the room of an incident that was merged, the one that it is part of is meant', () => {
  const { chat, work } = open()
  work.openIncident({ type: 'open', title: 'x', journeys: [], episodes: [], drill: false })
  work.mergeIncident('INC-0003', { into: 'INC-0002', reason: 'the same' })
  expect(chat.meant({ channelName: 'inc-0003-checkout' })).toEqual({ kind: 'found', key: 'INC-0002' })
  expect(chat.meant({ channelName: 'inc-0099' })).toEqual({ kind: 'many', keys: ['INC-0002', 'INC-0004'] })
})

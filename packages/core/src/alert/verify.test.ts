import { expect, test } from 'vitest'
import { type AlertClaims, verifyAlerts } from './verify.ts'

const EPISODE = {
  id: 'A-0001',
  number: 1,
  rule: 'pay/availability/page',
  level: 1,
  state: 'firing',
  ownState: 'firing',
}
const ROW = { id: 'n-1', topic: 'A-0001', state: 'waiting', kind: 'trigger' }
const claims = (episodes: AlertClaims['episodes'], outbox: AlertClaims['outbox'] = []): AlertClaims => ({
  episodes,
  outbox,
  outboxStates: ['waiting', 'delivered'],
})
const { ownState: _, ...UNREADABLE } = EPISODE

test('alerts of different rules, and closed ones beside an open one, are well', () => {
  const closed = { ...EPISODE, state: 'closed', ownState: 'closed' }
  const other = { ...EPISODE, id: 'A-0003', number: 3, rule: 'pay/availability/ticket' }
  const episodes = [closed, { ...EPISODE, id: 'A-0002', number: 2 }, other]
  expect(verifyAlerts(claims(episodes, [ROW, { ...ROW, id: 'n-2', kind: 'resolve', state: 'delivered' }]))).toEqual([])
})

test('news of whatever kind is about no alert, or about one that is known', () => {
  const news = ['test', 'digest', 'trouble'].map((kind) => ({ ...ROW, id: kind, topic: `${kind}:x`, kind }))
  expect(verifyAlerts(claims([EPISODE], [...news, { ...ROW, kind: 'reminder' }]))).toEqual([])
})

test.each([
  ['two open of one rule', claims([EPISODE, { ...EPISODE, id: 'A-0002', number: 2 }]), 'is open beside A-0001'],
  ['a state that nobody knows', claims([{ ...EPISODE, state: 'lost', ownState: 'lost' }]), 'the unknown state lost'],
  ['two states of one', claims([{ ...EPISODE, ownState: 'acked' }]), 'kept as firing, and says of itself acked'],
  ['one that cannot be read', claims([UNREADABLE]), 'says of itself nothing that can be read'],
  ['a name of another', claims([{ ...EPISODE, number: 7 }]), 'has the number 7'],
  ['a level that nobody knows', claims([{ ...EPISODE, level: 4 }]), 'the unknown level 4'],
  ['a notification of none', claims([], [ROW]), 'owed for alert A-0001, which is not known'],
  [
    'a test is about no alert',
    claims([], [{ ...ROW, topic: 'test:pager', kind: 'test', state: 'gone' }]),
    'state gone',
  ],
  ['a notification in no state', claims([EPISODE], [{ ...ROW, state: 'gone' }]), 'the unknown state gone'],
  ['a notification of no kind', claims([EPISODE], [{ ...ROW, kind: 'shout' }]), 'the unknown kind shout'],
])('%s is told', (_name, wrong, message) => {
  expect(verifyAlerts(wrong).map((each) => each.message)).toEqual([expect.stringContaining(message)])
})

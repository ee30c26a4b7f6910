import { expect, test } from 'vitest'
import type { Around } from '../page/around.ts'
import { pageOf } from '../page/frame.ts'
import { AROUND } from '../testing/around.ts'
import type { DrillsView } from '../view/drills.ts'
import { drillsScreen } from './drills.ts'
import { memberScreen } from './member.ts'

const EMPTY: DrillsView = {
  drills: [],
  due: [],
  members: [],
  journeys: [{ name: 'pay', title: { en: 'Pay', ja: '支払う' } }],
}
const MEMBER = { name: 'sato', incidents: 1, drills: 0, checklist: { done: 1, of: 5 } }

const page = (view: DrillsView, around: Partial<Around> = {}) =>
  pageOf({ ...AROUND, ...around }, (context) => drillsScreen(context, view))

test('says what is due, who should lead, and how each drill went', () => {
  const text = page({
    ...EMPTY,
    due: [{ journey: 'pay', every: '1Q', due: '2026-10-01', overdueDays: 14 }],
    proposal: { name: 'sato', why: 'neverLed' },
    drills: [
      {
        ...{ key: 'DRL-0001', journey: 'pay', level: 1, what: '50 % fail', startedAt: AROUND.now },
        times: { rangMs: 3 * 60_000, ackedMs: 65 * 60_000 },
      },
    ],
  })
  expect(text).toContain('sato should lead the next one')
  expect(text).toContain('overdue 14 days')
  expect(text).toMatch(/Rang after"><span>3 min<[\s\S]*Taken after"><span>1 h 5 min</)
  expect(text).toContain('action="/do/drills/DRL-0001/stop"')
})

test('an empty page says where plans and members are made, in the language of its reader', () => {
  expect(page(EMPTY)).toContain('No drill was held yet.')
  expect(page(EMPTY, { language: 'ja' })).toContain('訓練はまだ実施されていません。')
})

test("a member's page has what is left to do; what the record ticked nobody unticks, and what is no address is no link", () => {
  const item = { text: { en: '<b>Shadow</b>', ja: '同席する' }, link: 'javascript:alert(1)' }
  const text = pageOf(AROUND, (context) =>
    memberScreen(context, {
      member: MEMBER,
      items: [
        { ...item, id: 'shadow', ticked: false },
        { ...item, id: 'lead', ticked: true, byRecord: true },
      ],
      runbooks: [{ file: 'pay.md', address: 'runbooks/pay.md' }],
    }),
  )
  expect(text).toContain('action="/do/practice/members/sato/tick"')
  expect(text).not.toMatch(/untick|<b>Shadow|href="javascript/)
  expect(text).toContain('name="runbook" value="pay.md"')
})

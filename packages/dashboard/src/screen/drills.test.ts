import { expect, test } from 'vitest'
import type { Around } from '../page/around.ts'
import { pageOf } from '../page/frame.ts'
import { AROUND } from '../testing/around.ts'
import { incidentView } from '../testing/incident.ts'
import type { Drill, DrillsView } from '../view/drills.ts'
import { drillsScreen } from './drills.ts'
import { incidentScreen } from './incident.ts'
import { memberScreen } from './member.ts'

const EMPTY: DrillsView = {
  ...{ drills: [], due: [], members: [], past: [], others: [] },
  coverage: { quarters: ['2026-Q3', '2026-Q4'], journeys: [{ journey: 'pay', tier: 1, held: [0, 2] }] },
  journeys: [{ name: 'pay', title: { en: 'Pay', ja: '支払う' } }],
}
const MEMBER = { name: 'sato', incidents: 1, drills: 0, checklist: { done: 1, of: 5 } }
const HELD: Drill = {
  ...{ key: 'D-0001', journey: 'pay', level: 1, what: '50 % fail', startedAt: AROUND.now },
  ...{ times: { rangMs: 3 * 60_000, ackedMs: 65 * 60_000 }, alerts: [{ id: 'A-0001' }], incidents: [] },
}

const page = (view: Partial<DrillsView> = {}, around: Partial<Around> = {}) =>
  pageOf({ ...AROUND, ...around }, (context) => drillsScreen(context, { ...EMPTY, ...view }))

test('says what is due, who should lead, and how each drill went', () => {
  const text = page({
    due: [{ journey: 'pay', every: '1Q', due: '2026-10-01', overdueDays: 14 }],
    proposal: { name: 'sato', why: 'neverLed' },
    drills: [HELD],
  })
  expect(text).toContain('sato should lead the next one')
  expect(text).toContain('overdue 14 days')
  expect(text).toMatch(/Rang after"><span>3 min<[\s\S]*Taken after"><span>1 h 5 min</)
  expect(text).toContain('action="/do/drills/D-0001/stop"')
})

test('what came of a drill is its incidents and their fixes; without an incident one is opened as practice', () => {
  const none = page({ drills: [HELD] })
  expect(none).toMatch(
    /action="\/do\/incidents"[\s\S]*name="drill:flag" value="on"[\s\S]*name="episodes:list" value="A-0001"/,
  )
  const some = page({ drills: [{ ...HELD, incidents: [{ key: 'INC-0003', fixes: 2 }] }] })
  expect(some).toMatch(/href="\/incidents\/INC-0003">INC-0003<\/a> 2 fixes/)
  expect(some).toMatch(/action="\/do\/fixes"[\s\S]*name="incident" value="INC-0003"/)
})

test('journeys stand by quarters, and a gap is seen without colour', () => {
  expect(page()).toMatch(/Pay<span class="under">tier 1<[\s\S]*2026-Q3"><span>–<[\s\S]*2026-Q4"><span>✓ 2</)
})

test('a past incident is looked at before it is practised: what is expected, and what was done then', () => {
  const past = [{ key: 'INC-0001', title: '<b>Pay</b> fails', level: 1, journeys: ['pay', 'gone'] }] as const
  const checklist = {
    done: 1,
    items: [
      { id: 'lead', text: { en: 'Lead', ja: '指揮' }, ticked: true, at: AROUND.now, by: 'tanaka' },
      { id: 'tell', text: { en: 'Tell', ja: '連絡' }, ticked: false },
    ],
  }
  const offered = page({ past })
  expect(offered).toContain('<option value="INC-0001">')
  expect(offered).not.toContain('/do/drills/replay')
  const chosen = { ...past[0], openedAt: AROUND.now, checklist }
  const text = page({ past, chosen })
  expect(text).toMatch(/action="\/do\/drills\/replay"[\s\S]*name="replay" value="INC-0001"[\s\S]*name="journey"/)
  expect(text).toMatch(/Lead<span class="under">was done by tanaka[\s\S]*Tell<span class="under">was not done then/)
  expect(text).toContain('&lt;b&gt;Pay')
})

test('every page of a drill is striped and says so', () => {
  const { incident } = incidentView()
  const of = (drill: boolean) =>
    pageOf(AROUND, (context) => incidentScreen(context, incidentView({ incident: { ...incident, drill } })))
  expect(of(true)).toMatch(/<main[^>]* class="practice">\n<p class="practice-band">DRILL 訓練/)
  expect(of(false)).not.toContain('practice-band')
})

test('an empty page says where plans and members are made, in the language of its reader', () => {
  expect(page()).toContain('No drill was held yet.')
  expect(page({}, { language: 'ja' })).toContain('訓練はまだ実施されていません。')
  expect(page({}, { language: 'ja' })).not.toMatch(/Practise|From a past|tier 1/)
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
      led: [{ incident: 'INC-0002', drill: true, at: AROUND.now }],
    }),
  )
  expect(text).toContain('action="/do/practice/members/sato/tick"')
  expect(text).not.toMatch(/untick|<b>Shadow|href="javascript/)
  expect(text).toContain('name="runbook" value="pay.md"')
  expect(text).toMatch(/INC-0002<\/a> 2026-10-15 <span class="drill">drill</)
})

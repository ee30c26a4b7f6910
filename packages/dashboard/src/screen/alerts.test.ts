import { expect, test } from 'vitest'
import type { Around } from '../page/around.ts'
import { pageOf } from '../page/frame.ts'
import { alert } from '../testing/alert.ts'
import { AROUND } from '../testing/around.ts'
import type { Alert, AlertView } from '../view/alerts.ts'
import { alertScreen } from './alert.ts'
import { alertsScreen } from './alerts.ts'

const MINUTE = 60_000
const NOW = Date.parse(AROUND.now)
const HOSTILE = '<script>alert(1)</script>'

const view = (more: Partial<AlertView> = {}): AlertView => ({
  ...alert('A-0042'),
  ...{ timeline: [], notifications: [], next: [], receivers: ['pager'], similar: [] },
  ...more,
})

const board = (alerts: readonly Alert[], around: Partial<Around> = {}, last?: Alert) =>
  pageOf({ ...AROUND, ...around }, (context) =>
    alertsScreen(context, { alerts, state: 'open', more: false, ...(last !== undefined && { last }) }),
  )

const page = (shown: AlertView, around: Partial<Around> = {}) =>
  pageOf({ ...AROUND, ...around }, (context) => alertScreen(context, shown))

test('the most urgent level stands first; what nobody has can be taken, what somebody has says who', () => {
  const ack = { by: 'tanaka', at: NOW, until: NOW + 60 * MINUTE, via: 'api' }
  const taken = alert('A-0003', { episode: { state: 'acked', startedAt: NOW, reopenings: 0, ack } })
  const text = board([alert('A-0001', { level: 2 }), alert('A-0002'), taken])
  expect([...text.matchAll(/<a href="\/alerts\/(A-\d{4})"/g)].map(([, id]) => id)).toEqual([
    'A-0002',
    'A-0003',
    'A-0001',
  ])
  expect([...text.matchAll(/\/do\/alerts\/(A-\d{4})\/ack/g)].map(([, id]) => id)).toEqual(['A-0002', 'A-0001'])
  expect(text).toContain('tanaka has it')
})

test('an empty board says what was the last one', () => {
  expect(board([])).toContain('Nothing is firing.')
  expect(board([], { language: 'ja' }, alert('A-0007'))).toContain('最後のアラートはA-0007（2026-10-15）です。')
})

test('says why it rang in a sentence that its counts bear out, as it was then', () => {
  const objective = {
    name: 'availability',
    indicator: 'availability',
    targetPpm: 999_000,
    window: { kind: 'month' },
  } as const
  const rang = { ...view().facts, objective }
  const calm = { ...rang.cause, long: { ms: 60 * MINUTE, bad: 0, valid: 9 } } as typeof rang.cause
  const shown = view({ rang, facts: { ...rang, kind: 'resolve', cause: calm } })
  expect(page(shown)).toContain(
    'In the last hour 1.82\u00a0% of “Pay” failed, 18.2 times faster than the budget allows, and the last 5 minutes agree.',
  )
  expect(page(shown)).toMatch(/the last hour<\/th><td>182<\/td><td>10,000</)
  expect(page(shown, { language: 'ja' })).toContain(
    '直近1時間に「支払う」の1.82%が失敗となり、エラーバジェットの許容ペースの18.2倍でした。直近5分も同じ傾向です',
  )
})

test('says who answered, by which way and how soon, or that nobody has', () => {
  const fired = { at: NOW - 6 * MINUTE, transition: 'fired' } as const
  const acked = { at: NOW - 2 * MINUTE, transition: 'acked', detail: { by: 'tanaka', via: 'slack' } } as const
  expect(page(view({ timeline: [fired, acked] }))).toContain('Answered by tanaka (slack), 4 min after it rang.')
  expect(page(view({ timeline: [{ ...acked, at: NOW - 60 * MINUTE }, fired] }))).toContain('Nobody has answered yet.')
})

test('noise is judged with a reason, and taken back with one', () => {
  expect(page(view())).toMatch(/\/A-0042\/noise"[\s\S]*name="reason"/)
  const timeline = [{ at: NOW, transition: 'noise', detail: { by: 'aoi', note: HOSTILE } }] as const
  const judged = page(view({ timeline }))
  expect(judged).toContain('Judged to be noise by aoi: &lt;script&gt;')
  expect(judged).toContain('/A-0042/not-noise"')
  expect(judged).not.toContain('/A-0042/noise"')
})

test('says who was told, what held it back, and until when', () => {
  const row = { id: 'n', receiver: 'chat', kind: 'trigger', createdAt: NOW, notBefore: NOW, state: 'gated' } as const
  const verdict = { gate: 'silence', verdict: 'defer', until: NOW + MINUTE } as const
  const by = { kind: 'silence', key: 'SIL-0001', owner: 'sato', reason: HOSTILE } as const
  const text = page(view({ notifications: [{ ...row, attempts: 1, ambiguous: true, verdicts: [{ ...verdict, by }] }] }))
  expect(text).toContain('held back by a silence (SIL-0001: &lt;script&gt;')
  expect(text).toContain('until 2026-10-15 14:03')
  expect(text).toContain('may have been told twice')
  expect(text).not.toContain(HOSTILE)
  expect(page(view({ receivers: [] }))).toContain('the configuration names no receiver')
})

test('offers what its state and its visitor allow', () => {
  const over = view({ episode: { state: 'resolved', startedAt: NOW, resolvedAt: NOW, reopenings: 0 } })
  expect(page(over)).not.toMatch(/\/do\/alerts\/A-0042\/(ack|unack)/)
  expect(page(view())).toMatch(/action="\/do\/incidents"[\s\S]*name="level:number" value="1"/)
  expect(page(view())).not.toContain('drill:flag')
  expect(page(view({ facts: { ...view().facts, drill: 'DRILL-0001' } }))).toContain('name="drill:flag" value="on"')
  const reader = { visitor: { name: 'guest', may: 'read', by: 'token' } } as const
  expect(page(view(), reader)).not.toContain('action="/do/')
  expect(page(view(), reader)).toContain('guest may read only')
  const incident = { key: 'INC-0001', title: 'Pay' }
  expect(page(view({ incident }))).toContain('href="/incidents/INC-0001"')
  expect(page(view({ incident }))).not.toContain('action="/do/incidents"')
})

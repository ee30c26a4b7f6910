import type { FixSummary } from '@tabiji/core/fix'
import { expect, test } from 'vitest'
import type { Around } from '../page/around.ts'
import { pageOf } from '../page/frame.ts'
import { AROUND } from '../testing/around.ts'
import type { FixesView } from '../view/fixes.ts'
import { fixScreen } from './fix.ts'
import { fixesScreen } from './fixes.ts'

const fix = (key: string, more: Partial<FixSummary> = {}): FixSummary => ({
  ...{ key, title: `Fix ${key}`, kind: 'prevent', state: 'open', created: '2026-09-01' },
  ...{ firstDue: '2026-10-20', due: '2026-10-20', postponements: 0, overdueDays: 0 },
  ...more,
})

const board = (fixes: readonly FixSummary[], more: Partial<FixesView> = {}, around: Partial<Around> = {}) =>
  pageOf({ ...AROUND, ...around }, (context) => fixesScreen(context, { fixes, trackers: [], ...more }))

const page = (shown: FixSummary, around: Partial<Around> = {}) =>
  pageOf({ ...AROUND, ...around }, (context) => fixScreen(context, { fix: shown, transitions: [], trackers: [] }))

test('each fix stands in one column, with what is late said in words', () => {
  const text = board([
    fix('FIX-0001', { overdueDays: 6 }),
    fix('FIX-0002', { blocked: { since: AROUND.now } }),
    fix('FIX-0003', { state: 'done', doneAt: AROUND.now }),
    fix('FIX-0004', { state: 'accepted', acceptance: { approver: 'cto', reason: 'cheap', until: '2026-12-31' } }),
    fix('FIX-0005', { state: 'merged', mergedInto: 'FIX-0001' }),
  ])
  const columns = text
    .split('<section>')
    .slice(1)
    .map((part) => [...part.matchAll(/FIX-\d{4}(?=<\/a>)/g)].map(String))
  expect(columns).toEqual([['FIX-0001'], ['FIX-0002'], ['FIX-0003'], ['FIX-0004'], ['FIX-0005']])
  expect(text).toContain('overdue 6 days')
  expect(text).toContain('accepted until 2026-12-31')
})

test('says how old the view of a tracker is', () => {
  const trackers = [{ name: 'shop', readAt: '2026-10-14T09:00:00+09:00', failingSince: '2026-10-14T10:00:00+09:00' }]
  expect(board([], { trackers })).toContain('shop cannot be read; this is how it stood at 2026-10-14 09:00.')
  expect(board([], { trackers: [{ name: 'shop' }] })).toContain('shop was never read yet.')
})

test.each([
  ['open', fix('F'), ['done', 'block', 'assign', 'move', 'accept', 'drop']],
  ['blocked', fix('F', { blocked: { since: AROUND.now } }), ['done', 'unblock', 'assign', 'move', 'accept', 'drop']],
  ['done', fix('F', { state: 'done' }), ['reopen']],
  ['dropped', fix('F', { state: 'dropped' }), ['undrop']],
  ['merged', fix('F', { state: 'merged' }), []],
])('what can be done with one that is %s', (_state, shown, verbs) => {
  const forms = [...page(shown).matchAll(/action="\/do\/fixes\/F\/(\w+)"/g)].map(([, verb]) => verb)
  expect(forms).toEqual(verbs)
  expect(page(shown, { visitor: { name: 'guest', may: 'read', by: 'token' } })).not.toContain('action="/do/')
})

test('what people and trackers wrote is text, and an address that is none is no link', () => {
  const ticket = { tracker: 'shop', id: '<b>7</b>', url: 'javascript:alert(1)', gone: true } as const
  const text =
    page(fix('FIX-0001', { title: '<script>x</script>', ticket })) + board([fix('F', { title: '"><img src=x>' })])
  expect(text).not.toMatch(/<script>x|<img|<b>|href="javascript:/)
  expect(text).toContain('its ticket is gone')
})

test('an empty board says what would be here, in the language of its reader', () => {
  expect(board([])).toContain('No fixes yet.')
  expect(board([], {}, { language: 'ja' })).toContain('恒久対応はまだありません。')
})

import type { FixSummary } from '@tabiji/core/fix'
import { expect, test } from 'vitest'
import type { Around } from '../page/around.ts'
import { pageOf } from '../page/frame.ts'
import { AROUND } from '../testing/around.ts'
import type { FixesView, FixView } from '../view/fixes.ts'
import { fixScreen } from './fix.ts'
import { fixesScreen } from './fixes.ts'

const fix = (key: string, more: Partial<FixSummary> = {}): FixSummary => ({
  ...{ key, title: `Fix ${key}`, kind: 'prevent', state: 'open', created: '2026-09-01' },
  ...{ firstDue: '2026-10-20', due: '2026-10-20', postponements: 0, overdueDays: 0 },
  ...more,
})

const JOURNEYS = [{ name: 'pay', title: { en: 'Pay', ja: '支払う' } }]
const BARE = { view: 'board', teams: ['shop'], journeys: JOURNEYS, incidents: [], trackers: [] } as const

const board = (fixes: readonly FixSummary[], more: Partial<FixesView> = {}, around: Partial<Around> = {}) =>
  pageOf({ ...AROUND, ...around }, (context) => fixesScreen(context, { ...BARE, fixes, ...more }))

const page = (shown: FixSummary, around: Partial<Around> = {}, more: Partial<FixView> = {}) =>
  pageOf({ ...AROUND, ...around }, (context) =>
    fixScreen(context, {
      ...{ fix: shown, transitions: [], trackers: [], journeys: JOURNEYS, incidents: [], causes: [], others: [] },
      ...more,
    }),
  )

/** The month under way, as far as the board reads it. */
const facts = (watched: readonly object[]) =>
  ({
    fixes: {
      onTime: { share: { numerator: 8, denominator: 10 }, targetPpm: 800_000 },
      ...{ open: [{}, {}], ageing: { overdue: 1, oldestDays: 74 } },
    },
    statistics: { watched },
  }) as unknown as NonNullable<FixesView['facts']>

test('each fix stands in one column, with what is late said in words', () => {
  const watched = { key: 'FIX-0003', title: '', doneAt: AROUND.now, verdict: 'watching', days: 12, incidents: [] }
  const held = { ...watched, key: 'FIX-0006', verdict: 'held', days: 28 }
  const done = { state: 'done', doneAt: AROUND.now } as const
  const text = board(
    [
      fix('FIX-0001', { overdueDays: 6 }),
      fix('FIX-0002', { blocked: { since: AROUND.now } }),
      fix('FIX-0003', done),
      fix('FIX-0004', { state: 'accepted', acceptance: { approver: 'cto', reason: 'cheap', until: '2026-12-31' } }),
      fix('FIX-0005', { state: 'merged', mergedInto: 'FIX-0001' }),
      fix('FIX-0006', done),
    ],
    { facts: facts([watched, held]) },
  )
  const columns = text
    .split('<section>')
    .slice(1)
    .map((part) => [...part.matchAll(/FIX-\d{4}(?=<\/a>)/g)].map(String))
  expect(columns).toEqual([['FIX-0001'], ['FIX-0002'], ['FIX-0003'], ['FIX-0006'], ['FIX-0004'], ['FIX-0005']])
  expect(text).toContain('overdue 6 days')
  expect(text).toContain('accepted until 2026-12-31')
  expect(text).toContain('watched for 12 of 28 days')
  expect(text).toContain('✓ it held')
})

test('the head is what the report will say: the promise, and what lies on the table', () => {
  const text = board([], { facts: facts([]) })
  expect(text).toContain('Due this month and done on time: 8 of 10 (target 80\u00a0%)')
  expect(text).toContain('open 2 · overdue 1 · the oldest 74 days')
  expect(board([], { journey: 'pay' })).toContain('not for one journey')
})

test('views keep the filter, and the list keeps the first date', () => {
  const text = board([fix('FIX-0001', { journey: 'pay', due: '2026-11-10', postponements: 2 })], {
    ...{ view: 'list', team: 'shop' },
  })
  expect(text).toContain('href="/fixes?view=board&amp;team=shop"')
  expect(text).toMatch(/view=list&amp;team=shop" aria-current="true"/)
  expect(text).toContain('2026-10-20 (postponed 2 times)')
  expect(text).toMatch(/data-label="Journey"><span>Pay</)
  expect(board([], { team: 'shop' })).toContain('No fix fits this filter.')
})

test('when nothing is open it says which was done last', () => {
  const done = (key: string, doneAt: string) => fix(key, { state: 'done', doneAt })
  const text = board([done('FIX-0001', '2026-10-01T10:00:00+09:00'), done('FIX-0002', '2026-10-12T10:00:00+09:00')])
  expect(text).toContain('No open fixes. The last one that was done: FIX-0002.')
})

test('a fix is added from the board, for an incident or a journey', () => {
  const text = board([], { incidents: [{ key: 'INC-0001', title: 'Pay fails' }] })
  expect(text).toMatch(/action="\/do\/fixes"[\s\S]*name="title"[\s\S]*name="incident"[\s\S]*INC-0001 Pay fails/)
})

test('says how old the view of a tracker is', () => {
  const trackers = [{ name: 'shop', readAt: '2026-10-14T09:00:00+09:00', failingSince: '2026-10-14T10:00:00+09:00' }]
  expect(board([], { trackers })).toContain('shop cannot be read; this is how it stood at 2026-10-14 09:00.')
  expect(board([], { trackers: [{ name: 'shop' }] })).toContain('shop was never read yet.')
})

const ticket = { tracker: 'shop', id: '7', url: 'https://x.example/7' }
const others = [{ key: 'FIX-0009', title: 'Other' }]
test.each([
  ['open', fix('F'), ['done', 'block', 'assign', 'move', 'accept', 'edit', 'merge', 'drop', 'ticket']],
  [
    'blocked',
    fix('F', { blocked: { since: AROUND.now } }),
    ['done', 'unblock', 'assign', 'move', 'accept', 'edit', 'merge', 'drop', 'ticket'],
  ],
  ['kept by a tracker', fix('F', { ticket }), ['block', 'move', 'accept', 'edit', 'merge']],
  ['done', fix('F', { state: 'done' }), ['reopen', 'edit']],
  ['accepted', fix('F', { state: 'accepted' }), ['done', 'undrop', 'assign', 'edit', 'merge', 'drop']],
  ['dropped', fix('F', { state: 'dropped' }), ['undrop', 'accept', 'edit', 'merge']],
  ['merged', fix('F', { state: 'merged' }), ['undrop']],
])('what can be done with one that is %s', (_state, shown, verbs) => {
  const text = page(shown, {}, { others, trackers: [{ name: 'shop' }] })
  expect([...text.matchAll(/action="\/do\/fixes\/F\/(\w+)"/g)].map(([, verb]) => verb)).toEqual(verbs)
  const reader = { visitor: { name: 'guest', may: 'read', by: 'token' } } as const
  expect(page(shown, reader, { others })).not.toContain('action="/do/')
})

test('a part is split off with what it belongs to, and its causes are those of the incident', () => {
  const shown = fix('FIX-0001', { incident: 'INC-0001', cause: 'retry', journey: 'pay' })
  const text = page(shown, {}, { causes: [{ id: 'retry', text: 'No back-off' }] })
  expect(text).toMatch(/name="splitFrom" value="FIX-0001"[\s\S]*name="incident" value="INC-0001"/)
  expect(text).toContain('<option value="retry" selected>No back-off</option>')
})

test('says which tickets of a tracker are not in it', () => {
  const page = (number: number) => `https://github.com/acme/shop/issues/${number}`
  const odd = Array.from({ length: 7 }, (_, i) => ({ url: page(i + 1) }))
  const text = board([], { trackers: [{ name: 'shop', aside: [...odd, { url: page(9), asks: true }] }] })
  expect(text).toContain('7 tickets of shop cannot be read')
  expect(text).toContain('1 ticket of shop may be known already and is not counted')
  expect(text.match(/<a href="https:\/\/github[^"]*"/g)).toHaveLength(6)
  expect(text).toContain(`<a href="${page(9)}">`)
})

test('what people and trackers wrote is text, and an address that is none is no link', () => {
  const evil = { tracker: 'shop', id: '<b>7</b>', url: 'javascript:alert(1)', gone: true } as const
  const text =
    page(fix('FIX-0001', { title: '<script>x</script>', ticket: evil })) + board([fix('F', { title: '"><img src=x>' })])
  expect(text).not.toMatch(/<script>x|<img|<b>|href="javascript:/)
  expect(text).toContain('its ticket is gone')
})

test('an empty board says what would be here, in the language of its reader', () => {
  expect(board([])).toContain('No fixes yet.')
  expect(board([], {}, { language: 'ja' })).toContain('恒久対応はまだありません。')
  expect(board([], {}, { language: 'ja' })).not.toMatch(/Add a fix|Team|Board/)
})

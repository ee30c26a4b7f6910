import { expect, test } from 'vitest'
import type { Around } from '../page/around.ts'
import { pageOf } from '../page/frame.ts'
import { alert } from '../testing/alert.ts'
import { AROUND } from '../testing/around.ts'
import { standing } from '../testing/standing.ts'
import type { AlertsView, BoardAlert } from '../view/alerts.ts'
import { alertsScreen } from './alerts.ts'

const MINUTE = 60_000
const NOW = Date.parse(AROUND.now)
const HOSTILE = '"><script>alert(1)</script>'

const board = (alerts: readonly BoardAlert[], view: Partial<AlertsView> = {}, around: Partial<Around> = {}) =>
  pageOf({ ...AROUND, ...around }, (context) => alertsScreen(context, { alerts, state: 'open', more: false, ...view }))

test('says in advance when those are told who are not told at once', () => {
  const at = Date.parse('2026-11-24T10:00:00+09:00')
  const due = (awaits: NonNullable<BoardAlert['awaits']>, around = {}) =>
    board([alert('A-0001', { awaits })], {}, around)
  expect(due({ by: 'day', at })).toContain('in the digest of 2026-11-24 10:00')
  expect(due({ by: 'day' })).toContain('in the next digest')
  expect(due({ by: 'week', at }, { language: 'ja' })).toContain('2026-11-24 10:00の週次まとめ通知')
  const by = { kind: 'silence', key: 'SIL-0001', owner: 'sato', reason: HOSTILE } as const
  const verdicts = [{ gate: 'silence', verdict: 'defer', until: at, by }] as const
  expect(due({ by: 'gates', verdicts })).toContain('held back by a silence (SIL-0001: &quot;&gt;&lt;script&gt;')
  expect(due({ by: 'gates', verdicts })).not.toContain(HOSTILE)
})

test('shows how the windows burn now by which it rang, and what is left now', () => {
  const pair = { level: 1, longMs: 60 * MINUTE, shortMs: 5 * MINUTE, speed: { factorMilli: 14_400 } } as const
  const counts = { long: { bad: 1, valid: 2 }, short: { bad: 1, valid: 2 }, holds: true, calm: false }
  const burns = { ...counts, pair, longBurnMilli: 18_260, shortBurnMilli: 21_000 }
  const slower = { ...burns, pair: { ...pair, longMs: 6 * 60 * MINUTE }, longBurnMilli: 99_000 }
  const text = board([alert('A-0001', { standing: standing({ leftPpm: 461_000, pairs: [slower, burns] }) })])
  expect(text).toContain('18.2× / 21.0×')
  expect(text).toContain('data-label="Budget left" class="end"><span>46.1\u00a0%')
  expect(board([alert('A-0001')])).toContain('data-label="Budget left" class="end"><span>−8.0\u00a0%')
})

test('can be taken by a key, given back, silenced, made an incident of; what is over only leads on', () => {
  const ack = { by: 'tanaka', at: NOW, until: NOW + MINUTE, via: 'api' }
  const taken = alert('A-0002', { episode: { state: 'acked', startedAt: NOW, reopenings: 0, ack } })
  const over = alert('A-0003', { episode: { state: 'closed', startedAt: NOW, resolvedAt: NOW, reopenings: 0 } })
  const of = (row: BoardAlert) => /<div id="alerts"[\s\S]*<\/tbody>/.exec(board([row]))?.[0] ?? ''
  expect(of(alert('A-0001'))).toMatch(/do\/alerts\/A-0001\/ack[\s\S]*<button data-key="e">Acknowledge/)
  expect(of(alert('A-0001'))).toContain('/silences?matchers=journey%3Dpay%2C%20level%3D1#make')
  expect(of(alert('A-0001'))).toMatch(/do\/incidents"[\s\S]*name="episodes:list" value="A-0001"/)
  expect(of(taken)).toContain('/do/alerts/A-0002/unack')
  expect(of(taken)).not.toContain('data-key="e"')
  expect(of(over)).not.toContain('/do/')
  expect(of({ ...over, incident: { key: 'INC-0001', title: 'Pay' } })).toContain('href="/incidents/INC-0001"')
})

test('a runbook is a link only where it is an address of the web; practice says so first', () => {
  expect(board([alert('A-0001', {}, { runbook: 'https://wiki.example/pay' })])).toContain(
    'href="https://wiki.example/pay"',
  )
  const text = board([alert('A-0001', {}, { runbook: 'javascript:alert(1)', drill: 'D-0003' })])
  expect(text).toContain('<code>javascript:alert(1)</code>')
  expect(text).toMatch(/<th scope="row"><strong class="drill">DRILL D-0003<\/strong> <a/)
})

test('a choice keeps what else was chosen, and can be taken back', () => {
  const journey = { name: 'pay', title: { en: 'Pay & <go>', ja: '支払う' } }
  const text = board([], { level: 1, journey })
  expect(text).toContain('href="/alerts?state=all&amp;level=1&amp;journey=pay"')
  expect(text).toContain('href="/alerts?state=open&amp;level=3&amp;journey=pay"')
  expect(text).toContain('Of Pay &amp; &lt;go&gt; only. <a href="/alerts?state=open&amp;level=1">')
  expect(text).toContain('No alert fits this filter. <a href="/alerts">')
  expect(text).not.toContain('Nothing is firing')
  expect(board([], { journey: { name: HOSTILE } })).not.toContain(HOSTILE)
})

test('states carry their counts, teams are chosen where there are several, and both stay in the address', () => {
  const counts = { open: 3, taken: 1, quiet: 0 }
  const text = board([], { state: 'taken', counts, teams: ['shop', 'find & go'], team: 'shop', level: 2 })
  expect(text).toContain('href="/alerts?state=taken&amp;level=2&amp;team=shop" aria-current="true">Acknowledged 1</a>')
  expect(text).toContain('href="/alerts?state=quiet&amp;level=2&amp;team=shop">Held back 0</a>')
  expect(text).toContain('href="/alerts?state=taken&amp;level=2&amp;team=find+%26+go">find &amp; go</a>')
  expect(text).toContain('No alert fits this filter.')
  expect(board([], { teams: ['shop'] })).not.toContain('Every team')
})

test('says when there are older ones than are shown', () => {
  expect(board([alert('A-0001')], { more: true })).toContain('These are the newest 1.')
  expect(board([alert('A-0001')])).not.toContain('the newest')
})

import { WORKBOOK_POLICY } from '@tabiji/core/journey'
import { expect, test } from 'vitest'
import { pageOf } from '../page/frame.ts'
import { AROUND } from '../testing/around.ts'
import type { SettingsView } from '../view/settings.ts'
import { settingsScreen } from './settings.ts'

const VIEW: SettingsView = {
  checks: [{ name: 'store', status: 'degraded', message: 'slow <b>disk</b>' }],
  receivers: [{ name: 'pager', kind: 'pagerduty', levels: [1], isFallback: true }],
  revisions: [
    { appliesFrom: '2026-10-14T00:00:00+09:00', fingerprint: 'f2', changes: [{ name: 'pay/availability' }] },
    { appliesFrom: '2026-10-01T00:00:00+09:00', fingerprint: 'f1', changes: [] },
  ],
}
const show = (view: SettingsView, more: Partial<typeof AROUND> = {}) =>
  pageOf({ ...AROUND, ...more }, (context) => settingsScreen(context, view))

test('what is in force is told: checks, receivers with what they are told, revisions', () => {
  const page = show(VIEW)
  expect(page).toContain('slow &lt;b&gt;disk')
  expect(page).toContain('level 1 · when another one takes nothing')
  expect(page.indexOf('pay/availability')).toBeLessThan(page.indexOf('the first one'))
  expect(page.indexOf('pay/availability')).toBeGreaterThan(0)
})

test('a level of which nobody is told is said', () => {
  const page = show(VIEW)
  expect([1, 2, 3].map((level) => page.includes(`Nobody is told of level ${level}.`))).toEqual([false, true, true])
})

test('without a receiver or a revision it says so, in Japanese too', () => {
  const page = show({ checks: [], receivers: [], revisions: [] }, { language: 'ja' })
  expect(page).toContain('通知先がありません')
  expect(page).toContain('まだ読み込まれていません')
})

test('keys have one switch, which says what it would do', () => {
  expect(show(VIEW)).toContain('name="keys" value="off">Switch keys off')
  expect(show(VIEW, { keys: false })).toContain('name="keys" value="on">Switch keys on')
})

test('times are told in the zone of the file, in UTC, or in another one that was chosen; the browser offers its own', () => {
  const options = (zone: string) => /<select name="zone">([\s\S]*?)<\/select>/.exec(show(VIEW, { zone }))?.[1] ?? ''
  expect(options('Asia/Tokyo')).toContain(
    '<option value="house" selected>Asia/Tokyo</option><option value="UTC">UTC</option>',
  )
  expect(options('UTC')).toContain('<option value="UTC" selected>')
  expect(options('Europe/Berlin')).toContain('<option value="Europe/Berlin" selected>')
  expect(options('UTC')).toContain('<option data-own-zone hidden disabled>this browser’s</option>')
})

const SETTINGS: NonNullable<SettingsView['settings']> = {
  ...{ zone: 'Asia/Tokyo', journeys: 3, objectives: 40, evaluationMs: 15_000, keptMs: 460 * 86_400_000 },
  detail: [
    { fromAgeMs: 0, widthMs: 15_000 },
    { fromAgeMs: 3 * 86_400_000, widthMs: 60_000 },
  ],
  windows: [
    { window: { kind: 'rolling', ms: 30 * 86_400_000 }, objectives: 38 },
    { window: { kind: 'month' }, objectives: 2 },
  ],
  policies: [{ policy: WORKBOOK_POLICY, objectives: Array.from({ length: 40 }, (_, i) => `j${i}/<b>`) }],
  versions: { tabiji: '1.2.3', node: '20.19.0' },
}

test('what is in force is told: zone, windows, when budgets ring, how long numbers are kept, versions', () => {
  const page = show({ ...VIEW, settings: SETTINGS })
  for (const line of [
    ...['3 journeys, 40 objectives', '30d: 38 objectives', 'the calendar month: 2 objectives', 'every 15s'],
    ...['in slots of 1m from an age of 3d on', 'for 460d', 'issued months for ever', 'Tabiji 1.2.3, Node 20.19.0'],
    ...['level 1 above 14.4× over 1h / 5m', 'level 3 when 50', 'at least 3 bad events, and 95\u00a0% sure'],
    ...['of 40 objectives', 'and 20 more'],
  ]) {
    expect(page).toContain(line)
  }
  expect(page).not.toContain('/<b>')
  expect(show({ ...VIEW, settings: SETTINGS }, { language: 'ja' })).toContain('1h / 5mで14.4×を超えたらレベル1')
})

test('the doctor looks when somebody asks, errors first, and says what nobody looked at', () => {
  const finding = { where: 'shop http://x', what: 'one <b>', why: 'because', fix: 'mend it' }
  const look = {
    ...{ at: '2026-10-15T14:02:00+09:00', looked: ['shop'], notLooked: ['the proxy'] },
    findings: [
      { ...finding, code: 'DOCTOR_CLOCK', severity: 'warning' },
      { ...finding, code: 'DOCTOR_STATUS', severity: 'error' },
    ],
  } as const
  const page = show({ ...VIEW, canLook: true, look })
  expect(page.indexOf('DOCTOR_STATUS')).toBeLessThan(page.indexOf('DOCTOR_CLOCK'))
  expect(page).toContain('one &lt;b&gt;. because')
  expect(page).toContain('Not looked at: <span lang="en">the proxy')
  expect(show({ ...VIEW, canLook: true })).toContain('href="/settings?doctor=1#doctor">Look now')
  expect(show({ ...VIEW, canLook: true, look: { ...look, findings: [] } })).toContain('Nothing was found.')
  expect(show(VIEW)).not.toContain('Look now')
})

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

import { describe, expect, test } from 'vitest'
import type { Around } from '../page/around.ts'
import { pageOf } from '../page/frame.ts'
import { AROUND } from '../testing/around.ts'
import { BARE_SCREENS, type Bare, journeyView } from '../testing/screens.ts'
import { standing } from '../testing/standing.ts'
import { alertsScreen } from './alerts.ts'
import { journeyScreen } from './journey.ts'

const show = ({ write }: Pick<Bare, 'write'>, around: Partial<Around> = {}) => pageOf({ ...AROUND, ...around }, write)
const mainOf = (page: string) => /<main[\s\S]*<\/main>/.exec(page)?.[0] ?? ''
const headingsOf = (page: string) =>
  [...mainOf(page).matchAll(/<(h[1-3]|caption)[^>]*>[\s\S]*?<\/\1>/g)].map(([heading]) => heading)
const NOTHING_HERE: readonly string[] = [
  ...['journeys', 'alerts', 'silences', 'incidents', 'fixes', 'reports', 'drills', 'settings'],
]

describe.each(Object.entries(BARE_SCREENS))('the screen %s', (name, screen) => {
  test.runIf(NOTHING_HERE.includes(name))('with nothing on it says what would be here, in both languages', () => {
    for (const language of ['en', 'ja'] as const) {
      const said = [...mainOf(show(screen, { language })).matchAll(/class="empty">([^<]*)/g)].map(([, text]) => text)
      expect([language, said.length > 0]).toEqual([language, true])
      // A bare "none" helps nobody: it is a sentence.
      for (const text of said) expect(text).toMatch(language === 'en' ? /\w+ \w+.*[.:)]\s*$/ : /[。：）]\s*$|。/)
    }
  })

  test('says of old data that it is old, and keeps what it shows', () => {
    const unread = [{ journey: { en: 'Pay', ja: '支払う' }, since: '2026-10-15T13:58:00+09:00' }]
    const [fresh, stale] = [show(screen), show(screen, { unread })]
    expect(stale).toContain('No data since 13:58 (4 min): Pay.')
    expect(fresh).not.toContain('No data since')
    expect(mainOf(stale)).toBe(mainOf(fresh))
  })

  test('has a part that failed say so in its place, and loses nothing else', () => {
    const whole = headingsOf(show(screen))
    for (const panel of [...screen.panels, 'ringing'] as const) {
      const partly = show(screen, { failed: { [panel]: 'E-0a1b2c3d' } })
      expect([panel, partly.match(/this part could not be read/g)?.length]).toEqual([panel, 1])
      expect(partly).toContain('the log of the collector says why under E-0a1b2c3d.')
      const lost = whole.filter((heading) => !partly.includes(heading))
      expect([panel, lost.length <= 2]).toEqual([panel, true])
      expect(show(screen, { language: 'ja', failed: { [panel]: 'E-0a1b2c3d' } })).toContain('読み取れませんでした')
    }
  })

  test('works without script: what can be pressed is a link or a form that says where it goes', () => {
    const page = show(screen)
    expect(page).not.toMatch(/<[^>]+ on[a-z]+=/)
    expect(page).not.toMatch(/href="(#|javascript:[^"]*)"/)
    for (const [form] of page.matchAll(/<form [^>]*>/g)) expect(form).toMatch(/method="(get|post)" action="\/[^"]*"/)
    const outside = page.replace(/<form[\s\S]*?<\/form>/g, '')
    expect([...outside.matchAll(/<button(?! disabled)[^>]*>/g)].map(String)).toEqual([])
    for (const [, tag] of page.matchAll(/<(\w+)[^>]* data-key=/g)) expect(['a', 'button', 'input']).toContain(tag)
  })

  test('has what can be seen but not done say why', () => {
    const page = show(screen, { visitor: { may: 'read', name: 'wall', by: 'token' } })
    for (const [button] of page.matchAll(/<button disabled[^>]*>/g))
      expect(button).toMatch(/title="wall may read only"/)
    expect(page.match(/action="\/do\//g) ?? []).toEqual([])
  })
})

test('states are kept without fresh data, and marked', () => {
  const page = (language: 'en' | 'ja') =>
    show({ write: (context) => journeyScreen(context, journeyView(standing({ fresh: false }))) }, { language })
  expect(page('en')).toContain('Healthy <span class="old">(stale)</span>')
  expect(page('ja')).toContain('健全 <span class="old">（未更新）</span>')
})

test('a filter that hides everything says so, and the way back', () => {
  const filtered = (language: 'en' | 'ja') =>
    show(
      {
        write: (context) =>
          alertsScreen(context, { alerts: [], state: 'open', more: false, level: 2, journey: { name: 'pay' } }),
      },
      { language },
    )
  expect(filtered('en')).toContain('No alert fits this filter. <a href="/alerts">')
  const misspelt = show({
    write: (context) =>
      alertsScreen(context, { alerts: [], state: 'open', more: false, journey: { name: 'chekout', near: 'checkout' } }),
  })
  expect(misspelt).toContain(
    'Did you mean <a href="/alerts?state=open&amp;journey=checkout"><strong>checkout</strong></a>? <a href="/alerts">',
  )
  expect(filtered('ja')).toMatch(/class="empty">[^<]+。 <a href="\/alerts">/)
})

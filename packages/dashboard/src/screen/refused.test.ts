import { expect, test } from 'vitest'
import type { Around } from '../page/around.ts'
import { pageOf } from '../page/frame.ts'
import { AROUND } from '../testing/around.ts'
import { type ForeignView, foreignScreen } from './foreign.ts'
import { type RefusedView, refusedScreen } from './refused.ts'

const EVIL = '</textarea><img src=x onerror=alert(1)>'
const refused = (view: Partial<RefusedView>, around: Partial<Around> = {}) =>
  pageOf({ ...AROUND, ...around }, (context) =>
    refusedScreen(context, { action: '/do/x', back: '/alerts', fields: {}, lines: ['Expected a note'], ...view }),
  )
const foreign = (view: ForeignView, around: Partial<Around> = {}) =>
  pageOf({ ...AROUND, ...around }, (context) => foreignScreen(context, view))
const stranger = { visitor: { may: 'read', by: 'token' } } as const

test('what was typed comes back as text, long ones and lists too', () => {
  const page = refused({
    fields: { note: EVIL, 'journeys:list': ['a', 'b'], why: `\n${EVIL}\n`.repeat(9) },
    lines: [EVIL],
  })
  expect(page).not.toContain('<img')
  expect(page.match(/name="journeys:list"/g)).toHaveLength(2)
  expect(page).toMatch(/<textarea name="why">\s*&lt;\/textarea&gt;/)
})

test('what was typed is sent again as it was, not as it is best read', () => {
  const typed = 'a  b\t\u202ec 5 % שלום'
  const page = refused({ fields: { note: typed, why: `\n${typed}\n` } })
  expect(page).toContain(`value="${typed}"`)
  expect(page).toContain(`<textarea name="why">\n\n${typed}\n</textarea>`)
})

test('who lost their session is told so instead of what was wrong, who is signed out where to sign in', () => {
  const lapsed = refused({ lapsed: true, lines: [] })
  expect(lapsed).toContain('What you typed stands here.')
  expect(lapsed).not.toContain('target="_blank"')
  expect(refused({}, stranger)).toMatch(/href="\/sign-in\?to=%2Falerts" target="_blank" rel="noopener"/)
})

test('a form from elsewhere is no page to press anything on', () => {
  const page = foreign({ isOurs: false, back: '/alerts' }, { formToken: '' })
  expect(page).not.toMatch(/<form|<button/)
  expect(page).toContain('If you pressed something on another site')
  expect(foreign({ isOurs: true, back: '/sign-in?to=%2F' })).toContain('<a href="/sign-in?to=%2F">')
})

test('neither follows the books, and both are in Japanese', () => {
  for (const page of [
    refused({ lapsed: true }, { language: 'ja' }),
    foreign({ isOurs: false, back: '/' }, { language: 'ja' }),
  ]) {
    expect(page).toMatch(/<html lang="ja"[^>]* data-still>/)
    expect(page).not.toMatch(/Nothing was done|What you typed|Open the page/)
  }
  expect(refused({}, { ...stranger, language: 'ja' })).toContain('別のタブでサインイン')
})

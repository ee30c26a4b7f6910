import type { SilenceSummary } from '@tabiji/core/alert'
import { expect, test } from 'vitest'
import type { Around } from '../page/around.ts'
import { pageOf } from '../page/frame.ts'
import { AROUND } from '../testing/around.ts'
import type { SilencesView } from '../view/silences.ts'
import { silencesScreen } from './silences.ts'

const DRAFT = { matchers: 'journey=pay', for: '1h', to: '', reason: 'a <b>move</b>', owner: 'suzuki' }
const SILENCE: SilenceSummary = {
  ...{ key: 'SIL-0001', state: 'active', version: 1, matchers: ['journey=pay'], owner: 'sato' },
  ...{ reason: '<img src=x>', from: AROUND.now, to: '2026-10-15T15:00:00+09:00', createdAt: AROUND.now },
}
const ALERT = { id: 'A-0001', rule: 'pay/availability/page', level: 1, startedAt: AROUND.now } as const

const page = (view: Partial<SilencesView>, around: Partial<Around> = {}) =>
  pageOf({ ...AROUND, ...around }, (context) =>
    silencesScreen(context, { silences: [], state: 'live', draft: DRAFT, openings: [], ...view }),
  )

test('nothing is silenced before it was seen what that would hold back', () => {
  expect(page({})).not.toContain('action="/do/silences"')
  const preview = { ok: true, until: SILENCE.to, now: [ALERT], lastWeek: [] } as const
  const text = page({ preview })
  expect(text).toContain('It would end 2026-10-15 15:00.')
  expect(text).toMatch(/1 alert that is open now[\s\S]*A-0001[\s\S]*0 alerts of the last seven days/)
  expect(text).toMatch(
    /action="\/do\/silences"[\s\S]*name="matchers:list" value="journey=pay"[\s\S]*name="for" value="1h"/,
  )
})

test('the proof of a form is in no address: looking is a question without it', () => {
  const [, look = ''] = /<form method="get" action="\/silences#make"([\s\S]*?)<\/form>/.exec(page({})) ?? []
  expect(look).toContain('name="matchers"')
  expect(look).not.toContain('name="form"')
})

test('a draft that cannot be says why, and keeps what was typed', () => {
  const text = page({ preview: { ok: false, lines: ['Expected `to` to be later'] } })
  expect(text).toContain('Expected `to` to be later')
  expect(text).toContain('value="a &lt;b&gt;move&lt;/b&gt;"')
})

test('one in force can be extended and ended with a reason; one that is over cannot', () => {
  const verbs = (silence: SilenceSummary) =>
    [...page({ silences: [silence] }).matchAll(/SIL-0001\/(\w+)"/g)].map(([, verb]) => verb)
  expect(verbs(SILENCE)).toEqual(['extend', 'end'])
  expect(verbs({ ...SILENCE, state: 'ended' })).toEqual([])
  expect(page({ silences: [SILENCE] })).not.toContain('<img')
})

test('an empty list says so, in the language of its reader', () => {
  expect(page({}, { language: 'ja' })).toContain('有効または予定のサイレンスはありません。')
})

test('a link with conditions alone shows what they match, and asks who answers for it before anything can be made', () => {
  const preview = { ok: true, until: SILENCE.to, now: [ALERT], lastWeek: [] } as const
  const text = page({ preview, draft: { ...DRAFT, reason: '' } })
  expect(text).toContain('1 alert that is open now')
  expect(text).toContain('Say below why and whose wish it is')
  expect(text).not.toContain('action="/do/silences"')
  const reader = { visitor: { name: 'wall', may: 'read', by: 'token' } } as const
  expect(page({ preview }, reader)).not.toContain('action="/do/silences"')
  expect(page({ preview }, reader)).toContain('wall may read only')
})

test('the next opening of the desk is one press away, in either language', () => {
  const openings = ['2026-10-16T10:00:00+09:00']
  const text = page({ openings })
  expect(text).toContain('<button name="to" value="2026-10-16T10:00:00+09:00">')
  expect(text).toContain('until the next business day, 2026-10-16 10:00')
  expect(page({ openings }, { language: 'ja' })).toContain('翌営業日（2026-10-16 10:00）まで')
})

test('the list can show those that are over, too', () => {
  expect(page({ state: 'all' })).toMatch(/href="\/silences\?state=all" aria-current="true"/)
})

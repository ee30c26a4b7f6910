import { expect, test } from 'vitest'
import type { Around } from '../page/around.ts'
import { pageOf } from '../page/frame.ts'
import { AROUND } from '../testing/around.ts'
import type { ReportsView, ReportView } from '../view/reports.ts'
import { reportScreen } from './report.ts'
import { reportsScreen } from './reports.ts'

const ISSUED = {
  revision: 2,
  issuedAt: '2026-11-05T10:12:00+09:00',
  by: 'suzuki',
  sha256: 'a'.repeat(64),
  version: '0.1.0',
}
const NOTHING_PENDING = { incidents: [], postmortems: [] }
const DRAFT: ReportView = {
  ...{ month: '2026-10', status: 'draft', draftAt: '2026-11-01T02:00:00+09:00', missing: 1, asks: [] },
  ...{ revisions: [], journeys: [{ name: 'pay', title: { en: 'Pay', ja: '支払う' } }], comments: [] },
  missingComments: [{ name: 'pay', title: { en: 'Pay', ja: '支払う' }, owner: 'shop', state: 'missed' }],
  pending: NOTHING_PENDING,
}
const FILES = ['report.en.html', 'report.ja.html', 'report.ja.pdf', 'report.ja.slack.json', 'report.journeys.csv'].map(
  (name) => ({ name, bytes: 7 }),
)

const page = (view: ReportView, around: Partial<Around> = {}) =>
  pageOf({ ...AROUND, ...around }, (context) => reportScreen(context, view))

const list = (more: Partial<ReportsView>, language: 'en' | 'ja' = 'en') =>
  pageOf({ ...AROUND, language }, (context) =>
    reportsScreen(context, { year: 2026, years: [2026], reports: [], asks: [], ...more }),
  )

test('a draft says what is missing and leads there, and can be looked at and issued', () => {
  const pending = {
    incidents: [{ key: 'INC-0002', title: 'Search is slow' }],
    postmortems: [{ incident: 'INC-0001', title: 'Pay fails', state: 'draft', due: '2026-10-12' }],
  } as const
  const text = page({ ...DRAFT, pending })
  expect(text).toContain('<a href="#comment-pay">a comment on Pay, by shop</a>')
  expect(text).toContain(
    '<a href="/incidents/INC-0001/postmortem">the postmortem of INC-0001 (draft, due 2026-10-12)</a>',
  )
  expect(text).toContain('an incident that is still open: Search is slow')
  expect(text).toContain('href="/reports/2026-10/draft/report.ja.html"')
  expect(text).toContain('action="/do/reports/2026-10/issue"')
  expect(text).not.toContain('/reissue"')
})

test('comments stand beside their journeys, with what was written to be written anew', () => {
  const comment = { journey: 'pay', text: 'The <gateway>\nwas down', by: 'sato', at: AROUND.now }
  const text = page({ ...DRAFT, comments: [comment], missingComments: [] })
  expect(text).toMatch(/id="comment-pay">[\s\S]*The &lt;gateway&gt;\nwas down<\/span>[\s\S]*\(sato\)/)
  expect(text).toMatch(/name="journey" value="pay"[\s\S]*<textarea name="text"[^>]*>The &lt;gateway&gt;/)
  expect(page(DRAFT)).toContain('<strong class="late">owed</strong>')
  const headline = { text: 'A calm month', at: AROUND.now }
  expect(page({ ...DRAFT, headline })).toMatch(/A calm month<\/p>[\s\S]*Let the computed ones stand again/)
})

test('an issued month leads to its files by format and language; another revision needs a reason and tells what changed', () => {
  const { draftAt: _, ...rest } = DRAFT
  const text = page({
    ...{ ...rest, status: 'issued', revision: 2, issuedAt: ISSUED.issuedAt, by: 'suzuki' },
    revisions: [
      { ...ISSUED, revision: 1, changes: 0, files: FILES },
      { ...ISSUED, reason: 'late import', changes: 40, files: FILES },
    ],
    changed: { from: 1, to: 2, changes: [{ path: 'journeys.pay.bad', before: '3', after: '5' }], more: 39 },
  })
  expect(text).toContain('issued as r2 on 2026-11-05 by suzuki')
  expect(text).toMatch(
    />PDF<\/th>[\s\S]*?data-label="Japanese"><span><a href="\/reports\/2026-10\/files\/report.ja.pdf"/,
  )
  expect(text).toMatch(/>CSV<\/th>[\s\S]*?data-label="Either language"><span><a href="[^"]*report.journeys.csv"/)
  expect(text).toMatch(/>Slack<\/th>[\s\S]*?report.ja.slack.json/)
  expect(text).toContain('late import')
  expect(text).toMatch(/What r2 changed since r1[\s\S]*journeys\.pay\.bad[\s\S]*>3<[\s\S]*>5<[\s\S]*39 more differ/)
  expect(text).toMatch(/\/reissue"[\s\S]*name="reason"[^>]*required/)
})

test('a year shows every month, what drafts wait for, and the way to other years', () => {
  const pending = { incidents: [{ key: 'INC-0002', title: 'x' }], postmortems: [] }
  const text = list({
    years: [2025, 2026],
    reports: [
      { month: '2026-11', status: 'draft', draftAt: AROUND.now, missing: 2, pending },
      { month: '2026-10', status: 'issued', revision: 1, issuedAt: ISSUED.issuedAt, missing: 0 },
    ],
  })
  const months = [...(text.split('id="year"')[1]?.split('</ol>')[0] ?? '').matchAll(/<li(?: class="(\w+)")?>/g)]
  expect(months.map(([, state = 'none']) => state)).toEqual([...Array(9).fill('none'), 'issued', 'draft', 'none'])
  expect(text).toContain('2 comments are missing · 1 incident is open')
  expect(text).toContain('href="/reports?year=2025"')
  expect(text).not.toContain('year=2027')
  expect(text).toContain('href="/reports/2026-10/files/report.en.html"')
})

test('an ask is answered in its list, and what was written stays text', () => {
  const ask = { key: 'ASK-0001', month: '2026-10', text: '<b>buy</b>', state: 'open' } as const
  const text = list({ asks: [ask, { ...ask, key: 'ASK-0002', state: 'done' }] })
  expect(text).toContain('action="/do/reports/asks/ASK-0001/answer"')
  expect(text).not.toMatch(/ASK-0002|<b>buy/)
})

test('without reports it says when there will be one, in the language of its reader', () => {
  expect(list({})).toContain('No reports yet.')
  expect(list({}, 'ja')).toContain('レポートはまだありません。')
  expect(page(DRAFT, { language: 'ja' })).not.toMatch(/Missing|comment on|Issue it|Files/)
})

import { expect, test } from 'vitest'
import type { Around } from '../page/around.ts'
import { pageOf } from '../page/frame.ts'
import { AROUND } from '../testing/around.ts'
import type { ReportView } from '../view/reports.ts'
import { reportScreen } from './report.ts'
import { reportsScreen } from './reports.ts'

const ISSUED = {
  revision: 2,
  issuedAt: '2026-11-05T10:12:00+09:00',
  by: 'suzuki',
  sha256: 'a'.repeat(64),
  version: '0.1.0',
}
const DRAFT: ReportView = {
  ...{ month: '2026-10', status: 'draft', draftAt: '2026-11-01T02:00:00+09:00', missing: 1, asks: [] },
  ...{ revisions: [], journeys: [{ name: 'pay', title: { en: 'Pay', ja: '支払う' } }] },
  missingComments: [{ name: 'pay', title: { en: 'Pay', ja: '支払う' }, owner: 'shop', state: 'missed' }],
}
const FILES = [{ name: 'report.ja.pdf', bytes: 7 }]

const page = (view: ReportView, around: Partial<Around> = {}) =>
  pageOf({ ...AROUND, ...around }, (context) => reportScreen(context, view))

const list = (more: Parameters<typeof reportsScreen>[1], language: 'en' | 'ja' = 'en') =>
  pageOf({ ...AROUND, language }, (context) => reportsScreen(context, more))

test('a draft says what is missing, and can be issued', () => {
  const text = page(DRAFT)
  expect(text).toContain('a comment on Pay, by shop')
  expect(text).toContain('href="/reports/2026-10/draft/report.ja.html"')
  expect(text).toContain('action="/do/reports/2026-10/issue"')
  expect(text).not.toContain('/reissue"')
})

test('an issued month leads to its files and tells of every revision; another one needs a reason', () => {
  const { month, asks, journeys } = DRAFT
  const { draftAt: _, ...rest } = DRAFT
  const text = page({
    ...{ ...rest, month, asks, journeys, status: 'issued', revision: 2, issuedAt: ISSUED.issuedAt, by: 'suzuki' },
    revisions: [
      { ...ISSUED, revision: 1, changes: 0, files: FILES },
      { ...ISSUED, reason: 'late import', changes: 40, files: FILES },
    ],
  })
  expect(text).toContain('issued as r2 on 2026-11-05 by suzuki')
  expect(text).toContain('href="/reports/2026-10/files/report.ja.pdf"')
  expect(text).toContain('late import')
  expect(text).toMatch(/\/reissue"[\s\S]*name="reason" required/)
})

test('an ask is answered in its list, and what was written stays text', () => {
  const ask = { key: 'ASK-0001', month: '2026-10', text: '<b>buy</b>', state: 'open' } as const
  const text = list({ reports: [], asks: [ask, { ...ask, key: 'ASK-0002', state: 'done' }] })
  expect(text).toContain('action="/do/reports/asks/ASK-0001/answer"')
  expect(text).not.toMatch(/ASK-0002|<b>buy/)
})

test('without reports it says when there will be one, in the language of its reader', () => {
  expect(list({ reports: [], asks: [] })).toContain('No reports yet.')
  expect(list({ reports: [], asks: [] }, 'ja')).toContain('レポートはまだありません。')
})

import type { ReportIssue } from '@tabiji/core/report'
import { expect, test } from 'vitest'
import { renderReport } from '../render.ts'
import { octoberFacts } from '../testing/facts.ts'
import { textOfHtml } from '../testing/read-back.ts'

const FIRST: ReportIssue = {
  revision: 1,
  issuedAt: '2026-11-05T10:12:00+09:00',
  by: 'sato',
  sha256: 'ab'.repeat(32),
  version: '0.1.0',
}
const SECOND: ReportIssue = {
  ...FIRST,
  revision: 2,
  reason: 'a service handed in what it had kept',
  changes: [{ path: 'journeys.order.objectives.availability.bad', before: '120', after: '131' }],
}

test('an issued report says so first, even of a month with gaps, and names its facts last', () => {
  const running = { ...octoberFacts(), complete: false }
  const page = renderReport(running, { format: 'md', lang: 'en', issue: FIRST })
  expect(page).toContain('Issued 2026-11-05 10:12, revision 1.')
  expect(page).not.toContain('Draft')
  expect(page.trimEnd().split('\n').at(-1)).toBe(`SHA-256 of the facts: ${FIRST.sha256}. Tabiji 0.1.0.`)
  expect(page).not.toContain('sato')
  expect(renderReport(running, { format: 'md', lang: 'en', issue: FIRST, withPeople: true })).toContain('sato')
})

test('one that was issued again says why, and lists every figure that reads otherwise', () => {
  const page = renderReport(octoberFacts(), { format: 'md', lang: 'ja', issue: SECOND })
  expect(page).toContain('## 第2版での変更点')
  expect(page).toContain('| journeys.order.objectives.availability.bad | 120 | 131 |')
  const { changes: _, ...same } = SECOND
  const html = textOfHtml(renderReport(octoberFacts(), { format: 'html', lang: 'en', issue: same }))
  expect(html).toContain('Reason: a service handed in what it had kept')
  expect(html).toContain('No figure is different.')
})

test('a report that nobody issued has no stamp', () => {
  expect(renderReport(octoberFacts(), { format: 'html', lang: 'en' })).not.toMatch(/Issued|SHA-256/)
})

test('a month that is over and that nobody has issued is a draft where that is asked for', () => {
  const page = renderReport(octoberFacts(), { format: 'html', lang: 'en', draft: true })
  expect(page).toContain('<p class="meta draft">Draft: not issued yet, numbers can still change')
  expect(renderReport(octoberFacts(), { format: 'html', lang: 'en' })).not.toContain('class="meta draft"')
})

test('one that was issued although something was missing says what and why', () => {
  const despite = { what: 'incomplete', reason: 'the shop was moved' } as const
  const page = renderReport(octoberFacts(), { format: 'md', lang: 'en', issue: { ...FIRST, despite } })
  expect(page).toMatch(/Data were incomplete when this was issued; data until .*\. Reason: the shop was moved/)
})

test('a table that cannot hold all that changed says how much it leaves out', () => {
  const page = renderReport(octoberFacts(), { format: 'md', lang: 'en', issue: { ...SECOND, moreChanges: 7 } })
  expect(page).toContain('Figures that differ besides: 7.')
})

import type { MonthFacts } from '@tabiji/core/report'
import { expect, test } from 'vitest'
import { renderReport } from '../render.ts'
import { octoberFacts } from '../testing/facts.ts'

const TRACKERS: MonthFacts['trackers'] = [
  { name: 'github', kind: 'github', readAt: '2026-11-05T10:00:00+09:00' },
  {
    ...{ name: 'jira', kind: 'jira', readAt: '2026-11-04T09:00:00+09:00' },
    failingSince: '2026-11-04T09:05:00+09:00',
  },
  { name: 'other', kind: 'github' },
]

test('a report says how old its view of each tracker is, and since when one cannot be read', () => {
  const facts = { ...octoberFacts(), trackers: TRACKERS }
  const page = renderReport(facts, { format: 'md', lang: 'en' })
  expect(page).toContain('Tickets in github as of 2026-11-05 10:00.')
  expect(page).toContain('Tickets in jira as of 2026-11-04 09:00; they could not be read since 2026-11-04 09:05')
  expect(page).toContain('Tickets in other were never read.')
  expect(renderReport(facts, { format: 'md', lang: 'ja' })).toContain(
    'githubのチケットは2026-11-05 10:00時点の内容です。',
  )
  expect(renderReport(octoberFacts(), { format: 'md', lang: 'en' })).not.toContain('Tickets in')
})

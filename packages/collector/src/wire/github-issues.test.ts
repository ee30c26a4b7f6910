import { draftTicket, FIX_KINDS, foldFix, markLine, type Ticket } from '@tabiji/core/fix'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readGithubIssues } from './github-issues.ts'

const ISSUE = {
  ...{ id: 1001, node_id: 'I_1', number: 7, html_url: 'https://github.com/acme/shop/issues/7', title: 'Retry' },
  ...{ state: 'open', state_reason: null, created_at: '2026-10-01T00:00:00Z', closed_at: null, body: null },
  ...{ labels: [{ id: 1, name: 'permanent-fix', color: 'fff' }], assignee: null, milestone: null },
}

const READER = { tracker: 'github', blocked: ['blocked', 'On Hold'], dueField: 'Target date' }

function ticketOf(changes: object): Ticket | undefined {
  const read = readGithubIssues([{ ...ISSUE, ...changes }], READER)
  if (!read.ok) throw new Error('Expected a list')
  return read.tickets[0]
}

test('an issue is told with what stands in it, and nothing else', () => {
  expect(ticketOf({})).toEqual({
    ...{ tracker: 'github', id: '1001', url: ISSUE.html_url, title: 'Retry', state: 'open' },
    ...{ createdAt: Date.parse(ISSUE.created_at), blocked: false },
  })
})

test.each([
  ['completed', 'done'],
  [null, 'done'],
  ['not_planned', 'dropped'],
  ['duplicate', 'dropped'],
])('closed as %s is %s, since then', (state_reason, state) => {
  const closed_at = '2026-10-05T00:00:00Z'
  expect(ticketOf({ state: 'closed', state_reason, closed_at })).toMatchObject({
    state,
    stateAt: Date.parse(closed_at),
  })
})

test('a label goes before a line, and a milestone before both', () => {
  const body = 'Fix: detect\r\nincident: INC-0007\r\nCause: no-retry\r\ndue: 2026-12-01\r\n'
  const told = { kind: 'detect', incident: 'INC-0007', cause: 'no-retry', due: '2026-12-01' }
  expect(ticketOf({ body })).toMatchObject(told)
  const labels = ['fix:mitigate', { name: 'incident:INC-0008' }]
  const milestone = { due_on: '2026-12-15T08:00:00Z' }
  expect(ticketOf({ body, labels, milestone })).toMatchObject({
    ...{ kind: 'mitigate', incident: 'INC-0008', cause: 'no-retry', due: '2026-12-15' },
  })
})

test('lines of a template that nobody filled in, and what is no date or kind, say nothing', () => {
  const told = ticketOf({ body: 'fix: soon\nincident:\ncause: \ndue: 2026-02-30\n', labels: ['cause:'] })
  expect(Object.keys(told ?? {}).sort()).toEqual(['blocked', 'createdAt', 'id', 'state', 'title', 'tracker', 'url'])
})

test('pull requests are no tickets', () => {
  expect(ticketOf({ pull_request: { url: 'https://api.github.com/repos/acme/shop/pulls/7' } })).toBeUndefined()
})

test('a date in the field goes before all others, whatever other fields there are', () => {
  const milestone = { due_on: '2026-12-15T08:00:00Z' }
  const field = (name: string, data_type: string, value: unknown) => ({
    issue_field_id: 7,
    issue_field_name: name,
    data_type,
    value,
  })
  const others = [field('Effort', 'number', 3), field('Target date', 'text', '2026-01-01'), { odd: true }]
  const told = (values: readonly object[] | null) => ticketOf({ milestone, issue_field_values: values })?.due
  expect(told([...others, field('target date', 'date', '2026-12-20')])).toBe('2026-12-20')
  expect(told(others)).toBe('2026-12-15')
  expect(told(null)).toBe('2026-12-15')
})

test.each(['blocked', 'BLOCKED', 'on hold'])('the label %s says that it is blocked', (name) => {
  expect(ticketOf({ labels: [{ name }] })).toMatchObject({ blocked: true })
})

test('addresses in the text are told, without what a sentence puts behind them', () => {
  const body =
    'Moved from https://acme.atlassian.net/browse/SHOP-7. See (https://github.com/acme/web/issues/9#issuecomment-1)、'
  expect(ticketOf({ body })?.links).toEqual([
    'https://acme.atlassian.net/browse/SHOP-7',
    'https://github.com/acme/web/issues/9',
  ])
})

test.each([[undefined], [{ message: 'Not Found' }]])('what is no list is refused: %j', (document) => {
  expect(readGithubIssues(document, READER)).toEqual({ ok: false })
})

test.each([
  [{ ...ISSUE, id: 'x' }, ISSUE.html_url, 'its `id` is not as GitHub documents it'],
  [{ ...ISSUE, created_at: 'yesterday' }, ISSUE.html_url, 'its `created_at` is not as GitHub documents it'],
  [
    { ...ISSUE, html_url: 'javascript:alert(1)' },
    'acme/shop, place 1 of a page, number 7',
    'its `html_url` is not as GitHub documents it',
  ],
  [null, 'acme/shop, place 1 of a page', 'it is no issue'],
])('an issue that is not as it is documented is set aside and told, and the others are read', (odd, url, why) => {
  const read = readGithubIssues([odd, ISSUE], READER, 'acme/shop')
  expect(read).toMatchObject({ ok: true, tickets: [{ id: '1001' }], aside: [{ url, why }] })
})

test('what a ticket was created with is read back from it as it stands, whatever people wrote', () => {
  const line = fc.string({ minLength: 1, maxLength: 200, unit: 'grapheme' }).filter((text) => text.trim() !== '')
  const tricky = fc.oneof(line, fc.constantFrom('due: 2020-01-01', 'x\ndue: 2020-01-01', '<!-- tabiji FIX-0009 a -->'))
  const added = fc.record(
    { title: tricky, cause: tricky, owner: tricky, incident: fc.constant('INC-0007') },
    { requiredKeys: ['title'] },
  )
  fc.assert(
    fc.property(added, fc.constantFrom(...FIX_KINDS), fc.constantFrom('en', 'ja'), (stated, kind, language) => {
      const at = Date.parse('2026-10-01T00:00:00Z')
      const event = { type: 'added', at, ...stated, kind, due: '2026-12-01' } as const
      const fix = foldFix({ key: 'FIX-0003', events: [event] }, at, 'Asia/Tokyo')
      if (fix === undefined) throw new Error('Expected a fix, got none')
      const { title, text, mark } = draftTicket(fix, undefined, language)
      const { cause, owner } = stated
      const said = (value: string) => value.replace(/\s+/g, ' ').replaceAll('<!--', '<! --').trim()
      const read = ticketOf({ title, body: `${text}\n\n${markLine(mark)}\n`.replaceAll('\n', '\r\n') })
      expect(read).toMatchObject({ due: '2026-12-01', kind, mark })
      expect(read?.cause).toBe(cause && said(cause).slice(0, 200))
      expect(read?.owner).toBe(owner && said(owner).slice(0, 200))
      expect(read?.incident).toBe(stated.incident)
    }),
  )
})

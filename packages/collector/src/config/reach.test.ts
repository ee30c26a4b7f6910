import { describe, expect, test } from 'vitest'
import { reachProblems } from './reach.ts'

const RECEIVERS = [
  { name: 'pager', kind: 'pagerduty' },
  { name: 'chat', kind: 'slack' },
  { name: 'mail', kind: 'email' },
  { name: 'am', kind: 'alertmanager' },
  { name: 'hook', kind: 'webhook' },
]
const found = (document: object) =>
  reachProblems({ receivers: RECEIVERS, ...document }).map(({ code, path }) => `${code} ${path.join('.')}`)

describe('who is told', () => {
  test.each([
    [{ page: ['chat', 'mail'] }, ['CONFIG_PAGE_WAKES_NOBODY routes.page']],
    [{ page: ['chat', 'pager'] }, []],
    [{ page: ['hook'] }, []],
    [{ page: ['am'] }, []],
    // Of nobody, and of names that are wrong, something else is told.
    [{ page: [] }, []],
    [{ page: ['char'] }, []],
    [{ page: ['pager'], ticket: ['am'] }, ['CONFIG_TICKET_UNREAD routes.ticket']],
    [{ page: ['pager'], ticket: ['am', 'chat'] }, []],
    [{ page: ['pager'], ticket: ['pager'] }, []],
  ])('by the routes %j', (routes, problems) => {
    expect(found({ routes })).toEqual(problems)
  })

  test('of a page that nobody takes counts as well', () => {
    const routes = { page: ['chat'] }
    expect(found({ routes, fallback: 'pager' })).toEqual([])
    expect(found({ routes, escalation: [{ after: '5m', to: ['pager'] }] })).toEqual([])
    expect(found({ routes, escalation: [{ after: '5m', to: 'mail' }], fallback: 'mail' })).toHaveLength(1)
  })

  test('of a team’s own pages', () => {
    const teams = { shop: { routes: { page: [] } }, app: { routes: { page: ['mail'], ticket: ['am'] } }, web: {} }
    expect(found({ routes: { page: ['pager'] }, teams })).toEqual([
      'CONFIG_NO_PAGE teams.shop.routes.page',
      'CONFIG_PAGE_WAKES_NOBODY teams.app.routes.page',
      'CONFIG_TICKET_UNREAD teams.app.routes.ticket',
    ])
  })
})

test('what people press in Slack needs a bot', () => {
  const hooks = { slack: { signingSecretEnv: 'S' } }
  expect(found({ hooks })).toEqual(['CONFIG_HOOK_WITHOUT_BOT hooks.slack'])
  expect(reachProblems({ hooks, receivers: [{ name: 'bot', kind: 'slack-bot' }] })).toEqual([])
})

test('whatever stands there is a warning, never a refusal', () => {
  const document = { receivers: RECEIVERS, hooks: { slack: {} }, routes: { page: ['chat'], ticket: ['am'] } }
  const problems = reachProblems(document)
  expect(problems.map(({ severity }) => severity)).toEqual(['warning', 'warning', 'warning'])
  for (const odd of [null, 3, [], { routes: 4, teams: [1], receivers: 'x', escalation: { to: 1 } }])
    expect(reachProblems(odd)).toEqual([])
})

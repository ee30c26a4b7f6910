import { checkShape, type Problem } from '@tabiji/core/problem'
import { describe, expect, test } from 'vitest'
import { parseMailbox, parseMailServer } from './mail-notation.ts'
import { receiverSchema } from './receiver-schema.ts'
import { resolveReceivers } from './receivers.ts'
import { createRotation } from './rotation.ts'

const PASSWORD = 'mailpasswordmailpassword'

function resolve(receiver: object) {
  const problems: Problem[] = []
  const receivers = resolveReceivers(
    [receiver],
    {
      file: 'tabiji.yaml',
      env: { MAIL_PASSWORD: PASSWORD },
      readFile: () => ({ failure: 'ENOENT' }),
      rotation: createRotation(),
      isForbiddenAddress: (address) => address === '169.254.169.254',
    },
    problems,
  )
  return { receivers, problems: problems.map(({ code, path }) => `${code} ${path.join('.')}`) }
}

const MAIL = {
  name: 'mail',
  kind: 'email',
  server: 'smtp://mail.example.org',
  from: 'Tabiji <t@example.org>',
  to: ['Ops <sre@example.org>'],
}
const AM = { name: 'am', kind: 'alertmanager', urls: ['http://am:9093', 'http://am:9093/'] }

test('a mailbox, who signs in there, and addresses without names', () => {
  const { receivers, problems } = resolve({ ...MAIL, username: 'tabiji', passwordEnv: 'MAIL_PASSWORD' })
  expect(problems).toEqual([])
  expect(receivers).toMatchObject([
    { kind: 'email', from: 'Tabiji <t@example.org>', to: ['sre@example.org'], server: { port: 587, isTls: false } },
  ])
  const [receiver] = receivers
  expect(receiver?.kind === 'email' && receiver.server.login?.password()).toBe(PASSWORD)
  expect(JSON.stringify(receivers)).not.toContain(PASSWORD)
})

test('how many messages it is sent at most, where that can be said', () => {
  const limit = { notifications: 20, per: '1h' }
  expect(resolve({ ...MAIL, limit }).receivers).toMatchObject([{ limit: { notifications: 20, perMs: 3_600_000 } }])
  expect(resolve(MAIL).receivers[0]).not.toHaveProperty('limit')
  expect(resolve({ ...MAIL, limit: { notifications: 0, per: '1h' } }).receivers).toEqual([])
})

test('where no budget of messages can be, why not and where instead', () => {
  const limit = { notifications: 20, per: '1h' }
  const pager = { name: 'pager', kind: 'pagerduty', routingKeyEnv: 'MAIL_PASSWORD' }
  for (const [receiver, why] of [
    [AM, 'groups it by its own `group_interval`'],
    [pager, 'never held back for its number'],
  ] as const) {
    const shape = checkShape(receiverSchema, { ...receiver, limit }, 'CONFIG')
    const said = shape.ok ? [] : shape.problems.map(({ message }) => message)
    expect(said).toEqual([expect.stringContaining(why)])
    expect(said[0]).toContain('give a `limit` to the chats')
    expect(resolve({ ...receiver, limit }).receivers).toEqual([])
  }
})

test('members of a cluster, each once', () => {
  expect(resolve(AM)).toMatchObject({ receivers: [{ kind: 'alertmanager', urls: ['http://am:9093/'] }], problems: [] })
})

test('a bot of Slack, whose methods are at Slack unless they are said to be elsewhere', () => {
  const bot = { name: 'bot', kind: 'slack-bot', tokenEnv: 'MAIL_PASSWORD', channel: '#障害-alerts' }
  const { receivers, problems } = resolve(bot)
  expect(problems).toEqual([])
  expect(receivers).toMatchObject([{ kind: 'slack-bot', channel: '#障害-alerts', url: 'https://slack.com/api' }])
  const elsewhere = resolve({ ...bot, url: 'https://slack-gov.com/api/' })
  expect(elsewhere.receivers).toMatchObject([{ url: 'https://slack-gov.com/api' }])
  expect(resolve({ ...bot, url: 'http://169.254.169.254' }).problems).toEqual(['CONFIG_ADDRESS receivers.0.url'])
  expect(resolve({ ...bot, channel: '#a b' }).receivers).toEqual([])
})

test('the address of a workflow is a secret, and an address', () => {
  const { receivers, problems } = resolve({ name: 'flow', kind: 'slack-workflow', urlEnv: 'MAIL_PASSWORD' })
  expect([receivers, problems]).toEqual([[], ['CONFIG_SECRET receivers.0.urlEnv']])
})

test.each([
  ['a password without a name', { ...MAIL, passwordEnv: 'MAIL_PASSWORD' }, ['CONFIG_SECRET receivers.0']],
  ['a name without a password', { ...MAIL, username: 'tabiji' }, ['CONFIG_SECRET receivers.0']],
  [
    'a server that nothing may call',
    { ...MAIL, server: 'smtp://169.254.169.254' },
    ['CONFIG_ADDRESS receivers.0.server'],
  ],
  [
    'a member that nothing may call',
    { ...AM, urls: ['http://169.254.169.254'] },
    ['CONFIG_ADDRESS receivers.0.urls.0'],
  ],
])('%s is told', (_, receiver, problems) => {
  expect(resolve(receiver).problems).toEqual(problems)
})

describe('an address of mail', () => {
  test.each(['sre@example.org', 'Tabiji <t@example.org>', '旅路 <t@example.org>', 'a.b+c@x'])('%s', (text) => {
    expect(parseMailbox(text)).toBeDefined()
  })
  test.each([
    'sre',
    'a@b, c@d',
    'x\r\nBcc: y@z <a@b>',
    'a@b\r\n',
    '<a@b> c',
    'A "B" <a@b>',
    'a b@c',
    '@c',
    'A <b@c> <d@e>',
  ])('%j is none', (text) => {
    expect(parseMailbox(text.replace(/\r\n$/, '\r\nX: y'))).toBeUndefined()
  })
})

describe('a server of mail', () => {
  test.each([
    ['smtps://mail.example.org', { host: 'mail.example.org', port: 465, isTls: true }],
    ['smtp://127.0.0.1:25', { host: '127.0.0.1', port: 25, isTls: false }],
    ['smtp://[::1]:2525', { host: '::1', port: 2525, isTls: false }],
  ])('%s', (text, place) => {
    expect(parseMailServer(text)).toEqual(place)
  })
  test.each([
    'mail.example.org',
    'http://mail',
    'smtp://user:pass@mail',
    'smtp://mail/box',
    'smtp://',
    'smtp://mail?x',
  ])('%s is none', (text) => {
    expect(parseMailServer(text)).toBeUndefined()
  })
})

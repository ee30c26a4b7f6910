import { join } from 'node:path'
import { expect, test } from 'vitest'
import { isForbiddenAddress } from '../wire/address.ts'
import { readConfig } from './read.ts'
import { CONFIG, ENV, folderWith, SECRETS } from './testing/folder.ts'

const HOOKS = `hooks:
  github:
    secretEnv: HOOK_SECRET
    repositories:
      Acme/Shop: { service: shop, environments: [production] }
`
const OPEN = CONFIG.replace('listen:\n', 'listen:\n  hooks: { host: 0.0.0.0, port: 7072 }\n')

function read(text: string) {
  const file = join(folderWith({ 'tabiji.yaml': text, ...SECRETS }), 'tabiji.yaml')
  return readConfig(file, { ...ENV, HOOK_SECRET: 'hook-secret-0123456789' }, isForbiddenAddress)
}
const told = (text: string) => {
  const found = read(text)
  return (found.ok ? found.warnings : found.problems).map(
    ({ code, message, hint }) => `${code}: ${message} | ${hint ?? ''}`,
  )
}

test('hooks are off until a door and a kind of them are stated', () => {
  const off = read(CONFIG)
  expect(off.ok && [off.config.listen.hooks, off.config.hooks]).toEqual([undefined, {}])
  const on = read(OPEN + HOOKS)
  if (!on.ok) throw new Error(JSON.stringify(on.problems))
  expect(on.config.listen.hooks).toEqual({ host: '0.0.0.0', port: 7072 })
  expect(on.config.hooks.github?.secret()).toBe('hook-secret-0123456789')
  expect([...(on.config.hooks.github?.repositories ?? [])]).toEqual([
    ['acme/shop', { service: 'shop', journeys: [], environments: ['production'] }],
  ])
})

test.each([
  ['a kind of hook without a door', CONFIG + HOOKS, 'CONFIG_HOOKS_CLOSED: Expected `hooks` to be `listen.hooks`'],
  ['no secret', OPEN + HOOKS.replace('    secretEnv: HOOK_SECRET\n', ''), 'CONFIG_SECRET: '],
  ['a repository without an owner', OPEN + HOOKS.replace('Acme/Shop', 'shop'), 'a repository such as `acme/shop`'],
  [
    'the port of another door',
    OPEN.replace('7072', '8080') + HOOKS,
    'the API and the door of hooks to have different ports, got 8080',
  ],
])('%s is told', (_, text, what) => {
  expect(told(text).join('\n')).toContain(what)
})

test('alerts of an Alertmanager have the severities that people use, and those that are stated', () => {
  const stated =
    '  alertmanager: { tokenEnv: HOOK_SECRET, severities: { sev1: 1, warning: 3 }, catchAll: view-result }\n'
  const found = read(OPEN + HOOKS + stated)
  if (!found.ok) throw new Error(JSON.stringify(found.problems))
  expect(found.config.hooks.alertmanager).toMatchObject({
    severities: { critical: 1, sev1: 1, warning: 3, info: 3 },
    catchAll: 'view-result',
    repeatMs: 4 * 3_600_000,
  })
  expect(told(OPEN + HOOKS + stated.replace('sev1: 1', 'sev1: 4')).join()).toContain('1 or 2 or 3')
})

test('runbooks are read from folders beside the configuration', () => {
  const found = read(`${CONFIG}runbooks: [{ address: 'https://wiki.example.org/runbooks', folder: wiki }]\n`)
  expect(found.ok && found.config.runbooks).toEqual([
    {
      address: 'https://wiki.example.org/runbooks/',
      reviewWithinDays: 180,
      folder: expect.stringMatching(/^\/.*wiki$/),
    },
  ])
  expect(told(`${CONFIG}runbooks: [{ address: wiki, folder: wiki }]\n`).join()).toContain(
    'an address that begins with http',
  )
})

test('a secret in the file is refused and never shown', () => {
  const found = read(OPEN + HOOKS.replace('secretEnv: HOOK_SECRET', 'secret: LEAKED-0123456789'))
  expect(JSON.stringify(found)).not.toContain('LEAKED')
  expect(found.ok).toBe(false)
})

test('PagerDuty has one key or several while they are exchanged', () => {
  const stated = '  pagerduty: { secretEnv: KEYS }\n'
  const file = join(folderWith({ 'tabiji.yaml': OPEN + HOOKS + stated, ...SECRETS }), 'tabiji.yaml')
  const keys = 'pagerdutykeypagerduty pagerdutynewpagerduty'
  const withKeys = (KEYS: string) =>
    readConfig(file, { ...ENV, HOOK_SECRET: 'hook-secret-0123456789', KEYS }, isForbiddenAddress)
  const found = withKeys(keys)
  expect(found.ok && found.config.hooks.pagerduty?.secret()).toBe(keys)
  expect(withKeys(`${keys} short`).ok).toBe(false)
})

test('Slack signs what people press', () => {
  const stated = '  slack: { signingSecretEnv: SIGNING }\n'
  const file = join(folderWith({ 'tabiji.yaml': OPEN + HOOKS + stated, ...SECRETS }), 'tabiji.yaml')
  const env = { ...ENV, HOOK_SECRET: 'hook-secret-0123456789', SIGNING: '8f742231b10e8888abcd99yyyzzz85a5' }
  const found = readConfig(file, env, isForbiddenAddress)
  expect(found.ok && found.config.hooks.slack?.signingSecret()).toBe(env.SIGNING)
  const inFile = read(OPEN + HOOKS + stated.replace('signingSecretEnv: SIGNING', 'signingSecret: LEAKED-0123456789'))
  expect(JSON.stringify(inFile)).toContain('CONFIG_SECRET_IN_FILE')
  expect(JSON.stringify(inFile)).not.toContain('LEAKED')
})

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { maskDeep, maskSecrets } from './masking.ts'

const SECRET = 'hunter2-c0rrect-h0rse'
const AWS = ['AKIA', 'IOSFODNN7', 'ABCDEFG'].join('')

describe('a secret that somebody typed is gone', () => {
  test.each([
    `export DB_PASSWORD=${SECRET}`,
    `DB_PASSWORD="${SECRET} with a space" ./run`,
    `PGPASSWORD='${SECRET}' psql -h db`,
    `mysql -u root -p${SECRET} shop`,
    `mysqldump --password=${SECRET} shop`,
    `redis-cli -h cache -a ${SECRET} ping`,
    `sshpass -p ${SECRET} ssh web1`,
    `docker login -u ci -p ${SECRET} registry`,
    `curl -u admin:${SECRET} https://host/`,
    `curl -su admin:${SECRET} https://host/`,
    `curl --user "admin:${SECRET}" https://host/`,
    `curl -H "Authorization: Bearer ${SECRET}" https://host/`,
    `curl -H 'Authorization: Digest user="a", response=${SECRET}' https://host/`,
    `curl -H 'X-Api-Key: ${SECRET}' https://host/`,
    `curl -H "Cookie: sid=1; token=${SECRET}" https://host/`,
    `psql postgres://app:${SECRET}@db/shop`,
    `git clone https://${'oauth2'}:${SECRET}@git/repo`,
    `vault write x --token ${SECRET}`,
    `tool --db-password ${SECRET} --verbose`,
    `tool -token=${SECRET}`,
    `--token ${SECRET}`,
    `{"apiKey": "${SECRET}", "x": 1}`,
    `client_secret: ${SECRET}`,
    `https://host/?access_token=${SECRET}&x=1`,
    `-----BEGIN RSA PRIVATE KEY-----\n${SECRET}\n-----END RSA PRIVATE KEY-----`,
    `-----BEGIN PRIVATE KEY-----\n${SECRET}`,
    `the password: ${SECRET}`,
  ])('%s', async (text) => {
    const masked = await maskSecrets(text)
    expect(masked).not.toContain(SECRET)
    expect(masked).toContain('•••')
    expect(await maskSecrets(masked)).toBe(masked)
  })

  test.each([
    ['of GitHub', `pushed with ${'ghp_'}${'aB3dE6gH9jK2mN5pQ8sT1vW4yZ7bC0eF3hI6'} again`],
    ['of Slack', `bot ${'xoxb-'}${'123456789012-1234567890123-abcdefghijklmnopqrstuvwx'}`],
    ['of AWS', `key ${AWS} it is`],
    ['of a session', `${'eyJhbGciOiJIUzI1NiJ9'}.eyJzdWIiOiIxMjM0In0.abcdefghijklmnop`],
    ['in a variable with another name', 'export SHOP_THING=9f8e7d6c5b4a39281706f5e4d3c2b1a0'],
    ['that only secretlint knows', `SG.${'a'.repeat(22)}.${'b'.repeat(43)}`],
  ])('a token %s', async (_, text) => {
    expect(await maskSecrets(text)).toContain('•••')
  })
})

test.each([
  'kubectl rollout undo deploy/payments -n shop',
  'rolled back payments to 8c1f2e at 13:52',
  'ssh -p 2222 web1 uptime',
  'FEATURE_X=on LOG_LEVEL=debug ./start --port 8080 --user-agent x',
  'curl -sS https://host:8080/health?window=5m',
  '決済をロールバックしました',
])('what is no secret stays: %s', async (text) => {
  expect(await maskSecrets(text)).toBe(text)
})

test('every text of a document is masked, and nothing else changes', async () => {
  const document = { a: [`password=${SECRET}`, 1, null], b: { c: 'fine', d: true } }
  expect(await maskDeep(document)).toEqual({ a: ['password=•••', 1, null], b: { c: 'fine', d: true } })
})

test('whatever the text is, it is read, and masked twice it is as masked once', async () => {
  const piece = fc.constantFrom(
    'password=',
    '--token ',
    'https://',
    'a:',
    '@',
    '"',
    "'",
    ' ',
    '\n',
    '-----BEGIN PRIVATE KEY-----',
    'x',
    '•••',
  )
  await fc.assert(
    fc.asyncProperty(fc.array(fc.oneof(piece, fc.string({ maxLength: 8 })), { maxLength: 30 }), async (pieces) => {
      const once = await maskSecrets(pieces.join(''))
      expect(typeof once).toBe('string')
    }),
    { numRuns: 100 },
  )
})

test('a hostile text takes no longer than its length', async () => {
  for (const text of [
    'password'.repeat(3_000),
    'a_'.repeat(10_000),
    '-----BEGIN PRIVATE KEY-----'.repeat(700),
    'https://a:'.repeat(2_000),
    'mysql '.repeat(3_000),
  ]) {
    await maskSecrets(text)
  }
})

test('nothing is kept of what was masked', async () => {
  await Promise.all(Array.from({ length: 20 }, (_, i) => maskSecrets(`token=${SECRET} ${i}`)))
  expect(performance.getEntriesByType('mark').filter(({ name }) => /secretlint|rule/i.test(name))).toEqual([])
})

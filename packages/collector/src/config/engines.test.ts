import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { readText } from '@tabiji/core/problem/document'
import { expect, test } from 'vitest'
import { isForbiddenAddress } from '../wire/address.ts'
import { readConfig } from './read.ts'
import { resolveConfig } from './resolve.ts'
import { createRotation } from './rotation.ts'
import { folderWith } from './testing/folder.ts'

const HEAD = 'journeys: journeys.yaml\nstore: tabiji.db\n'
const ENV = { MIMIR_TOKEN: 'mimir-token-0123456789', MIMIR_PASSWORD: 'sesame' }

function read(engines: string) {
  const file = join(folderWith({ 'tabiji.yaml': `${HEAD}engines:\n${engines}` }), 'tabiji.yaml')
  return readConfig(file, ENV, isForbiddenAddress)
}

function problemsOf(engines: string): readonly string[] {
  const found = read(engines)
  return found.ok ? [] : found.problems.map(({ message }) => message)
}

test('an engine needs a name, an address and services; the rest has defaults', () => {
  const found = read("  - { name: prometheus, url: 'http://prometheus:9090', services: [shop, scan, shop] }\n")
  expect(found.ok && found.config.engines).toEqual([
    {
      name: 'prometheus',
      url: 'http://prometheus:9090/',
      services: ['shop', 'scan'],
      serviceLabel: 'job',
      match: {},
      intervalMs: 30_000,
      delayMs: 30_000,
      timeoutMs: 10_000,
    },
  ])
})

test('a tenant, labels, and either kind of credentials', () => {
  const found = read(
    `  - { name: mimir, url: 'https://mimir/prometheus', services: [shop], serviceLabel: app, match: { namespace: prod },
      interval: 5s, delay: 1ms, timeout: 2s, tenant: team-a, tokenEnv: MIMIR_TOKEN }
  - { name: thanos, url: 'https://thanos', services: [shop], username: tabiji, passwordEnv: MIMIR_PASSWORD }
`,
  )
  const [mimir, thanos] = found.ok ? found.config.engines : []
  expect(mimir).toMatchObject({
    serviceLabel: 'app',
    match: { namespace: 'prod' },
    intervalMs: 5_000,
    delayMs: 1,
    timeoutMs: 2_000,
    tenant: 'team-a',
  })
  expect(mimir?.token?.()).toBe(ENV.MIMIR_TOKEN)
  expect(thanos?.basic?.()).toBe(Buffer.from('tabiji:sesame').toString('base64'))
  expect(JSON.stringify(found)).not.toMatch(/sesame|mimir-token/)
})

test('everything that is wrong is told at once, without the secret', () => {
  const problems = problemsOf(
    `  - { name: a, url: 'http://169.254.169.254', services: [shop], tokenEnv: MIMIR_TOKEN, username: tabiji }
  - { name: a, url: 'ftp://x', services: [], serviceLabel: 'my-app' }
  - { name: a, url: 'http://x', services: [shop], passwordEnv: MIMIR_PASSWORD }
  - { name: b, url: 'http://x', services: [shop], username: tabiji }
  - { name: c, url: 'http://x', services: [shop], username: tabiji, password: sesame }
  - { name: d, url: 'http://x', services: [shop], tenant: 'a b', delay: 2h }
  - { name: e, url: 'http://x', services: [shop], tls: { caFile: nowhere.pem } }
`,
  )
  expect(problems.join('\n')).not.toContain('sesame')
  for (const part of [
    'got both',
    'link-local and metadata addresses',
    '`engines[1].url`',
    'at least one service',
    'the name of a label',
    'a name that no other engine has',
    'Expected a `username` beside the password',
    'one of `passwordFile` and `passwordEnv`',
    '`engines[4].password` to stay out of this file',
    'the id of a tenant',
    'an https address, because `tls` is stated',
    '`engines[6].tls.caFile` to name a file that can be read (ENOENT)',
    'a duration up to `1h`',
  ]) {
    expect(problems.join('\n')).toContain(part)
  }
})

test('the configuration of the guide is taken', () => {
  const guide = readFileSync(new URL('../../../../docs/guides/engines.md', import.meta.url), 'utf8')
  const [, yaml = ''] = /^```yaml\n(.*?)^```$/ms.exec(guide) ?? []
  const document = readText(yaml, 'tabiji.yaml')
  const around = {
    file: '/etc/tabiji/tabiji.yaml',
    env: {},
    rotation: createRotation(),
    isForbiddenAddress,
    readFile: () => ({ text: ENV.MIMIR_TOKEN }),
  }
  const resolved = resolveConfig(document.ok ? document.value : undefined, around)
  expect(resolved.ok && resolved.config.engines.map(({ name }) => name)).toEqual(['prometheus', 'mimir'])
})

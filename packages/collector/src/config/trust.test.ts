import { join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { isForbiddenAddress } from '../wire/address.ts'
import { createAuthority, issue, type Pair } from '../wire/testing/certificates.ts'
import { readConfig } from './read.ts'
import { folderWith } from './testing/folder.ts'

let authority: Pair
let client: Pair
let stranger: Pair
beforeAll(async () => {
  authority = await createAuthority()
  client = await issue(authority, ['collector'])
  stranger = await issue(authority, ['stranger'])
})

function read(tls: string, url = 'https://scan.internal/metrics') {
  const text = `journeys: journeys.yaml
store: tabiji.db
targets: [{ service: scan, url: '${url}', tls: ${tls} }]
`
  const files = { 'tabiji.yaml': text, ca: authority.cert, cert: client.cert, key: client.key, other: stranger.key }
  const folder = folderWith({ ...files, words: 'hello\n' })
  return readConfig(join(folder, 'tabiji.yaml'), {}, isForbiddenAddress)
}

function errorsOf(found: ReturnType<typeof read>) {
  return found.ok ? [] : found.problems.filter(({ severity }) => severity === 'error')
}

test('certificates and a key are read; the key is a function, so that nothing prints it', () => {
  const found = read('{ caFile: ca, certFile: cert, keyFile: key, serverName: scan.internal }')
  expect(found).toMatchObject({ ok: true })
  const trust = found.ok ? found.config.targets[0]?.trust?.() : undefined
  expect(trust).toMatchObject({ ca: authority.cert, identity: { cert: client.cert }, serverName: 'scan.internal' })
  expect(trust?.identity?.key()).toBe(client.key)
  expect(JSON.stringify(trust)).not.toContain('PRIVATE KEY')
})

test.each([
  ['{ caFile: words }', 'Expected `targets[0].tls.caFile` to name certificates in PEM'],
  ['{ caFile: key }', 'Expected `targets[0].tls.caFile` to name certificates in PEM'],
  ['{ caFile: nowhere }', 'Expected `targets[0].tls.caFile` to name a file that can be read (ENOENT)'],
  ['{ certFile: cert }', 'Expected `targets[0].tls` to have `certFile` and `keyFile` together'],
  ['{ certFile: cert, keyFile: other }', 'Expected `targets[0].tls.keyFile` to name the key of the certificate'],
  ['{ certFile: words, keyFile: key }', 'Expected `targets[0].tls.certFile` to name a certificate in PEM'],
  ['{ certFile: cert, keyFile: cert }', 'Expected `targets[0].tls.keyFile` to name a private key in PEM'],
])('%s is refused where it stands: %s', (tls, message) => {
  const found = read(tls)
  const problems = errorsOf(found)
  expect(problems).toHaveLength(1)
  expect(problems[0]?.message).toContain(message)
  expect(problems[0]?.at).toMatchObject({ line: 3 })
  expect(JSON.stringify(problems)).not.toContain('PRIVATE KEY')
})

test('without https there is nothing to trust', () => {
  const found = read('{ caFile: ca }', 'http://scan.internal/metrics')
  expect(errorsOf(found)).toMatchObject([{ code: 'CONFIG_TLS', message: expect.stringContaining('an https address') }])
})

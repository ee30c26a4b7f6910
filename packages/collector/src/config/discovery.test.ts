import { join } from 'node:path'
import { expect, test } from 'vitest'
import { isForbiddenAddress } from '../wire/address.ts'
import { readConfig } from './read.ts'
import { folderWith } from './testing/folder.ts'

function read(discovery: string) {
  const text = `journeys: journeys.yaml\nstore: tabiji.db\nscrape: { interval: 5s }\ndiscovery: [${discovery}]\n`
  const folder = folderWith({ 'tabiji.yaml': text, token: 'token-0123456789abc\n', password: 'hunter2-hunter2\n' })
  return { folder, ...readConfig(join(folder, 'tabiji.yaml'), {}, isForbiddenAddress) }
}

const errors = (found: ReturnType<typeof read>) =>
  found.ok ? [] : found.problems.flatMap(({ severity, message }) => (severity === 'error' ? [message] : []))

test('files are relative to the configuration; what is not stated is as for other targets', () => {
  const found = read("{ name: pods, files: ['targets/*.json'], service: shop }")
  expect(found).toMatchObject({ ok: true })
  expect(found.ok && found.config.discovery).toEqual([
    {
      name: 'pods',
      from: { files: [join(found.folder, 'targets/*.json')] },
      refreshMs: 15_000,
      label: 'service',
      service: 'shop',
      targets: { intervalMs: 5_000, timeoutMs: 5_000 },
    },
  ])
})

test('who lists targets and the targets themselves are shown credentials of their own', () => {
  const found = read(
    '{ name: cloud, http: { url: "https://sd.internal/x", tokenFile: token }, username: reader, passwordFile: password, label: job }',
  )
  const [place] = found.ok ? found.config.discovery : []
  expect(place).toMatchObject({ refreshMs: 60_000, label: 'job', from: { url: 'https://sd.internal/x' } })
  expect(place !== undefined && 'url' in place.from && place.from.token?.()).toBe('token-0123456789abc')
  expect(Buffer.from(place?.targets.basic?.() ?? '', 'base64').toString()).toBe('reader:hunter2-hunter2')
  expect(JSON.stringify(found)).not.toContain('hunter2')
})

test.each([
  ['{ name: a }', 'Expected either `files` or `http`'],
  ['{ name: a, files: [x], http: { url: "http://x" } }', 'Expected either `files` or `http`'],
  ['{ name: a, files: [] }', 'a list with at least one file'],
  ['{ name: a, files: [x] }, { name: a, files: [y] }', 'a name that no other place has'],
  ['{ name: a, http: { url: "http://169.254.169.254/x" } }', 'link-local and metadata addresses'],
  ['{ name: a, http: { url: "http://x", tls: { serverName: y } } }', 'an https address'],
  ['{ name: a, files: [x], interval: 1s, timeout: 2s }', 'a timeout of at most the interval'],
  ['{ name: a, files: [x], tokenFile: token, username: b, passwordFile: password }', 'a token, or a username'],
])('%s is refused: %s', (discovery, message) => {
  const told = errors(read(discovery))
  expect(told).toHaveLength(1)
  expect(told[0]).toContain(message)
})

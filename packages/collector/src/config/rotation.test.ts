import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { isForbiddenAddress } from '../wire/address.ts'
import { createAuthority, issue } from '../wire/testing/certificates.ts'
import { readConfig } from './read.ts'
import { CONFIG, ENV, folderWith, SECRETS } from './testing/folder.ts'

function read(text: string, files: Readonly<Record<string, string>>) {
  const folder = folderWith({ 'tabiji.yaml': text, ...files })
  const found = readConfig(join(folder, 'tabiji.yaml'), ENV, isForbiddenAddress)
  if (!found.ok) throw new Error('Expected a sound configuration')
  return { ...found, write: (name: string, content: string) => writeFileSync(join(folder, name), content) }
}

test('a secret is what its file holds since the last look; a broken one leaves it as it was and is told once', () => {
  const { config, rotate, write } = read(CONFIG, SECRETS)
  const token = () => config.targets[0]?.token?.()
  expect(rotate()).toEqual({ taken: [], refused: [], broken: [] })

  write('secrets/scrape', 'second-token-0123456789\n')
  expect(token()).toBe('scrape-token-0123456789')
  // The target and the ingest token name the same file.
  expect(rotate().taken).toEqual(['targets[0].tokenFile', 'listen.ingest.tokens[0].tokenFile'])
  expect(token()).toBe('second-token-0123456789')
  expect(config.listen.ingest.tokens[0]?.token()).toBe('second-token-0123456789')

  write('secrets/scrape', 'LEAKED\n')
  const first = rotate()
  expect(first.refused).toHaveLength(2)
  expect(first.refused[0]).toMatchObject({ at: { line: 7 }, message: expect.stringContaining('at least 16 letters') })
  expect(JSON.stringify(first)).not.toContain('LEAKED')
  expect(token()).toBe('second-token-0123456789')
  expect(rotate()).toEqual({ taken: [], refused: [], broken: first.broken })

  write('secrets/scrape', 'third-token-0123456789\n')
  expect(rotate()).toMatchObject({ taken: { length: 2 }, refused: [], broken: [] })
  expect(token()).toBe('third-token-0123456789')
})

test('a certificate and its key are taken together: between the two writes the old pair stays', async () => {
  const authority = await createAuthority()
  const [old, next] = [await issue(authority, ['collector']), await issue(authority, ['collector'])]
  const text = `journeys: journeys.yaml
store: tabiji.db
targets: [{ service: scan, url: 'https://scan.internal/metrics', tls: { certFile: cert, keyFile: key } }]
`
  const { config, rotate, write } = read(text, { cert: old.cert, key: old.key })
  const trust = config.targets[0]?.trust
  const before = trust?.()
  write('cert', next.cert)
  expect(rotate()).toMatchObject({ taken: [], refused: [{ code: 'CONFIG_TLS' }] })
  expect(trust?.()).toBe(before)
  write('key', next.key)
  expect(rotate()).toMatchObject({ taken: ['targets[0].tls'], refused: [], broken: [] })
  expect(trust?.().identity?.cert).toBe(next.cert)
  expect(trust?.().identity?.key()).toBe(next.key)
  // Untouched files leave the connection that goes by them.
  const after = trust?.()
  rotate()
  expect(trust?.()).toBe(after)
})

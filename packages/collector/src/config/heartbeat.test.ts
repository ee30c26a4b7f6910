import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Problem } from '@tabiji/core/problem'
import { expect, test } from 'vitest'
import { resolveHeartbeat } from './heartbeat.ts'
import { readConfig } from './read.ts'
import { createRotation } from './rotation.ts'
import { folderWith } from './testing/folder.ts'

const URL = 'https://hc.example/ping/planted-secret'

function resolve(heartbeat: unknown, env: Record<string, string> = { PING: URL }) {
  const problems: Problem[] = []
  const around = {
    file: 'tabiji.yaml',
    env,
    readFile: () => ({ failure: 'ENOENT' }),
    rotation: createRotation(),
    isForbiddenAddress: (host: string) => host.startsWith('169.254.'),
  }
  const document = heartbeat === undefined ? {} : { heartbeat }
  const found = resolveHeartbeat(document, around, problems)
  return { found, codes: problems.map(({ code }) => code), text: JSON.stringify(problems) }
}

test('beats every minute, or as often as it says, at an address that is a secret', () => {
  const { found, codes } = resolve({ urlEnv: 'PING' })
  expect(codes).toEqual([])
  expect([found?.url(), found?.intervalMs]).toEqual([URL, 60_000])
  expect(JSON.stringify(found)).not.toContain('planted')
  expect(resolve({ urlEnv: 'PING', interval: '15s' }).found?.intervalMs).toBe(15_000)
  expect(resolve(undefined)).toMatchObject({ found: undefined, codes: [] })
})

test.each([
  ['no address', {}, { PING: URL }],
  ['a file that is not there', { urlFile: 'ping' }, {}],
  ['what is no address', { urlEnv: 'PING' }, { PING: 'planted-secret' }],
  ['an address that is nobody’s', { urlEnv: 'PING' }, { PING: 'http://169.254.169.254/planted-secret' }],
])('%s is refused without being told', (_, stated, env) => {
  const { found, codes, text } = resolve(stated, env)
  expect(found).toBeUndefined()
  expect(codes).toEqual(['CONFIG_SECRET'])
  expect(text).not.toContain('planted')
})

test('the guide’s example is taken', () => {
  const guide = readFileSync(join(import.meta.dirname, '../../../../docs/guides/delivery.md'), 'utf8')
  const [example = ''] = /^heartbeat: .*$/m.exec(guide) ?? []
  const [folder, file] = [folderWith({ 'secrets/heartbeat': `${URL}\n` }), 'tabiji.yaml']
  writeFileSync(join(folder, file), `journeys: journeys.yaml\nstore: tabiji.db\n${example}\n`)
  const read = readConfig(join(folder, file), {}, () => false)
  expect(read.ok && read.config.heartbeat?.url()).toBe(URL)
})

import type { Problem } from '@tabiji/core/problem'
import { expect, test } from 'vitest'
import { createRotation } from './rotation.ts'
import { resolveRuler } from './ruler.ts'

const AROUND = {
  file: 'tabiji.yaml',
  env: { RULER_TOKEN: 'ruler-token-0123456789' },
  readFile: () => ({ failure: 'ENOENT' }),
  rotation: createRotation(),
  isForbiddenAddress: (host: string) => host.startsWith('169.254.'),
}

function resolve(document: object) {
  const problems: Problem[] = []
  const ruler = resolveRuler(document, AROUND, problems)
  return { ruler, codes: problems.map(({ code }) => code), text: JSON.stringify(problems) }
}

test('an engine is asked every half minute, with its tenant and token', () => {
  const { ruler, codes } = resolve({
    engine: 'prometheus',
    ruler: { url: 'https://mimir.example/prometheus', tenant: 'shop', tokenEnv: 'RULER_TOKEN' },
  })
  expect(codes).toEqual([])
  expect(ruler).toMatchObject({
    url: 'https://mimir.example/prometheus',
    intervalMs: 30_000,
    timeoutMs: 10_000,
    tenant: 'shop',
  })
  expect(ruler?.token?.()).toBe(AROUND.env.RULER_TOKEN)
  expect(resolve({ engine: 'prometheus', ruler: { url: 'http://p:9090', interval: '5s' } }).ruler).toMatchObject({
    intervalMs: 5_000,
    timeoutMs: 5_000,
  })
})

test('without the words nothing is read', () => {
  expect(resolve({})).toMatchObject({ ruler: undefined, codes: [] })
})

test.each([
  ['an engine without an address', { engine: 'prometheus' }, 'CONFIG_NO_RULER'],
  ['an address without an engine', { ruler: { url: 'http://p:9090' } }, 'CONFIG_NO_ENGINE'],
  [
    'an address that is nobody’s',
    { engine: 'prometheus', ruler: { url: 'http://169.254.169.254/' } },
    'CONFIG_ADDRESS',
  ],
  [
    'a token that is not there',
    { engine: 'prometheus', ruler: { url: 'http://p:9090', tokenEnv: 'NONE' } },
    'CONFIG_SECRET',
  ],
])('%s is refused', (_, document, code) => {
  expect(resolve(document).codes).toEqual([code])
})

import { readText } from '@tabiji/core/problem/document'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isForbiddenAddress } from '../wire/address.ts'
import { resolveConfig } from './resolve.ts'
import { createRotation } from './rotation.ts'
import { CONFIG, ENV, SECRETS } from './testing/folder.ts'

const RUNS = process.env['TABIJI_FULL'] === '1' ? 100_000 : 1_000

const around = {
  file: '/etc/tabiji/tabiji.yaml',
  env: ENV,
  rotation: createRotation(),
  isForbiddenAddress,
  readFile: (file: string) =>
    file in SECRETS ? { text: SECRETS[file as keyof typeof SECRETS] } : { failure: 'ENOENT' },
}

function soundDocument(): Record<string, unknown> {
  const read = readText(CONFIG, 'tabiji.yaml')
  if (!read.ok) throw new Error('the sound configuration is broken')
  return read.value as Record<string, unknown>
}

/** A value anywhere in the document is replaced: by the keys of the path, as far as they lead. */
function replaced(document: unknown, path: readonly number[], value: unknown): unknown {
  const [first, ...rest] = path
  if (first === undefined || typeof document !== 'object' || document === null) return value
  const keys = Object.keys(document)
  const key = keys[first % Math.max(1, keys.length)]
  if (key === undefined) return value
  const inside = replaced((document as Record<string, unknown>)[key], rest, value)
  return Array.isArray(document)
    ? document.map((item, i) => (String(i) === key ? inside : item))
    : { ...document, [key]: inside }
}

test('whatever stands in a configuration, it is taken or its problems are told', () => {
  expect(resolveConfig(soundDocument(), around).ok).toBe(true)
  const odd = fc.oneof(
    fc.jsonValue(),
    fc.constantFrom('http://', 'http://[', '1s', '0s', '15s', [[]], [{}], -1, Number.POSITIVE_INFINITY, null),
  )
  const path = fc.array(fc.nat(20), { maxLength: 5 })
  fc.assert(
    fc.property(path, odd, (where, value) => {
      const resolved = resolveConfig(replaced(soundDocument(), where, value), around)
      if (!resolved.ok) expect(resolved.problems.length).toBeGreaterThan(0)
    }),
    { numRuns: RUNS },
  )
}, 600_000)

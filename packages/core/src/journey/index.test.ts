import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

/** The modules that a source file loads when it runs, with those that they load: types do not count. */
function loadedBy(file: URL, seen: Set<string> = new Set()): ReadonlySet<string> {
  if (seen.has(file.href)) return seen
  seen.add(file.href)
  const source = readFileSync(file, 'utf8')
  for (const [, names = '', specifier = ''] of source.matchAll(/^(?:import|export) ([^;'"]*?) from '([^']+)'/gm)) {
    if (names.startsWith('type ')) continue
    if (specifier.startsWith('.')) loadedBy(new URL(specifier, file), seen)
    else seen.add(specifier)
  }
  return seen
}

test('a service that imports the journeys loads neither the YAML parser nor a schema library', () => {
  const packages = (door: string) =>
    [...loadedBy(new URL(door, import.meta.url))].filter((name) => !name.startsWith('file:')).sort()
  expect(packages('./index.ts')).toEqual([
    '@noble/hashes/sha2.js',
    '@noble/hashes/utils.js',
    'fastest-levenshtein',
    'temporal-polyfill',
  ])
  expect(packages('./document.ts')).toContain('yaml')
})

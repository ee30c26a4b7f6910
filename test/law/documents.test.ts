import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { projectFiles, ROOT, read } from './testing/repository.ts'

const files = projectFiles()
const documents = files.filter((file) => /^(docs\/.*|(packages\/[^/]+\/)?[A-Z]+)\.md$/.test(file))

test('every link between documents and code leads somewhere', () => {
  const broken = documents.flatMap((document) =>
    linksOf(read(document))
      .filter((link) => !existsSync(join(ROOT, dirname(document), link)))
      .map((link) => `${document}: ${link}`),
  )
  expect(documents).toEqual(expect.arrayContaining(['docs/ARCHITECTURE.md', 'packages/sdk/README.md']))
  expect(broken).toEqual([])
})

test('every folder of the house is on the map', () => {
  const map = new Set(foldersOnMap(read('docs/ARCHITECTURE.md')))
  const folders = new Set(files.flatMap((file) => foldersAbove(file)))
  const isOurs = (folder: string) => !/(^|\/)(\.[^/]+|testing)(\/|$)/.test(folder)
  expect(map).toContain('packages/core/src/ledger')
  expect([...folders].filter((folder) => isOurs(folder) && !map.has(folder))).toEqual([])
})

test('every decision is in the list of decisions', () => {
  const decisions = files.filter((file) => /^docs\/adr\/\d{4}-/.test(file)).map((file) => file.replace('docs/adr/', ''))
  expect(linksOf(read('docs/adr/README.md'))).toEqual(decisions.sort())
})

test('a decision is one page', () => {
  const words = (text: string) => text.split(/\s+/).length
  const long = documents.filter((file) => file.startsWith('docs/adr/0') && words(read(file)) > 600)
  expect(long).toEqual([])
})

/** Relative links, without the part of the page that they point at. */
function linksOf(text: string): readonly string[] {
  return [...text.matchAll(/\]\(([^)\s]+)\)/g)].flatMap(([, target]) => {
    const path = target?.replace(/#.*$/, '') ?? ''
    return path === '' || path.includes('://') ? [] : [path]
  })
}

/** Reads the drawn tree: each level is three characters wide, and a folder ends with a slash. */
function foldersOnMap(text: string): readonly string[] {
  const drawing = /```\n(packages\/[\s\S]*?)```/.exec(text)?.[1] ?? ''
  const path: string[] = []
  return drawing.split('\n').flatMap((line) => {
    const [, branches, name] = /^((?:│ {2}| {3}|├─ |└─ )*)([\w-]+)\//.exec(line) ?? []
    if (branches === undefined || name === undefined) return []
    path.splice(branches.length / 3, path.length, name)
    return [path.join('/')]
  })
}

function foldersAbove(file: string): readonly string[] {
  const parts = file.split('/').slice(0, -1)
  return parts.map((_, i) => parts.slice(0, i + 1).join('/'))
}

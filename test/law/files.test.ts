import { expect, test } from 'vitest'
import { projectFiles, read } from './testing/repository.ts'

const LONGEST = 300
const SOURCE = /\.(ts|mts|cts|js|mjs|cjs|tsx)$|^\.ci\/run$/

const files = projectFiles()

test('the walk sees the project', () => {
  expect(files).toEqual(expect.arrayContaining(['package.json', '.ci/run', 'packages/core/src/problem/problem.ts']))
})

test(`no source file is longer than ${LONGEST} lines`, () => {
  const lines = (file: string) => read(file).trimEnd().split('\n').length
  const long = files.filter((file) => SOURCE.test(file)).map((file) => [file, lines(file)] as const)
  expect(long.filter(([, count]) => count > LONGEST)).toEqual([])
})

test('no file is named for what it is not about', () => {
  expect(files.filter((file) => /(^|[/.-])(utils?|helpers?|managers?|common|misc)([/.-]|$)/i.test(file))).toEqual([])
})

test('every name of a source file is kebab-case', () => {
  const names = files.filter((file) => SOURCE.test(file) && file !== '.ci/run').map((file) => file.split('/').at(-1))
  expect(names.filter((name) => !/^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z]+)+$/.test(name ?? ''))).toEqual([])
})

test('no file knows the machine on which it was written', () => {
  // Put together here, so that this file does not break its own rule.
  const folders = ['home', 'Users', 'root', 'tmp', 'work', 'private/var', 'mnt'].join('|')
  const path = new RegExp(`(?<![\\w.:@~/-])/(?:${folders})/[\\w.-]+|[A-Z]:\\\\{1,2}Users`)
  const found = files.filter((file) => !isPicture(file)).map((file) => [file, path.exec(read(file))?.[0]])
  expect(found.filter(([, trace]) => trace !== undefined)).toEqual([])
})

test('the lock file names packages and versions, not the registry or machine they came from', () => {
  const lock = read('pnpm-lock.yaml')
  expect(lock).toContain("lockfileVersion: '9.0'")
  expect(lock.split('\n').filter((line) => /:\/\/|tarball:|[ (']file:|registry\./.test(line))).toEqual([])
})

test('no npm configuration binds the project to one registry', () => {
  const configurations = files.filter((file) =>
    /(^|\/)\.(npmrc|yarnrc.*)$|(^|\/)(yarn\.lock|package-lock\.json)$/.test(file),
  )
  expect(configurations).toEqual([])
})

function isPicture(file: string): boolean {
  return /\.(png|jpe?g|gif|ico|pdf|woff2?)$/.test(file)
}

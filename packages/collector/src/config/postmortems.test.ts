import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { postmortemsSchema, resolvePostmortems } from './postmortems.ts'
import { readConfig } from './read.ts'
import { folderWith } from './testing/folder.ts'

const ROUTES = 'receivers: [{ name: page, kind: slack, urlEnv: CHAT }]\nroutes: { page: [page] }\n'

test('three business days after a level 1, ten after a level 2, and none after a level 3, unless it is stated', () => {
  expect(resolvePostmortems()).toEqual({ within: { 1: 3, 2: 10 } })
  const stated = { within: { 1: '1 business day', 2: false, 3: '20 business days' }, folder: 'docs/postmortems/' }
  expect(resolvePostmortems(postmortemsSchema.parse(stated))).toEqual({
    ...{ within: { 1: 1, 3: 20 }, folder: 'docs/postmortems' },
  })
})

test('what cannot be a term or a folder is told with its place, all at once', () => {
  const postmortems = 'postmortems:\n  within: { 1: 3 days, 2: 90 business days }\n  folder: ../elsewhere\n'
  const folder = folderWith({ 'tabiji.yaml': `journeys: journeys.yaml\nstore: tabiji.db\n${postmortems}${ROUTES}` })
  const read = readConfig(join(folder, 'tabiji.yaml'), { CHAT: 'https://hooks.example.org/x' }, () => false)
  const errors = read.ok ? [] : read.problems.filter(({ severity }) => severity === 'error')
  const told = errors.map(({ at, message }) => `${at?.line}:${at?.column} ${message}`)
  expect(told).toEqual([
    expect.stringMatching(/^4:\d+ .*a number of business days from `1 business day`/),
    expect.stringMatching(/^4:\d+ .*a number of business days from `1 business day`/),
    expect.stringMatching(/^5:\d+ .*a folder below the one in which you work/),
  ])
})

test('a folder has a name in any language, and leads nowhere else', () => {
  const folderOf = (folder: string) => postmortemsSchema.safeParse({ folder }).data?.folder
  expect(folderOf('文書/振り返り（障害）/')).toBe('文書/振り返り（障害）')
  expect(folderOf('docs/ポストモーテム・2026')).toBe('docs/ポストモーテム・2026')
  for (const wrong of ['/etc', '../上', '文書/../../上', '~/x', ' x', 'C:x', 'a\\b', 'a\0b', '', 'あ'.repeat(201)]) {
    expect(folderOf(wrong), wrong).toBeUndefined()
  }
})

test('the guide’s example is taken', () => {
  const guide = readFileSync(join(import.meta.dirname, '../../../../docs/guides/postmortems.md'), 'utf8')
  const [, example = ''] = /```yaml\n(postmortems:[\s\S]*?)```/.exec(guide) ?? []
  const folder = folderWith({ 'tabiji.yaml': `journeys: journeys.yaml\nstore: tabiji.db\n${ROUTES}${example}` })
  const read = readConfig(join(folder, 'tabiji.yaml'), { CHAT: 'https://hooks.example.org/x' }, () => false)
  expect(read.ok && read.config.postmortems).toEqual({ within: { 1: 3, 2: 10 }, folder: 'postmortems' })
})

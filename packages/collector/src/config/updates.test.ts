import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readConfig } from './read.ts'
import { folderWith } from './testing/folder.ts'
import { resolveUpdateEvery, updateEverySchema } from './updates.ts'

const BEGIN = `journeys: journeys.yaml
store: tabiji.db
receivers: [{ name: page, kind: slack, urlEnv: CHAT }]
routes: { page: [page] }
`

test('half an hour at level 1, four hours at level 2 and none at level 3, unless it is stated', () => {
  const minutes = (stated: object) =>
    Object.entries(resolveUpdateEvery(updateEverySchema.parse(stated))).map(([level, ms]) => [
      level,
      (ms ?? 0) / 60_000,
    ])
  expect(minutes({})).toEqual([
    ['1', 30],
    ['2', 240],
  ])
  expect(minutes({ 1: false, 3: '24h' })).toEqual([
    ['2', 240],
    ['3', 1_440],
  ])
})

test.each(['4m', '2d', 'soon', 'true', '30'])(
  '%j is told with its place, what is expected and what was found',
  (typed) => {
    const folder = folderWith({ 'tabiji.yaml': `${BEGIN}incidents:\n  updateEvery: { 2: ${typed} }\n` })
    const read = readConfig(join(folder, 'tabiji.yaml'), { CHAT: 'https://hooks.example.org/x' }, () => false)
    const told = (read.ok ? [] : read.problems).filter(({ severity }) => severity === 'error')
    expect(told.map(({ at, message }) => `${at?.line}:${at?.column} ${message}`)).toEqual([
      expect.stringMatching(
        /^6:\d+ Expected `incidents\.updateEvery\.2` to be a duration from `5m` to `24h`, such as `30m`, or `false` for no reminder, got /,
      ),
    ])
  },
)

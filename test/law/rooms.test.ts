import { describe, expect, test } from 'vitest'
import { projectFiles } from './testing/repository.ts'
import { judge } from './testing/verdict.ts'

/** The rooms of what is large in the collector: in a row too. */
const ROWS: Readonly<Record<string, readonly string[]>> = {
  'packages/collector/src/jobs': 'loop ledger budget alert replay delivery incident fix practice report'.split(' '),
  'packages/collector/src/cli': 'terminal journeys measure doctor alert fix incident practice report'.split(' '),
}

describe('the rooms of jobs and of the command line stand in a row', () => {
  judge(
    Object.fromEntries(
      Object.entries(ROWS).flatMap(([folder, row]) =>
        row.map((from, place) => [
          `${folder}/${from}/planted.ts`,
          [
            ...row.filter((to) => to !== from).map((to) => [`../${to}/part.ts`, row.indexOf(to) < place] as const),
            ['../../ports/work.ts', true],
            ['@tabiji/core/alert', true],
            ['../../store/database.ts', false],
            ['../../wire/outgoing.ts', false],
            ['better-sqlite3', false],
          ],
        ]),
      ),
    ),
  )
})

describe('a route of the API knows the door that it stands at, and neither pages nor hooks', () => {
  judge({
    'packages/collector/src/http/api/planted.ts': [
      ['../answer.ts', true],
      ['./work-routes.ts', true],
      ['../../ports/work.ts', true],
      ['express', true],
      ['../pages/show.ts', false],
      ['../hooks/github.ts', false],
      ['../../store/database.ts', false],
      ['../../jobs/work.ts', false],
    ],
  })
})

test.each(Object.entries(ROWS))('every room of %s has its place in the row', (folder, row) => {
  const inside = projectFiles().flatMap((file) =>
    file.startsWith(`${folder}/`) ? [file.slice(folder.length + 1)] : [],
  )
  const rooms = inside.flatMap((file) => (file.includes('/') ? [file.split('/')[0] ?? ''] : []))
  expect([...new Set(rooms)].filter((room) => room !== 'testing').toSorted()).toEqual([...row].toSorted())
})

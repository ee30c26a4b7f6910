import { expect, test } from 'vitest'
import { readJiraChangelogs, readJiraStatuses, turnsIn } from './jira-changelog.ts'

const STATUSES = [
  ...[1, 2].map((id) => ({ id: String(id), name: `Open ${id}`, statusCategory: { key: 'new' } })),
  ...[8, 9].map((id) => ({ id: String(id), name: `Done ${id}`, statusCategory: { key: 'done' } })),
]
const AT = Date.parse('2026-10-01T09:00:00+09:00')
const HOUR = 3_600_000

const toStatus = (from: number, to: number) => ({ fieldId: 'status', field: 'status', from: `${from}`, to: `${to}` })
const toResolution = (fromString: string | null, name: string | null) => ({
  ...{ fieldId: 'resolution', field: 'resolution', from: null, fromString, to: null, toString: name },
})
/** @param changes of one issue, each at its hour */
function turnsOf(
  changes: readonly (readonly [hour: number, ...items: object[]])[],
  state: 'open' | 'done' | 'dropped',
) {
  const changeHistories = changes.map(([hour, ...items]) => ({ id: '1', created: AT + hour * HOUR, items }))
  const into = new Map()
  expect(readJiraChangelogs({ issueChangeLogs: [{ issueId: '7', changeHistories }] }, into)).toEqual({ ok: true })
  const known = readJiraStatuses(STATUSES)
  const turns = turnsIn(into.get('7') ?? [], state, (id) => known?.get(id), ["Won't Do"])
  return turns?.map(({ state: to, at }) => [to, (at - AT) / HOUR])
}

test('a change within a category is no turn, and one between them is', () => {
  const changes = [
    [1, toStatus(1, 2)],
    [2, toStatus(2, 8), toResolution(null, 'Done')],
    [3, toStatus(8, 9), toResolution('Done', 'Fixed')],
    [4, toStatus(9, 1), toResolution('Fixed', null)],
  ] as const
  expect(turnsOf(changes, 'open')).toEqual([
    ['done', 2],
    ['open', 4],
  ])
})

test('another resolution of what stays closed says what it was from the beginning', () => {
  const changes = [
    [2, toStatus(1, 8), toResolution(null, 'Done')],
    [9, toResolution('Done', "Won't Do")],
  ] as const
  expect(turnsOf(changes, 'dropped')).toEqual([['dropped', 2]])
})

test('changes stand in the order of their times, whatever order they are told in', () => {
  const changes = [
    [4, toStatus(8, 1)],
    [2, toStatus(1, 8)],
  ] as const
  expect(turnsOf(changes, 'open')).toEqual([
    ['done', 2],
    ['open', 4],
  ])
})

test.each([
  ['a status that is there no more', [[2, toStatus(1, 77)]] as const, 'open'],
  ['changes that do not lead to what the issue is', [[2, toStatus(1, 8)]] as const, 'open'],
] as const)('nothing is told after %s', (_, changes, state) => {
  expect(turnsOf(changes, state)).toBeUndefined()
})

test('an issue that never changed has no turns', () => {
  expect(turnsOf([], 'done')).toEqual([])
})

test('times are read as they are documented, too, and what else changed is left out', () => {
  const into = new Map()
  const items = [{ fieldId: 'summary', toString: 'x' }, 7, toStatus(1, 8)]
  const issueChangeLogs = [
    { issueId: '7', changeHistories: [{ id: '1', created: '2026-10-01T09:00:00.000+0900', items }] },
  ]
  expect(readJiraChangelogs({ issueChangeLogs, nextPageToken: 'more' }, into)).toEqual({ ok: true, next: 'more' })
  expect(into.get('7')).toMatchObject([{ at: AT, field: 'status', to: { id: '8' } }])
})

test('what is not as it is documented is named', () => {
  const read = (document: unknown) => readJiraChangelogs(document, new Map())
  expect(read({})).toEqual({ ok: false, where: 'issueChangeLogs' })
  const changeHistories = [{ created: 'yesterday', items: [] }]
  expect(read({ issueChangeLogs: [{ issueId: '7', changeHistories }] })).toMatchObject({ ok: false })
  expect(readJiraStatuses({ message: 'no' })).toBeUndefined()
})

import { expect, test } from 'vitest'
import type { Discovery, Found } from '../../ports/discovery.ts'
import type { Source } from '../../ports/source.ts'
import { createRoster } from './roster.ts'

const sourceOf = (name: string): Source => ({
  name,
  service: 'shop',
  intervalMs: 1_000,
  read: async () => ({ ok: false, failure: 'timeout', message: '' }),
})

function rosterWith(...fixed: readonly string[]) {
  const changes: { now: readonly string[]; gone: readonly string[] }[] = []
  const names = (sources: readonly Source[]) => sources.map(({ name }) => name)
  let found: Found = { ok: true, targets: [], warnings: [] }
  const looks: number[] = []
  const roster = createRoster({
    fixed: fixed.map(sourceOf),
    make: (_, { url }) => sourceOf(url),
    onChange: (now, gone) => changes.push({ now: names(now), gone: names(gone) }),
    onLook: ({ targets }) => looks.push(targets),
  })
  const places = new Map<string, Discovery>()
  const look = async (list: readonly string[] | undefined, name = 'pods', signal = new AbortController().signal) => {
    found =
      list === undefined
        ? { ok: false, message: 'down' }
        : { ok: true, targets: list.map((url) => ({ service: 'shop', url })), warnings: [] }
    const place = places.get(name) ?? { name, refreshMs: 1_000, find: async () => found }
    places.set(name, place)
    await roster.look(place, signal)
    return names(roster.sources())
  }
  return { look, changes, looks, roster }
}

test('targets come and go with their list; those of the configuration stay', async () => {
  const { look, changes } = rosterWith('fixed')
  expect(await look(['a', 'b'])).toEqual(['fixed', 'a', 'b'])
  expect(await look(['b', 'c'])).toEqual(['fixed', 'b', 'c'])
  expect(await look([])).toEqual(['fixed'])
  expect(changes.map(({ gone }) => gone)).toEqual([[], ['a'], ['b', 'c']])
})

test('who stays on the list stays the same source, and nobody is told of a list that says the same', async () => {
  const { look, roster, changes } = rosterWith()
  await look(['a', 'b'])
  const before = roster.sources()
  await look(['a', 'b'])
  expect(roster.sources()).toEqual(before)
  expect(roster.sources()[0]).toBe(before[0])
  expect(changes).toHaveLength(1)
})

test('a list that cannot be had changes nothing', async () => {
  const { look, changes, looks } = rosterWith()
  await look(['a', 'b'])
  expect(await look(undefined)).toEqual(['a', 'b'])
  expect(changes).toHaveLength(1)
  expect(looks).toEqual([2, 2])
})

test('a target on two lists, or in the configuration too, is read once, and stays while one of them has it', async () => {
  const { look } = rosterWith('fixed')
  expect(await look(['a', 'a', 'fixed'])).toEqual(['fixed', 'a'])
  expect(await look(['a', 'b'], 'cloud')).toEqual(['fixed', 'a', 'b'])
  expect(await look([])).toEqual(['fixed', 'a', 'b'])
  expect(await look([], 'cloud')).toEqual(['fixed'])
})

test('a look that the end broke off changes nothing', async () => {
  const { look } = rosterWith()
  await look(['a'])
  expect(await look([], 'pods', AbortSignal.abort())).toEqual(['a'])
})

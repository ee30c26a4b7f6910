import fc from 'fast-check'
import { expect, onTestFinished, test } from 'vitest'
import { createOutgoing } from '../wire/outgoing.ts'
import { serve } from '../wire/testing/servers.ts'
import { createGithubTracker } from './github.ts'

const RUNS = { numRuns: process.env['TABIJI_FULL'] === '1' ? 500 : 40 }
const NOW = Date.parse('2026-10-05T00:00:00Z')
const PAGE = 2

type Issue = { readonly id: number; readonly title: string }
type Change = { readonly what: 'add' | 'delete' | 'unlabel' | 'relabel' | 'retitle'; readonly which: number }

/** A list in the order of creation, two to a page, in which people work after each page that is turned. */
async function openList() {
  const list = { all: [] as Issue[], away: [] as Issue[], changes: [] as (readonly Change[])[], asked: 0 }
  let ids = 1_000
  const add = () => void list.all.push({ id: ++ids, title: `Fix ${ids}` })
  const act = ({ what, which }: Change) => {
    const at = list.all.length === 0 ? -1 : which % list.all.length
    const one = list.all[at]
    if (what === 'add') add()
    if (what === 'retitle' && one !== undefined) list.all[at] = { ...one, title: `${one.title}!` }
    if ((what === 'delete' || what === 'unlabel') && one !== undefined) {
      list.all.splice(at, 1)
      if (what === 'unlabel') list.away.push(one)
    }
    if (what === 'relabel') list.all = [...list.all, ...list.away.splice(0, 1)].sort((a, b) => a.id - b.id)
  }
  const server = await serve((request, response) => {
    const url = new URL(request.url ?? '', `http://${request.headers.host}`)
    const from = (Number(url.searchParams.get('page') ?? 1) - 1) * PAGE
    if (list.all.length > from + PAGE) {
      url.searchParams.set('page', String(from / PAGE + 2))
      response.setHeader('link', `<${url.href}>; rel="next"`)
    }
    const page = list.all.slice(from, from + PAGE).map(({ id, title }) => ({
      ...{ id, title, html_url: `https://github.com/acme/shop/issues/${id}`, state: 'open', labels: [] },
      created_at: '2026-10-01T00:00:00Z',
    }))
    for (const change of list.changes[list.asked++] ?? []) act(change)
    response.end(JSON.stringify(page))
  })
  const outgoing = createOutgoing()
  onTestFinished(() => outgoing.close())
  const place = {
    name: 'github',
    url: server.origin,
    repositories: ['acme/shop'],
    label: 'fix',
    blocked: [],
    token: () => 'hunter2',
  } as const
  const tracker = createGithubTracker(place, outgoing, () => NOW)
  const read = async () => {
    const reading = await tracker.read(undefined, new AbortController().signal)
    if (!reading.ok) throw new Error(reading.message)
    return reading.tickets.map(({ id, title }) => `${id} ${title}`)
  }
  return {
    ...{ list, read },
    reset: (length: number, changes: readonly (readonly Change[])[]) => {
      Object.assign(list, { all: [], away: [], changes, asked: 0 })
      for (let i = 0; i < length; i++) add()
    },
  }
}

test('an issue that slips to the page before, because another is deleted meanwhile, is found, and the other is not', async () => {
  const { reset, read, list } = await openList()
  reset(5, [[{ what: 'delete', which: 0 }]])
  const found = await read()
  expect(found).toHaveLength(4)
  expect(found).toEqual(list.all.map(({ id, title }) => `${id} ${title}`))
})

test('a list of one page is read once, and one that has settled twice', async () => {
  const { reset, read, list } = await openList()
  reset(2, [])
  await read()
  expect(list.asked).toBe(1)
  reset(5, [])
  await read()
  expect(list.asked).toBe(6)
})

test('whatever people do while pages are turned, the reading comes to what stands there in the end', async () => {
  const world = await openList()
  const change = fc.record({
    what: fc.constantFrom<Change['what']>('add', 'delete', 'unlabel', 'relabel', 'retitle'),
    which: fc.nat(6),
  })
  // After each of the first two pages, of which there are at least as many.
  const changes = fc.array(fc.array(change, { maxLength: 3 }), { maxLength: 2 })
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 3, max: 8 }), changes, async (length, each) => {
      world.reset(length, each)
      expect(await world.read()).toEqual(world.list.all.map(({ id, title }) => `${id} ${title}`))
    }),
    RUNS,
  )
})

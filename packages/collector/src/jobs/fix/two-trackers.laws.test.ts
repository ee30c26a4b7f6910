import { foldFix, type Ticket } from '@tabiji/core/fix'
import fc from 'fast-check'
import { expect, onTestFinished, test } from 'vitest'
import type { Tracker } from '../../ports/tracker.ts'
import { openWorkDesk, tokyo } from '../../testing/work-desk.ts'
import { createFixSync, type SyncOutcome } from './sync-fixes.ts'
import { createTicketLinks } from './ticket-links.ts'
import { createTicketWrites } from './ticket-writes.ts'

const RUNS = { numRuns: process.env['TABIJI_FULL'] === '1' ? 400 : 25 }
const ZONE = 'Asia/Tokyo'
const NAMES = ['a', 'b'] as const
type Name = (typeof NAMES)[number]
type Kept = { ticket: Ticket; updatedAt: number; isDeleted: boolean; readonly of: number }

/** Two trackers and the things that are to be done in them, each of which moves from one to the other once at most. */
function twoTrackers() {
  let now = tokyo('2026-10-20T13:05:00')
  let things = 0
  const kept: Kept[] = []
  const put = (name: Name, of: number, links: readonly string[]) => {
    const id = String(kept.length + 1)
    const page =
      name === 'a' ? `https://github.com/acme/shop/issues/${id}` : `https://acme.atlassian.net/browse/SHOP-${id}`
    const ticket: Ticket = {
      ...{ tracker: name, id, url: page, title: `Thing ${of}`, state: 'open', createdAt: now, blocked: false, links },
    }
    kept.push({ ticket, updatedAt: now, isDeleted: false, of })
    return ticket
  }
  /** The ticket at which a thing is worked on. */
  const latest = (of: number) => kept.findLast((one) => one.of === of)
  const turn = (one: Kept, state: Ticket['state']) => {
    one.ticket = { ...one.ticket, state, ...(state !== 'open' && { stateAt: now }) }
    one.updatedAt = now
  }
  return {
    now: () => now,
    pass: (minutes: number) => {
      now += minutes * 60_000
    },
    things: () => things,
    change: (what: 'add' | 'move' | 'delete and move' | 'close', which: number, name: Name) => {
      const one = things === 0 ? undefined : latest(which % things)
      if (what === 'add' || one === undefined) return void put(name, things++, [])
      if (what === 'close') return turn(one, 'done')
      if (one.ticket.state !== 'open' || (one.ticket.links ?? []).length > 0) return
      if (what === 'move') turn(one, 'dropped')
      else one.isDeleted = true
      put(one.ticket.tracker === 'a' ? 'b' : 'a', one.of, [one.ticket.url])
    },
    states: () => Array.from({ length: things }, (_, of) => [`Thing ${of}`, latest(of)?.ticket.state]),
    trackerOf: (name: Name): Tracker => {
      const standing = () => kept.filter(({ ticket, isDeleted }) => ticket.tracker === name && !isDeleted)
      return {
        ...{ name, kind: 'world', places: ['everywhere'] },
        ...(name === 'a' && { renames: true }),
        read: async (since = 0) => ({
          ...{ ok: true, until: now },
          tickets: standing().flatMap(({ ticket, updatedAt }) => (updatedAt >= since ? [ticket] : [])),
        }),
        ask: async ({ id }) => {
          const one = standing().find(({ ticket }) => ticket.id === id)
          return one === undefined ? { kind: 'gone' } : { kind: 'found', ticket: one.ticket }
        },
        create: async () => ({ ok: false, message: 'not here' }),
        move: async () => ({ ok: false, message: 'not here' }),
      }
    },
  }
}

test('what moves between two trackers is counted once at any time, and stands in the end as it does there', async () => {
  const change = fc.record({
    what: fc.constantFrom('add' as const, 'move' as const, 'delete and move' as const, 'close' as const),
    ...{ which: fc.nat(3), name: fc.constantFrom(...NAMES) },
    readings: fc.array(fc.constantFrom('a' as const, 'b' as const, 'restart' as const, 'night' as const), {
      maxLength: 3,
    }),
  })
  await fc.assert(
    fc.asyncProperty(fc.array(change, { maxLength: 10 }), async (changes) => {
      const desk = openWorkDesk()
      onTestFinished(() => desk.close())
      const world = twoTrackers()
      const told = new Map<Name, SyncOutcome>()
      const start = () => {
        const shared = { links: createTicketLinks(), writes: createTicketWrites(world.now) }
        const syncOf = (name: Name) =>
          createFixSync({
            ...{ tracker: world.trackerOf(name), store: desk.store, ...shared, zone: () => ZONE, now: world.now },
            onTurn: (outcome) => told.set(name, outcome),
          })
        return { a: syncOf('a'), b: syncOf('b') }
      }
      let syncs = start()
      const fixes = () => desk.store.fixHistories().flatMap((one) => foldFix(one, world.now(), ZONE) ?? [])
      const read = async (name: Name) => {
        world.pass(7)
        await syncs[name].turn(new AbortController().signal)
        expect(told.get(name)).toMatchObject({ ok: true })
        expect(fixes().length).toBeLessThanOrEqual(world.things())
      }
      for (const { what, which, name, readings } of changes) {
        world.pass(1)
        world.change(what, which, name)
        for (const reading of readings) {
          if (reading === 'restart') syncs = start()
          else if (reading === 'night') world.pass(20 * 60)
          else await read(reading)
        }
      }
      syncs = start()
      for (const name of ['a', 'b', 'a', 'b'] as const) await read(name)
      expect(
        fixes()
          .map(({ title, state }) => [title, state])
          .sort(),
      ).toEqual(world.states().sort())
      for (const outcome of told.values()) expect(outcome).toMatchObject({ ok: true, aside: [] })
    }),
    RUNS,
  )
})

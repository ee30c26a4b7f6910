import { type Fix, foldFix } from '@tabiji/core/fix'
import fc from 'fast-check'
import { expect, onTestFinished, test } from 'vitest'
import { openWorkDesk } from '../../testing/work-desk.ts'
import { trackedWorld } from '../testing/tracked-world.ts'
import { createFixSync } from './sync-fixes.ts'
import { createTicketLinks } from './ticket-links.ts'
import { createTicketWrites } from './ticket-writes.ts'

const RUNS = { numRuns: process.env['TABIJI_FULL'] === '1' ? 400 : 20 }
const ZONE = 'Asia/Tokyo'

/** What people do in the tracker; `which` of its tickets. */
const anyChange = fc.record({
  what: fc.constantFrom('add', 'close', 'reopen', 'drop', 'retitle', 'block', 'date', 'delete', 'transfer'),
  which: fc.nat(3),
})
/** How we come to read it, or not; each takes some minutes, and a night the rest of a day. */
const anyReading = fc.constantFrom(
  'poll',
  'bell',
  'poll after a crash',
  'crash while recording',
  'down',
  'lost',
  'night',
)
const anySkew = fc.constantFrom(0, -40 * 60_000, 9 * 3_600_000)

type Change = Parameters<ReturnType<typeof trackedWorld>['change']>[0]
type Step = { readonly change: Change; readonly readings: readonly string[] }

/** Plays the steps before a collector with a real store. @returns what it knows in the end */
async function play(steps: readonly Step[], skew: number, instants: readonly number[] = [], tellsTurns = false) {
  const desk = openWorkDesk()
  onTestFinished(() => desk.close())
  const world = trackedWorld(skew, tellsTurns)
  const turn = async (sync: ReturnType<typeof createFixSync>) => sync.turn(new AbortController().signal)
  const start = (store = desk.store) =>
    createFixSync({
      ...{ tracker: world.tracker, store, links: createTicketLinks(), zone: () => ZONE },
      ...{ writes: createTicketWrites(world.now), now: world.now, onTurn: () => undefined },
    })
  const breaking: typeof desk.store = {
    ...desk.store,
    transact: (run) =>
      desk.store.transact(() => {
        run()
        throw new Error('killed')
      }),
  }
  let sync = start()
  const changedAt: number[] = []
  for (const [i, { change, readings }] of steps.entries()) {
    world.pass(instants[i] === undefined ? 1 : (instants[i] - world.now()) / 60_000)
    changedAt.push(world.now())
    world.change(change)
    for (const reading of readings) {
      world.pass(reading === 'at once' ? 0 : reading === 'night' ? 20 * 60 : 7)
      world.isDown = reading === 'down'
      if (reading === 'lost') continue
      if (reading === 'crash while recording') await turn(start(breaking))
      if (reading.includes('crash') || reading === 'at once') sync = start()
      if (reading !== 'crash while recording') await turn(sync)
    }
  }
  world.isDown = false
  world.pass(7)
  await turn(start())
  const now = world.now()
  const histories = desk.store.fixHistories()
  return { histories, world, changedAt, fixes: histories.flatMap((one) => foldFix(one, now, ZONE) ?? []) }
}

/** One reading of all at once after each change. */
const clean = (changes: readonly Change[], skew: number, changedAt: readonly number[]) =>
  play(
    changes.map((change) => ({ change, readings: ['at once'] })),
    skew,
    changedAt,
  )

test('any readings after each change make the history that one clean reading of all makes', async () => {
  const step = fc.record({ change: anyChange, readings: fc.array(anyReading, { maxLength: 3 }) })
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 10 }), anySkew, async (told, skew) => {
      // Whatever goes wrong, one reading succeeds before the next change.
      const steps = told.map(({ change, readings }) => ({ change, readings: [...readings, 'bell'] }))
      const made = await play(steps, skew)
      const changes = told.map(({ change }) => change)
      const expected = await clean(changes, skew, made.changedAt)
      const said = ({ key, events }: (typeof made.histories)[number]) => ({
        key,
        // When it was read differs, and when a list stopped to show it.
        events: events
          .filter((event) => event.type !== 'linked' || event.ticket.gone === undefined)
          .map(({ at: _, ...event }) => event),
      })
      expect(made.histories.map(said)).toEqual(expected.histories.map(said))
    }),
    RUNS,
  )
})

test('where the tracker tells each change of a state, readings that were missed cost nothing of it', async () => {
  const step = fc.record({ change: anyChange, readings: fc.array(anyReading, { maxLength: 2 }) })
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 12 }), anySkew, async (steps, skew) => {
      const made = await play(steps, skew, [], true)
      const changes = steps.map(({ change }) => ({ change, readings: ['at once'] }))
      const expected = await play(changes, skew, made.changedAt, true)
      // Nobody can tell the changes of one that was deleted before it was read again.
      const deleted = made.world.deleted()
      const turns = ({ histories }: typeof made) =>
        histories
          .map((history) => ({ history, ticket: foldFix(history, made.world.now(), ZONE)?.ticket }))
          .filter(({ ticket }) => !deleted.has(ticket?.id ?? ''))
          .map(({ history: { events }, ticket }) => ({
            id: ticket?.id,
            turns: events
              .filter(({ type }) => ['done', 'reopened', 'dropped', 'undropped'].includes(type))
              .map(({ type, happenedAt }) => [type, happenedAt]),
          }))
          .sort(byId)
      expect(turns(made)).toEqual(turns(expected))
    }),
    RUNS,
  )
})

test('whatever was missed, the next reading of all makes good, and each ticket is one fix', async () => {
  const step = fc.record({ change: anyChange, readings: fc.array(anyReading, { maxLength: 2 }) })
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 12 }), anySkew, async (steps, skew) => {
      const { fixes, world, histories } = await play(steps, skew)
      const shown = ({ title, state, due, blocked, doneAt, ticket, dueIsDefault }: Fix) => ({
        ...{ id: ticket?.id, title, state, doneAt: state === 'done' ? doneAt : undefined },
        ...(state === 'open' && { blocked: blocked !== undefined, due: dueIsDefault === true ? undefined : due }),
      })
      const deleted = world.deleted()
      const standing = fixes.filter(({ ticket }) => ticket === undefined || !deleted.has(ticket.id))
      expect(standing.map(shown).sort(byId)).toEqual(world.shown().sort(byId))
      // Nobody asks for what was closed, so of a deleted one only what is open is known to be gone.
      const lost = fixes.filter(({ ticket, state }) => state === 'open' && deleted.has(ticket?.id ?? ''))
      expect(lost.every(({ ticket }) => ticket?.gone === true)).toBe(true)
      expect(histories.every(({ events }) => events.filter(({ type }) => type === 'added').length === 1)).toBe(true)
    }),
    RUNS,
  )
})

function byId(a: { readonly id: string | undefined }, b: { readonly id: string | undefined }): number {
  return Number(a.id) - Number(b.id)
}

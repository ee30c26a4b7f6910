import type { Ticket } from '@tabiji/core/fix'
import type { Tracker } from '../../ports/tracker.ts'
import { tokyo } from '../../testing/work-desk.ts'

const MINUTE = 60_000
const DATES = ['2026-11-10', '2026-11-20', '2026-12-01']

type Kept = { ticket: Ticket; updatedAt: number; was: string[]; isDeleted: boolean }

export type WorldChange = {
  readonly what: 'add' | 'close' | 'reopen' | 'drop' | 'retitle' | 'block' | 'date' | 'delete' | 'transfer'
  /** Of its tickets, the first again after the last. */
  readonly which: number
}

/**
 * A tracker in which people work, by a clock that is ahead of ours; its list tells nothing of what was deleted.
 *
 * @param tellsTurns whether it tells each change of a state
 */
export function trackedWorld(ahead: number, tellsTurns = false) {
  let now = tokyo('2026-10-20T13:05:00')
  let ids = 0
  const kept: Kept[] = []
  const clock = () => now + ahead
  const standing = () => kept.filter(({ isDeleted }) => !isDeleted)
  const add = () => {
    const id = String(++ids)
    const ticket: Ticket = {
      ...{ tracker: 'world', id, url: `https://tracker.example/${id}`, title: `Fix ${id}`, state: 'open' },
      ...{ createdAt: clock(), blocked: false },
    }
    kept.push({ ticket, updatedAt: clock(), was: [], isDeleted: false })
  }
  const world = {
    isDown: false,
    now: () => now,
    pass: (minutes: number) => {
      now += minutes * MINUTE
    },
    /** Their ids, also those that they had before. */
    deleted: () => new Set(kept.flatMap(({ ticket, was, isDeleted }) => (isDeleted ? [ticket.id, ...was] : []))),
    change: ({ what, which }: WorldChange) => {
      const all = standing()
      const one = all[which % Math.max(1, all.length)]
      if (what === 'add' || one === undefined) return add()
      if (what === 'delete') one.isDeleted = true
      if (what === 'transfer') {
        const id = String(++ids)
        one.was.push(one.ticket.id)
        one.ticket = { ...one.ticket, id, url: `https://tracker.example/${id}` }
      }
      const before = one.ticket.state
      one.ticket = { ...one.ticket, ...changed(one.ticket, what, clock()) }
      if (tellsTurns && one.ticket.state !== before) {
        const turns = [...(one.ticket.turns ?? []), { state: one.ticket.state, at: clock() }]
        one.ticket = { ...one.ticket, turns, stateAt: clock() }
      }
      one.updatedAt = clock()
    },
    /** What is known of a ticket that is known as it is now. */
    shown: () =>
      standing().map(({ ticket: { id, title, state, stateAt, blocked, due } }) => ({
        ...{ id, title, state, doneAt: state === 'done' ? (stateAt ?? 0) - ahead : undefined },
        ...(state === 'open' && { blocked, due }),
      })),
    tracker: {
      ...{ name: 'world', kind: 'world', places: ['everywhere'], renames: true },
      read: async (since) => {
        if (world.isDown) return { ok: false, message: 'down' }
        const tickets = standing().filter(({ updatedAt }) => updatedAt >= (since ?? 0))
        return { ok: true, tickets: tickets.map(({ ticket }) => ticket), until: clock(), ahead }
      },
      ask: async ({ id = '' }) => {
        const one = standing().find(({ ticket, was }) => ticket.id === id || was.includes(id))
        return one === undefined ? { kind: 'gone' } : { kind: 'found', ticket: one.ticket }
      },
      create: async () => ({ ok: false, message: 'not here' }),
      move: async () => ({ ok: false, message: 'not here' }),
    } satisfies Tracker as Tracker,
  }
  return world
}

function changed({ title, state, stateAt, blocked, due }: Ticket, what: WorldChange['what'], at: number): object {
  switch (what) {
    case 'close':
      return { state: 'done', stateAt: state === 'done' ? stateAt : at }
    case 'drop':
      return { state: 'dropped', stateAt: at }
    case 'reopen':
      return { state: 'open', stateAt: undefined }
    case 'retitle':
      return { title: `${title}!` }
    case 'block':
      return { blocked: blocked !== true }
    case 'date':
      return { due: DATES[(DATES.indexOf(due ?? '') + 1) % DATES.length] }
    default:
      return {}
  }
}

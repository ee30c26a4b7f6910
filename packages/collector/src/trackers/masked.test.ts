import type { Ticket } from '@tabiji/core/fix'
import { expect, test } from 'vitest'
import type { Tracker } from '../ports/tracker.ts'
import { maskTracker } from './masked.ts'

const SECRET = 'ghp_0123456789abcdefghijABCDEFGHIJ012345'
const ticket = (id: number, changes: Partial<Ticket> = {}): Ticket => ({
  ...{ tracker: 'github', id: String(id), url: `https://github.com/acme/shop/issues/${id}`, title: `Fix ${id}` },
  ...{ state: 'open', createdAt: 0, ...changes },
})

function trackerOf(tickets: readonly Ticket[]): Tracker {
  return maskTracker({
    ...{ name: 'github', kind: 'github', places: ['acme/shop'] },
    read: async () => ({ ok: true, tickets, until: 0 }),
    ask: async () => ({ kind: 'found', ticket: tickets[0] ?? ticket(0) }),
    create: async () => ({ ok: false, message: 'no' }),
    move: async () => ({ ok: false, message: 'no' }),
  })
}
const signal = new AbortController().signal

test('what people wrote is masked, also twice, and nothing else changes', async () => {
  const clean = Array.from({ length: 300 }, (_, i) => ticket(i))
  const odd = ticket(999, { title: `Rotate ${SECRET}`, owner: `token=${SECRET}`, cause: `mysql -p${'x'.repeat(12)}` })
  const first = await trackerOf([...clean, odd]).read(undefined, signal)
  if (!first.ok) throw new Error(first.message)
  expect(JSON.stringify(first)).not.toContain(SECRET)
  expect(first.tickets.slice(0, 300)).toEqual(clean)
  expect(first.tickets[300]).toMatchObject({ id: '999', title: expect.stringMatching(/^Rotate .+/) })
  expect(await trackerOf(first.tickets).read(undefined, signal)).toEqual(first)
  expect(JSON.stringify(await trackerOf([odd]).ask(odd, signal))).not.toContain(SECRET)
})

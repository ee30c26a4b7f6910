import type { Ticket } from '@tabiji/core/fix'
import type { Tracker } from '../ports/tracker.ts'
import { maskTexts } from '../wire/masking-many.ts'

/** So many texts with a secret in one reading are no accident of theirs but one of the rules, and each costs a look at it. */
const MOST_SECRETS = 1_000

/** A tracker whose tickets hold no secrets in what people wrote: it is masked before anything compares or keeps it. */
export function maskTracker(tracker: Tracker): Tracker {
  return {
    ...tracker,
    read: async (since, signal) => {
      const reading = await tracker.read(since, signal)
      if (!reading.ok) return reading
      const tickets = await masked(reading.tickets)
      if (tickets !== undefined) return { ...reading, tickets }
      return { ok: false, message: `Expected at most ${MOST_SECRETS} texts with secrets in them, got more` }
    },
    ask: async (page, signal) => {
      const answer = await tracker.ask(page, signal)
      if (answer.kind !== 'found') return answer
      const [ticket = answer.ticket] = (await masked([answer.ticket])) ?? []
      return { kind: 'found', ticket }
    },
  }
}

async function masked(tickets: readonly Ticket[]): Promise<readonly Ticket[] | undefined> {
  const said = tickets.flatMap(({ title, owner, cause, blockedReason }) => [title, owner, cause, blockedReason])
  const texts = said.filter((text) => text !== undefined)
  const found = await maskTexts([...new Set(texts)], MOST_SECRETS)
  if (found === undefined) return undefined
  const clean = (text: string) => found.get(text) ?? text
  return tickets.map((ticket) => {
    const { title, owner, cause, blockedReason } = ticket
    return {
      ...ticket,
      title: clean(title),
      ...(owner !== undefined && { owner: clean(owner) }),
      ...(cause !== undefined && { cause: clean(cause) }),
      ...(blockedReason !== undefined && { blockedReason: clean(blockedReason) }),
    }
  })
}

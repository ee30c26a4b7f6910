import { onTestFinished } from 'vitest'
import type { Unanswered } from '../../config/config.ts'
import { openEpisodeBook } from '../../jobs/alert/episode-book.ts'
import { AVAILABILITY, createShop, definitionOf, MINUTE, NOON, openBooks } from '../../jobs/testing/books.ts'
import { tellingTo } from '../../jobs/testing/office.ts'
import type { OutboxRow } from '../../ports/alert-store.ts'
import { configIn } from '../../testing/config.ts'
import { createEpisodes, remindersOf } from '../episodes.ts'

const UNANSWERED: Unanswered = {
  acknowledge: { pageMs: 60 * MINUTE },
  escalation: [
    { afterMs: 5 * MINUTE, to: ['fallback'] },
    { afterMs: 15 * MINUTE, to: ['second'] },
  ],
  reminders: { everyMs: 30 * MINUTE, atMost: 4 },
  ticketAfterDays: 3,
}

const BAD = [50, 0, 50, 0]

/**
 * A shop on a real store, read and judged every quarter of a minute by what the daemon judges with. The clock moves only by
 * what is called. Page at `pager`, ticket at `chat`.
 */
export function openEpisodeDesk(stated: Partial<Unanswered> = {}, startedAt = NOON) {
  const file = definitionOf({ ...AVAILABILITY, policy: POLICY })
  const books = openBooks(file, startedAt)
  onTestFinished(books.close)
  const config = configIn('', {
    unanswered: { ...UNANSWERED, ...stated },
  })
  const shop = createShop(startedAt)
  const clock = { now: startedAt }
  const zone = () => 'Asia/Tokyo'
  const telling = tellingTo({ 1: ['pager'], 2: ['chat'] })
  let ids = 0
  const rules = {
    ...telling,
    patience: new Map([['shop', 60_000]]),
    letterhead: () => ({ instance: 'test', timeZone: zone(), sample: false }),
    reminders: remindersOf(config, telling),
    newId: () => `n-${++ids}`,
  }
  const open = () => {
    const book = openEpisodeBook(books.alerts)
    return createEpisodes(config, { store: books.alerts, book, rules, now: () => clock.now })
  }
  let episodes = open()
  const evaluate = () => {
    const lines = episodes.evaluation.tick(books.judge, clock.now)
    books.gatekeeper.look(clock.now)
    return lines.map(({ episode, transition }) => `${episode} ${transition}`)
  }
  const step = (pay?: readonly number[]) => {
    clock.now += 15_000
    if (pay !== undefined) books.ledger.book([shop(clock.now, { pay })], clock.now)
    return evaluate()
  }
  return {
    ...books,
    clock,
    evaluate,
    /** Minutes of the same traffic in every quarter; without any, nothing is read. */
    run: (minutes: number, pay: readonly number[] | undefined = BAD) =>
      Array.from({ length: minutes * 4 }, () => step(pay)).flat(),
    /** Minutes in which the service cannot be read. */
    runBlind: (minutes: number) => Array.from({ length: minutes * 4 }, () => step()).flat(),
    acknowledging: () => episodes.acknowledging,
    /** The process ends and another one takes over what is on disk, so much later. */
    restart: (minutes: number) => {
      clock.now += minutes * MINUTE
      episodes = open()
    },
    /** What is owed of an alert: receiver, kind and state. */
    owed: (id: string) => books.alerts.outboxOf(id).map(brief),
    reminders: (id: string) => books.alerts.outboxOf(id).filter(({ kind }) => kind === 'reminder'),
  }
}

const brief = ({ receiver, kind, state }: OutboxRow) => `${receiver} ${kind} ${state}`

const HOUR = 60 * MINUTE

/** A page after minutes, a ticket before it where little is bad. */
const POLICY = {
  pairs: [
    { level: 1, longMs: HOUR, shortMs: 5 * MINUTE, speed: { factorMilli: 10_000 } },
    { level: 2, longMs: 6 * HOUR, shortMs: 30 * MINUTE, speed: { factorMilli: 1_000 } },
  ],
  guard: { badEvents: 3, confidencePercent: 95 },
  milestones: [],
} as const

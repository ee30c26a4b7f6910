import type { TestFacts } from '@tabiji/core/alert'
import { hintFor, problem } from '@tabiji/core/problem'
import { DAY, type Desk, lastWeekly, MINUTE, type WeeklyTime } from '@tabiji/core/time'
import type { AlertStore, OutboxRow } from '../../ports/alert-store.ts'
import type { Notifier } from '../../ports/notifier.ts'
import type { NotificationState, PastTest, Receivers, ToldReceiver } from '../../ports/receivers.ts'
import type { Result } from '../../ports/work.ts'
import { newsRow } from './news-row.ts'

/** How long a test stays open at a pager: long enough to be seen, too short to be escalated. */
const OPEN_MS = MINUTE

type Parts = {
  readonly receivers: readonly ToldReceiver[]
  readonly notifiers: readonly Pick<Notifier, 'name' | 'keepsOpen'>[]
  readonly store: Pick<AlertStore, 'owe' | 'findOwed' | 'attemptsOf' | 'tests'>
  /** When pages are tested, and by whose week; absent: only when somebody asks. */
  readonly weekly?: { readonly time: WeeklyTime; readonly desk: () => Desk }
  readonly letterhead: () => { readonly timeZone: string; readonly sample: boolean }
  readonly newId: () => string
  readonly now: () => number
}

/** A test that is later than this is left to the next week: it would only tell that nobody was there. */
const LATEST_MS = DAY

/** So many are looked through for the last one of each receiver: a year of ten receivers, tested by hand now and then. */
const REMEMBERED = 1_000

export function createReceivers(parts: Parts): Receivers {
  const { receivers, notifiers, store, letterhead, newId, now } = parts
  const notification = (id: string): NotificationState | undefined => {
    const row = store.findOwed(id)
    return row === undefined ? undefined : told(row)
  }
  const told = ({ facts: _, verdicts: __, topic: ___, ...row }: OutboxRow): NotificationState => ({
    ...row,
    tries: store.attemptsOf(row.id),
  })
  const test = (name: string, asked: Pick<TestFacts, 'by' | 'weekly'>): Result<NotificationState> => {
    const notifier = notifiers.find((each) => each.name === name)
    if (notifier === undefined) return unknown(name, receivers)
    const facts: TestFacts = {
      ...letterhead(),
      kind: 'test',
      receiver: name,
      over: false,
      level: 3,
      at: now(),
      dedupKey: newId(),
      ...asked,
    }
    const row = newsRow(facts, name, newId())
    const end = newsRow({ ...facts, over: true }, name, newId(), now() + OPEN_MS)
    store.owe(notifier.keepsOpen === true ? [row, end] : [row])
    return { ok: true, value: told(row) }
  }
  return {
    list: () => receivers,
    notification,
    history: (limit) => store.tests(limit).map((row) => ({ ...told(row), ...askedBy(row) })),
    test: (name, by) => test(name, by === undefined ? {} : { by }),
    testWeekly: () => {
      const due = dueTest(parts)
      if (due === undefined) return []
      const done = new Set(
        store.tests(REMEMBERED).flatMap((row) => (isWeekly(row) && row.createdAt >= due ? [row.receiver] : [])),
      )
      const pages = receivers.filter(({ name, levels }) => levels.includes(1) && !done.has(name))
      for (const { name } of pages) test(name, { weekly: true })
      return pages.map(({ name }) => name)
    },
  }
}

/** When the present week's test was due, milliseconds; nothing when none is, or when it is long past. */
function dueTest({ weekly, now }: Parts): number | undefined {
  if (weekly === undefined) return undefined
  const due = lastWeekly(now(), weekly.desk(), weekly.time)
  return due === undefined || now() - due > LATEST_MS ? undefined : due
}

const isWeekly = ({ facts }: OutboxRow): boolean => facts.kind === 'test' && facts.weekly === true

function askedBy({ facts }: OutboxRow): Pick<PastTest, 'by' | 'weekly'> {
  if (facts.kind !== 'test') return {}
  const { by, weekly } = facts
  return { ...(by !== undefined && { by }), ...(weekly !== undefined && { weekly }) }
}

function unknown(name: string, known: readonly ToldReceiver[]) {
  const hint = hintFor(
    name,
    known.map((each) => each.name),
    20,
  )
  const message = `There is no receiver ${name} in the configuration`
  return {
    ok: false as const,
    problems: [problem('RECEIVER_UNKNOWN', [], message, { ...(hint !== undefined && { hint }) })],
  }
}

import { type TestFacts, topicOf } from '@tabiji/core/alert'
import { hintFor, problem } from '@tabiji/core/problem'
import { MINUTE } from '@tabiji/core/time'
import type { AlertStore, OutboxRow } from '../ports/alert-store.ts'
import type { Notifier } from '../ports/notifier.ts'
import type { NotificationState, Receivers, ToldReceiver } from '../ports/receivers.ts'

/** How long a test stays open at a pager: long enough to be seen, too short to be escalated. */
const OPEN_MS = MINUTE

type Parts = {
  readonly receivers: readonly ToldReceiver[]
  readonly notifiers: readonly Pick<Notifier, 'name' | 'keepsOpen'>[]
  readonly store: Pick<AlertStore, 'owe' | 'findOwed' | 'attemptsOf'>
  readonly letterhead: () => { readonly timeZone: string; readonly sample: boolean }
  readonly newId: () => string
  readonly now: () => number
}

export function createReceivers({ receivers, notifiers, store, letterhead, newId, now }: Parts): Receivers {
  const notification = (id: string): NotificationState | undefined => {
    const row = store.findOwed(id)
    return row === undefined ? undefined : told(row)
  }
  const told = ({ facts: _, verdicts: __, topic: ___, ...row }: OutboxRow): NotificationState => ({
    ...row,
    tries: store.attemptsOf(row.id),
  })
  return {
    list: () => receivers,
    notification,
    test: (name, by) => {
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
        ...(by !== undefined && { by }),
      }
      const row = rowOf(facts, newId(), now())
      const end = rowOf({ ...facts, over: true }, newId(), now() + OPEN_MS)
      store.owe(notifier.keepsOpen === true ? [row, end] : [row])
      return { ok: true, value: told(row) }
    },
  }
}

function rowOf(facts: TestFacts, id: string, notBefore: number): OutboxRow {
  return {
    id,
    topic: topicOf(facts),
    receiver: facts.receiver,
    kind: facts.kind,
    level: facts.level,
    facts,
    // A test asks no gate: who asks for it wants to know now.
    verdicts: [],
    createdAt: facts.at,
    notBefore,
    state: 'waiting',
    attempts: 0,
    ambiguous: false,
    degraded: false,
  }
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

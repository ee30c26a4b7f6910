import type { Trouble, TroubleFacts } from '@tabiji/core/alert'
import { MINUTE } from '@tabiji/core/time'
import type { AlertStore } from '../../ports/alert-store.ts'
import type { KnownTrouble, TroubleStore } from '../../ports/trouble-store.ts'
import type { DeliveryAttempt } from './deliver.ts'
import type { Absence } from './heartbeat.ts'
import { newsRow } from './news-row.ts'

/** For so long a receiver may take nothing before others are told of it: a pause or a restart is no trouble. */
const FAILING_MS = 5 * MINUTE

type Parts = {
  readonly store: TroubleStore
  readonly alerts: Pick<AlertStore, 'owe'>
  /** Who may be told, the best first. */
  readonly tellers: readonly string[]
  readonly letterhead: () => { readonly timeZone: string; readonly sample: boolean }
  readonly newId: () => string
  readonly now: () => number
}

/** What is wrong with the collector itself, told once when it begins and once when it is mended. */
export type Troubles = {
  attempted(attempt: DeliveryAttempt): void
  absent(absence: Absence): void
  clockJumped(seconds: number): void
  /** Tells of receivers that have taken nothing for too long. @returns whether anything became owed */
  look(): boolean
}

type Failing = { readonly since: number; readonly why: string; readonly gaveUp: boolean }

export function createTroubles({ store, alerts, tellers, letterhead, newId, now }: Parts): Troubles {
  const failing = new Map<string, Failing>()
  const factsOf = (trouble: Trouble, since: number, dedupKey: string, over: boolean): TroubleFacts => {
    return { kind: 'trouble', trouble, over, level: 2, since, at: now(), dedupKey, ...letterhead() }
  }
  /** Nobody is told by the way that is broken. */
  const tellerBeside = (broken: readonly string[]) =>
    tellers.find((name) => !broken.includes(name) && !failing.has(name))
  const tell = (trouble: Trouble, key: string, since: number): boolean => {
    const receiver = tellerBeside(trouble.part === 'receiver' ? [trouble.name] : [])
    const known: KnownTrouble = { key, since, dedupKey: newId(), ...(receiver !== undefined && { receiver }), trouble }
    const rows =
      receiver === undefined ? [] : [newsRow(factsOf(trouble, since, known.dedupKey, false), receiver, newId())]
    store.begin(known)
    alerts.owe(rows)
    return rows.length > 0
  }
  const tellEnd = ({ key, trouble, since, dedupKey, receiver }: KnownTrouble): void => {
    store.end(key)
    if (receiver !== undefined) alerts.owe([newsRow(factsOf(trouble, since, dedupKey, true), receiver, newId())])
  }
  return {
    attempted: ({ row, result, startedAt }) => {
      // What is said of trouble is none, who tries a way hears of it at once, and a change that a pager does not take hides no alert.
      if (row.kind === 'trouble' || row.kind === 'test' || row.kind === 'change') return
      const { receiver } = row
      if (result.kind === 'delivered') {
        failing.delete(receiver)
        const known = store.find(keyOf(receiver))
        if (known !== undefined) tellEnd(known)
        return
      }
      const gaveUp = result.kind === 'rejected' && row.degraded
      const before = failing.get(receiver)
      failing.set(receiver, {
        since: before?.since ?? startedAt,
        why: result.message,
        gaveUp: gaveUp || before?.gaveUp === true,
      })
    },
    absent: ({ from, to }) => void tell({ part: 'absence', from, to }, `absence ${from}`, from),
    clockJumped: (seconds) => void tell({ part: 'clock', seconds }, `clock ${now()}`, now()),
    look: () =>
      [...failing]
        .filter(([name, { since, gaveUp }]) => {
          return (gaveUp || now() - since >= FAILING_MS) && store.find(keyOf(name)) === undefined
        })
        .map(([name, { since, why }]) => tell({ part: 'receiver', name, why }, keyOf(name), since))
        .some((owed) => owed),
  }
}

const keyOf = (receiver: string) => `receiver ${receiver}`

import { isAboutAlert, isEnd, type MessageFacts } from '@tabiji/core/alert'
import { MINUTE } from '@tabiji/core/time'
import type { DeliveryResult, Notifier } from '../ports/notifier.ts'
import type { Access } from '../wire/access.ts'
import { authorizationOf } from '../wire/authorization.ts'
import type { Outgoing } from '../wire/outgoing.ts'
import { type AlertmanagerAlert, alertmanagerAlert, isOfAnother } from './alertmanager-alert.ts'
import { readAnswer } from './answers.ts'
import type { NotifierOptions } from './options.ts'

type AlertmanagerReceiver = Access & {
  readonly name: string
  /** Every member of the cluster, without `/api/v2`. */
  readonly urls: readonly string[]
}

const TIMEOUT_MS = 10_000
const MAX_ANSWER_BYTES = 64_000

/** As many as Prometheus sends at once. */
const BATCH = 64

/**
 * How long an Alertmanager believes what it was told. It is told again every half minute, so this is only for a collector that
 * is away: an alert does not end because nobody looks.
 */
const BELIEVED_MS = 60 * MINUTE
const NEWS_MS = 5 * MINUTE

const NOT_TOLD = 'An Alertmanager has said it; it is not told back'

/**
 * Alertmanager by its API v2. It keeps nothing over a restart unless it is told again, so what rings is renewed, and so for a while
 * is what has ended. Members tell each other who was notified, not what rings: each is told everything, and one that takes it
 * is enough, because the others are told again soon.
 */
export function createAlertmanagerNotifier(
  receiver: AlertmanagerReceiver,
  outgoing: Outgoing,
  { timeoutMs = TIMEOUT_MS }: Omit<NotifierOptions, 'language'> = {},
): Notifier {
  const post = async (alerts: readonly AlertmanagerAlert[], at: number, signal: AbortSignal) => {
    const { trust } = receiver
    const results = receiver.urls.map(async (url) => {
      const request = {
        url: `${url.replace(/\/+$/, '')}/api/v2/alerts`,
        method: 'POST',
        headers: { 'content-type': 'application/json', ...authorizationOf(receiver) },
        body: JSON.stringify(alerts),
        timeoutMs,
        maxBytes: MAX_ANSWER_BYTES,
        ...(trust !== undefined && { trust }),
      } as const
      return readAnswer(await outgoing.send(request, signal), at, { accepts: ({ status }) => status === 200 })
    })
    return together(await Promise.all(results))
  }
  const inTurn = createTurn()
  return {
    name: receiver.name,
    keepsOpen: true,
    deliver: (notification, { at, degraded }, signal) => {
      const { facts } = notification
      if (isOfAnother(facts)) return Promise.resolve({ kind: 'delivered', status: 204, message: NOT_TOLD })
      return inTurn(() => post([alertmanagerAlert(notification, endOf(facts, at), degraded)], at, signal))
    },
    renew: (notices, at, signal) =>
      inTurn(async () => {
        const alerts = notices()
          .filter(({ facts }) => !isOfAnother(facts))
          .map((told) => alertmanagerAlert(told, endOf(told.facts, at), false))
        const results: DeliveryResult[] = []
        for (let i = 0; i < alerts.length; i += BATCH) results.push(await post(alerts.slice(i, i + BATCH), at, signal))
        return results.find(({ kind }) => kind !== 'delivered') ?? results[0]
      }),
  }
}

/** Runs one after another: an old state that arrives after the new one would undo it. */
function createTurn(): <Result>(act: () => Promise<Result>) => Promise<Result> {
  let last: Promise<unknown> = Promise.resolve()
  return (act) => {
    const turn = last.then(act)
    last = turn.catch(() => undefined)
    return turn
  }
}

/** News is no state: it is shown for a while and goes by itself. */
function endOf(facts: MessageFacts, at: number): number {
  if (isAboutAlert(facts)) return isEnd(facts.kind) ? facts.at : at + BELIEVED_MS
  return (facts.kind === 'test' || facts.kind === 'trouble') && facts.over ? facts.at : at + NEWS_MS
}

/** One that took it is enough; otherwise whatever gives hope of another attempt. */
function together(results: readonly DeliveryResult[]): DeliveryResult {
  const missing = results.filter(({ kind }) => kind !== 'delivered').length
  const best =
    results.find(({ kind }) => kind === 'delivered') ?? results.find(({ kind }) => kind === 'retry') ?? results[0]
  if (best === undefined) throw new Error('Expected at least one Alertmanager')
  if (best.kind !== 'delivered' || missing === 0) return best
  return { ...best, message: `Not taken by ${missing} of ${results.length} members` }
}

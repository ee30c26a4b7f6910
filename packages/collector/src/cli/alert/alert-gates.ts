import { lateOf } from '@tabiji/core/alert'
import type { ShownAlert, ShownAlertDetail } from '../measure/measure-answers.ts'
import { alertTime } from './alert-time.ts'

type Notification = ShownAlertDetail['notifications'][number]
type Verdict = Notification['verdicts'][number]

/** Lines about one notification: the gates as they said last, what was decided before, every attempt, and what comes next. */
export function notificationLines(notification: Notification, alert: ShownAlert): string[][] {
  const { receiver, kind, state, createdAt, verdicts, decisions, tries, ambiguous, insteadOf } = notification
  const doubt = ambiguous ? ' (may have arrived more than once)' : ''
  const standIn = insteadOf === undefined ? '' : ` instead of ${insteadOf}`
  const next = nextOf(notification, alert)
  return [
    [alertTime(createdAt, alert), receiver, `${kind}, ${state}${doubt}${standIn}`, gatesOf(verdicts, alert)],
    ...decisions.map(({ at, outcome, verdicts: said, reason }) => [
      alertTime(at, alert),
      receiver,
      `gates: ${outcome.replaceAll('_', ' ')}`,
      reason ??
        (said
          .filter(isDeferred)
          .map((each) => verdictOf(each, alert))
          .join('; ') ||
          'all passed'),
    ]),
    ...tries.map((one) => [alertTime(one.startedAt, alert), receiver, `tried: ${one.result}`, one.message ?? '']),
    ...latenessOf(notification, alert),
    ...(next === undefined ? [] : [['', receiver, 'now', next]]),
  ]
}

/** Why it arrived late, as its message said. */
function latenessOf({ receiver, createdAt, letGoAt, decisions, tries, insteadOf }: Notification, alert: ShownAlert) {
  const place = tries.findIndex(({ result }) => result === 'delivered')
  const arrived = tries[place]
  if (arrived === undefined || insteadOf !== undefined) return []
  const held = decisions.findLast(({ outcome }) => outcome === 'held')?.verdicts ?? []
  const late = lateOf({ createdAt, letGoAt, tried: place }, held, arrived.startedAt)
  if (late === undefined) return []
  const why = late.why === 'receiver' ? 'the receiver did not take it' : `held back by ${late.why}`
  return [['', receiver, 'told late', `due at ${alertTime(late.due, alert)}: ${why}`]]
}

/** What a notification waits for, and when it is told; nothing when that is done with. */
function nextOf({ state, verdicts, notBefore, lastError, receiver }: Notification, alert: ShownAlert) {
  if (state === 'waiting') return `is told at ${alertTime(notBefore, alert)}`
  if (state === 'held') return 'waits for a person since the store was restored: tabiji outbox list'
  if (state === 'cancelled') return `is not told: ${lastError ?? 'it is not worth it any more'}`
  if (state === 'dead') return `was given up; a fallback, where there is one, is told instead of ${receiver}`
  if (state !== 'gated') return undefined
  const held = verdicts.filter(isDeferred)
  if (held.length === 0) return 'is decided at the next evaluation'
  const waits = held.map((each) => waitOf(each, alert)).join(', and ')
  return `waits for ${waits}; then it is told if the alert is still open`
}

function waitOf({ gate, until, by }: Verdict, alert: ShownAlert): string {
  if (by?.kind === 'alert') return `the end of ${by.id}`
  const end = until === undefined ? '' : ` until ${alertTime(until, alert)}`
  if (by?.kind === 'silence') return `the silence ${by.key}${end}`
  if (by?.kind === 'maintenance') return `the maintenance ${by.key}${end}`
  if (gate === 'hours') return `the desk${by?.owner === undefined ? '' : ` of ${by.owner}`}${end}`
  if (gate === 'grouping') return `others of its journey${end}`
  if (gate === 'rate_budget') return `room in the receiver’s budget${end}`
  return `${gate}${end}`
}

function gatesOf(verdicts: readonly Verdict[], alert: ShownAlert): string {
  return verdicts.map((each) => verdictOf(each, alert)).join('; ')
}

function verdictOf({ gate, verdict, until, by }: Verdict, alert: ShownAlert): string {
  const end = until === undefined ? '' : ` until ${alertTime(until, alert)}`
  const why = by === undefined ? '' : ` (${becauseOf(by)})`
  return `${gate}: ${verdict}${end}${why}`
}

function becauseOf(by: NonNullable<Verdict['by']>): string {
  if (by.kind === 'alert') return `${by.id} is open, ${by.rule}`
  if (by.kind === 'silence') return `${by.key} of ${by.owner}: ${by.reason}`
  if (by.kind === 'maintenance') return `${by.key}: ${by.reason}`
  return by.owner === undefined ? 'everybody’s desk' : `desk of ${by.owner}`
}

function isDeferred({ verdict }: Verdict): boolean {
  return verdict === 'defer'
}

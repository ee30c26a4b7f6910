import type { DeliveryResult } from '../ports/notifier.ts'
import type { OutgoingResult } from '../wire/outgoing.ts'

type Answer = { readonly status: number; readonly headers: Readonly<Record<string, string>>; readonly body: string }

/** What is particular to one kind of receiver. */
type AnswerRules = {
  readonly accepts: (answer: Answer) => boolean
  /** The receiver's own word for why it refused; only from a list that we know, because an answer may echo a secret. */
  readonly reason?: (answer: Answer) => string | undefined
}

/**
 * What an answer means, the same for every receiver that speaks HTTP:
 *
 * | answer | result | may it have arrived? |
 * |---|---|---|
 * | what the receiver documents as success | delivered | yes |
 * | 429 | retry, when it says | no: it was turned away at the door |
 * | 503 | retry, when it says | no: "currently unable to handle the request" (RFC 9110, 15.6.4) |
 * | any other 5xx | retry | yes: it failed at an unknown point, or behind a gateway that gave up |
 * | no answer in time, or a broken connection | retry | yes, unless no connection was made |
 * | 3xx | rejected: a redirect would carry secrets elsewhere | no |
 * | any other 4xx, or an unknown success | rejected | no |
 *
 * @param at when the attempt began, milliseconds; a `Retry-After` date is counted from it.
 */
export function readAnswer(result: OutgoingResult, at: number, rules: AnswerRules): DeliveryResult {
  if (result.kind === 'answer') return readStatus(result, at, rules)
  // The status came whole; only its text was longer than anybody reads.
  if (result.status !== undefined) return readStatus({ status: result.status, headers: {}, body: '' }, at, rules)
  const { failure, message, ambiguous } = result
  if (failure === 'forbidden_address') return { kind: 'rejected', failure, message }
  return { kind: 'retry', failure: failure === 'timeout' ? 'timeout' : 'unreachable', message, ambiguous }
}

function readStatus(answer: Answer, at: number, { accepts, reason }: AnswerRules): DeliveryResult {
  const { status } = answer
  if (accepts(answer)) return { kind: 'delivered', status }
  const why = reason?.(answer)
  const message = why === undefined ? `Answered ${status}` : `Answered ${status} (${why})`
  if (status !== 429 && status < 500) return { kind: 'rejected', failure: 'refused', message }
  const afterMs = retryAfter(answer.headers['retry-after'], at)
  return {
    kind: 'retry',
    failure: status === 429 ? 'rate_limited' : 'server_error',
    message,
    ...(afterMs === undefined ? {} : { afterMs }),
    ambiguous: status !== 429 && status !== 503,
  }
}

/** `Retry-After` in either form (RFC 9110, 10.2.3): whole seconds, or a date, which is turned into the time until then. */
function retryAfter(header: string | undefined, at: number): number | undefined {
  if (header === undefined) return undefined
  if (/^\d{1,9}$/.test(header)) return Number(header) * 1000
  const date = /GMT$/.test(header) ? Date.parse(header) : Number.NaN
  return Number.isNaN(date) ? undefined : Math.max(0, date - at)
}

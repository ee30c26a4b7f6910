import type { HookLog } from '../ports/hook-log.ts'
import { type HookAnswer, type HookRequest, refusal } from './hooks.ts'
import { digestOf, isSignedBy } from './signature.ts'

export type SlackDoor = {
  readonly signingSecret: () => string
  readonly log: HookLog
  /** Milliseconds. */
  readonly now: () => number
}

export const SLACK_VIA = 'slack'

/** Slack's own advice ("Verifying requests from Slack"): what is older, or from the future, is somebody's recording. */
const OLDEST_SECONDS = 300

/**
 * Whether Slack sent a request, by its signature over the time and the body.
 *
 * @returns when, and what to remember the request by; or why it is refused
 */
export function admitSlack(
  { signingSecret, now }: SlackDoor,
  { headers, body }: HookRequest,
):
  | { readonly ok: true; readonly at: number; readonly id: string }
  | { readonly ok: false; readonly answer: HookAnswer } {
  const stamp = String(headers['x-slack-request-timestamp'] ?? '')
  const signed = Buffer.concat([Buffer.from(`v0:${stamp}:`), body])
  const signature = /^v0=([0-9a-f]{64})$/i.exec(String(headers['x-slack-signature'] ?? ''))?.[1] ?? ''
  if (!/^\d{1,12}$/.test(stamp) || !isSignedBy(signingSecret(), signed, signature)) {
    const hint = 'put the Signing Secret of the Slack app (Basic Information) into `hooks.slack`'
    const message = 'Expected `X-Slack-Signature` over the time and the body'
    return { ok: false, answer: refusal(401, 'SLACK_SIGNATURE', message, hint) }
  }
  const at = now()
  if (Math.abs(Math.floor(at / 1000) - Number(stamp)) > OLDEST_SECONDS) {
    const message = 'Expected a request of the last 5 minutes'
    return { ok: false, answer: refusal(401, 'SLACK_STALE', message, 'compare the clocks of both machines') }
  }
  return { ok: true, at, id: digestOf(signed) }
}

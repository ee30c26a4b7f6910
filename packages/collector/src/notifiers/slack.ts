import type { Notifier } from '../ports/notifier.ts'
import type { Outgoing } from '../wire/outgoing.ts'
import { readAnswer } from './answers.ts'
import type { NotifierOptions } from './options.ts'
import { renderMessage } from './render.ts'
import { blockBody, plainBody } from './slack-layout.ts'

type SlackReceiver = { readonly name: string; readonly url: () => string }

const TIMEOUT_MS = 10_000
const MAX_ANSWER_BYTES = 4_000
/** "One message per second per channel", and "short bursts" are tolerated (docs.slack.dev, "Rate limits"). */
const PACE = { everyMs: 1_000, burst: 3 } as const

/** Words with which Slack refuses a webhook (docs.slack.dev, "Sending messages using incoming webhooks", errors). */
const ERRORS: readonly string[] = [
  'invalid_payload',
  'invalid_blocks',
  'invalid_blocks_format',
  'msg_blocks_too_long',
  'no_text',
  'user_not_found',
  'too_many_attachments',
  'action_prohibited',
  'invalid_token',
  'posting_to_general_channel_denied',
  'channel_not_found',
  'no_service',
  'no_service_id',
  'no_active_hooks',
  'no_team',
  'team_disabled',
  'channel_is_archived',
  'rollup_error',
]

/** Slack by an incoming webhook. It can neither edit nor tell repeats, so a repeat is marked for the reader. */
export function createSlackNotifier(
  receiver: SlackReceiver,
  outgoing: Outgoing,
  { language, timeoutMs = TIMEOUT_MS }: NotifierOptions,
): Notifier {
  return {
    name: receiver.name,
    pace: PACE,
    groups: true,
    deliver: async (notification, attempt, signal) => {
      const message = renderMessage(notification, language, attempt.mayRepeat)
      const body = JSON.stringify(attempt.degraded ? plainBody(message) : blockBody(message))
      const headers = { 'content-type': 'application/json; charset=utf-8' }
      const request = {
        url: receiver.url(),
        method: 'POST',
        headers,
        body,
        timeoutMs,
        maxBytes: MAX_ANSWER_BYTES,
      } as const
      const result = await outgoing.send(request, signal)
      return readAnswer(result, attempt.at, {
        accepts: ({ status, body: answer }) => status === 200 && answer === 'ok',
        reason: ({ body: answer }) => ERRORS.find((word) => word === answer.trim()),
      })
    },
  }
}

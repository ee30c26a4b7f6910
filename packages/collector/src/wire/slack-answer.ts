/** What a method of Slack's Web API, or a trigger of Workflow Builder, answers: JSON with `ok`. */
export type SlackAnswer = {
  readonly ok: boolean
  /** Slack's own word for why not, where it is one that we know: an answer may echo a secret. */
  readonly error?: string
  /** Where a message stands. */
  readonly channel?: string
  readonly ts?: string
}

/** Words of "Errors" of `chat.postMessage`, `chat.update` and `chat.postEphemeral` (docs.slack.dev) that may come to us. */
const ERRORS: readonly string[] = [
  'access_denied',
  'account_inactive',
  'as_user_not_supported',
  'blocked_by_policy',
  'cant_update_message',
  'channel_not_found',
  'edit_window_closed',
  'ekm_access_denied',
  'enterprise_is_restricted',
  'fatal_error',
  'internal_error',
  'invalid_arg_name',
  'invalid_arguments',
  'invalid_array_arg',
  'invalid_auth',
  'invalid_blocks',
  'invalid_blocks_format',
  'invalid_charset',
  'invalid_form_data',
  'invalid_json',
  'invalid_post_type',
  'is_archived',
  'message_limit_exceeded',
  'message_not_found',
  'missing_post_type',
  'missing_scope',
  'msg_blocks_too_long',
  'msg_too_long',
  'no_permission',
  'no_text',
  'not_allowed_token_type',
  'not_authed',
  'not_in_channel',
  'org_login_required',
  'rate_limited',
  'ratelimited',
  'request_timeout',
  'restricted_action',
  'restricted_action_read_only_channel',
  'restricted_action_thread_locked',
  'restricted_action_thread_only_channel',
  'service_unavailable',
  'team_access_not_granted',
  'team_added_to_org',
  'team_not_found',
  'token_expired',
  'token_revoked',
  'too_many_attachments',
  'user_not_in_channel',
]

/** Reads an answer; what is no JSON of that form is a refusal without a word. */
export function readSlackAnswer(body: string): SlackAnswer {
  const { ok, error, channel, ts } = parse(body)
  const word = ERRORS.find((known) => known === error)
  return {
    ok: ok === true,
    ...(word !== undefined && { error: word }),
    ...(typeof channel === 'string' && CHANNEL.test(channel) && { channel }),
    ...(typeof ts === 'string' && TS.test(ts) && { ts }),
  }
}

const CHANNEL = /^[A-Z0-9]{2,40}$/
const TS = /^\d{1,20}\.\d{1,20}$/

function parse(body: string): Readonly<Record<string, unknown>> {
  try {
    const document = JSON.parse(body) as unknown
    return typeof document === 'object' && document !== null ? (document as Record<string, unknown>) : {}
  } catch {
    return {}
  }
}

import type { Acknowledging } from '../../ports/acknowledging.ts'
import type { EpisodeRecord } from '../../ports/alert-store.ts'
import type { HookLog } from '../../ports/hook-log.ts'
import type { PressOutcome, PressPlace } from '../../ports/slack-press.ts'
import type { Result, Work } from '../../ports/work.ts'
import { readPressValue, readSlackInteraction, SLACK_ACTION, type SlackPress } from '../../wire/slack-interaction.ts'
import { type Hook, type HookAnswer, type HookRequest, refusal } from '../hooks.ts'
import { admitSlack, SLACK_VIA } from '../slack-signature.ts'

export type SlackHookOptions = {
  readonly signingSecret: () => string
  readonly acknowledging: Pick<Acknowledging, 'acknowledge'>
  readonly work: Pick<Work, 'openIncident' | 'listIncidents'>
  readonly findEpisode: (id: string) => EpisodeRecord | undefined
  /** Says to who pressed what came of it. Is not waited for: Slack gives three seconds. */
  readonly answer: (place: PressPlace, outcome: PressOutcome) => void
  readonly log: HookLog
  /** Milliseconds. */
  readonly now: () => number
}

/** A press brings the message along that it was in. */
const MAX_BYTES = 256 * 1024

const VIA = SLACK_VIA

/** Buttons that people press in Slack: who takes an alert there has taken it. */
export function createSlackHook(options: SlackHookOptions): Hook {
  return { path: '/slack/interactions', maxBytes: MAX_BYTES, receive: (request) => receive(options, request) }
}

function receive(options: SlackHookOptions, request: HookRequest): HookAnswer {
  const admitted = admitSlack(options, request)
  if (!admitted.ok) return admitted.answer
  const { at, id } = admitted
  const { body } = request
  if (options.log.knows(VIA, id)) return refusal(409, 'SLACK_REPEATED', 'This request has been taken already')
  const read = readSlackInteraction(body.toString('utf8'))
  if (!read.ok) return refusal(400, 'SLACK_UNREADABLE', `Expected another value at \`${read.where}\``)
  const answer = act(options, read.press, at)
  options.log.remember(VIA, [id], at)
  return answer
}

/** Slack wants an empty answer, at once; who pressed is answered by a message of their own. */
const TAKEN: HookAnswer = { status: 200 }

function act(options: SlackHookOptions, { action, value, channel, user }: SlackPress, at: number): HookAnswer {
  // Slack tells of buttons that only open an address as well.
  if (action.startsWith(`${SLACK_ACTION.link}_`)) return TAKEN
  const about = readPressValue(value)
  const isKnown = action === SLACK_ACTION.acknowledge || action === SLACK_ACTION.openIncident
  if (!isKnown || about === undefined) {
    return refusal(400, 'SLACK_ACTION', 'Expected a button of a message of this collector')
  }
  const { receiver, episode } = about
  const outcome =
    action === SLACK_ACTION.acknowledge
      ? take(options, episode, user.name, at)
      : openIncident(options, episode, user.name)
  options.answer({ receiver, channel, user: user.id }, outcome)
  return TAKEN
}

function take({ acknowledging }: SlackHookOptions, episode: string, by: string, at: number): PressOutcome {
  const result = acknowledging.acknowledge(episode, { by, at, via: VIA })
  return result.ok ? { kind: 'taken', episode, by } : refusedBy(episode, result)
}

/** One for each alert: many press when something rings. */
function openIncident({ work, findEpisode }: SlackHookOptions, episode: string, by: string): PressOutcome {
  const record = findEpisode(episode)
  if (record === undefined) return { kind: 'refused', episode, message: `There is no alert ${episode}` }
  const { facts, level } = record
  if (facts.drill !== undefined) {
    return { kind: 'refused', episode, message: `It belongs to the drill ${facts.drill}, which has its own incident` }
  }
  const known = work.listIncidents('all').find(({ episodes }) => episodes.includes(episode))
  if (known !== undefined) return { kind: 'isOpen', episode, incident: known.key }
  const { name, title } = facts.journey
  const stated = { title: `${title.en} (${episode})`, level, journeys: [name], episodes: [episode], drill: false }
  const opened = work.openIncident({ type: 'open', ...stated }, by)
  return opened.ok ? { kind: 'opened', episode, incident: opened.value.incident.key } : refusedBy(episode, opened)
}

function refusedBy(episode: string, { problems }: Extract<Result<never>, { ok: false }>): PressOutcome {
  if (problems.some(({ code }) => code === 'ALERT_OVER')) return { kind: 'over', episode }
  return { kind: 'refused', episode, message: problems.map(({ message }) => message).join('; ') }
}

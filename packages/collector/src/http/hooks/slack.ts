import { type IncidentSummary, incidentTitle } from '@tabiji/core/incident'
import type { Acknowledging } from '../../ports/acknowledging.ts'
import type { EpisodeRecord } from '../../ports/alert-store.ts'
import type { HookLog } from '../../ports/hook-log.ts'
import type { IncidentPresses, PressOutcome, PressPlace } from '../../ports/slack-press.ts'
import type { Result, Work } from '../../ports/work.ts'
import {
  MOST_OPTIONS,
  readPressValue,
  readRoleAction,
  readSlackInteraction,
  readTickBlock,
  SLACK_ACTION,
  type SlackPress,
} from '../../wire/slack-interaction.ts'
import { type Hook, type HookAnswer, type HookRequest, refusal } from '../hooks.ts'
import { admitSlack, SLACK_VIA } from '../slack-signature.ts'

export type SlackHookOptions = {
  readonly signingSecret: () => string
  readonly acknowledging: Pick<Acknowledging, 'acknowledge'>
  readonly work: Pick<Work, 'openIncident' | 'listIncidents'>
  readonly presses: IncidentPresses
  /** Of the title that an incident begins with. */
  readonly language: 'en' | 'ja'
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

function act(options: SlackHookOptions, press: SlackPress, at: number): HookAnswer {
  // Slack tells of buttons that only open an address as well.
  if (press.action.startsWith(`${SLACK_ACTION.link}_`)) return TAKEN
  const done = press.action.startsWith(`${SLACK_ACTION.tick}_`) ? tick(options, press) : pressed(options, press, at)
  if (done === undefined) return refusal(400, 'SLACK_ACTION', 'Expected a button of a message of this collector')
  const { channel, thread, user } = press
  const place = { receiver: done.receiver, channel, ...(thread !== undefined && { thread }), user: user.id }
  // What is ticked is seen in the message itself.
  if (done.outcome !== undefined) options.answer(place, done.outcome)
  return TAKEN
}

type Done = { readonly receiver: string; readonly outcome: PressOutcome | undefined }

function pressed(options: SlackHookOptions, { action, value, user }: SlackPress, at: number): Done | undefined {
  const read = readPressValue(value)
  if (read === undefined) return undefined
  const { receiver, about } = read
  const role = readRoleAction(action)
  if (role !== undefined) return { receiver, outcome: options.presses.takeRole(about, role, user.name) }
  if (action === SLACK_ACTION.acknowledge) return { receiver, outcome: take(options, about, user.name, at) }
  if (action === SLACK_ACTION.openIncident) return { receiver, outcome: openIncident(options, about, user.name) }
  return undefined
}

function tick({ presses }: SlackHookOptions, { block, selected, user }: SlackPress): Done | undefined {
  const boxes = readTickBlock(block)
  if (boxes === undefined) return undefined
  const { part, ...shown } = boxes
  const ten = { from: part * MOST_OPTIONS, count: MOST_OPTIONS }
  return { receiver: boxes.receiver, outcome: presses.tick({ ...shown, ...ten, selected }, user.name) }
}

function take({ acknowledging }: SlackHookOptions, episode: string, by: string, at: number): PressOutcome {
  const result = acknowledging.acknowledge(episode, { by, at, via: VIA })
  return result.ok ? { kind: 'taken', episode, by } : refusedBy(episode, result)
}

/** One for each alert: many press when something rings. */
function openIncident({ work, findEpisode, language }: SlackHookOptions, episode: string, by: string): PressOutcome {
  const record = findEpisode(episode)
  if (record === undefined) return { kind: 'refused', episode, message: `There is no alert ${episode}` }
  const { facts, level } = record
  if (facts.drill !== undefined) {
    return { kind: 'refused', episode, message: `It belongs to the drill ${facts.drill}, which has its own incident` }
  }
  const isAbout = ({ episodes, mergedInto }: IncidentSummary) => mergedInto === undefined && episodes.includes(episode)
  const known = work.listIncidents('all').find(isAbout)
  if (known !== undefined) return { kind: 'isOpen', episode, incident: known.key }
  const title = incidentTitle(facts, language)
  const stated = { title, level, journeys: [facts.journey.name], episodes: [episode], drill: false }
  const opened = work.openIncident({ type: 'open', ...stated }, by)
  return opened.ok ? { kind: 'opened', episode, incident: opened.value.incident.key } : refusedBy(episode, opened)
}

function refusedBy(episode: string, { problems }: Extract<Result<never>, { ok: false }>): PressOutcome {
  if (problems.some(({ code }) => code === 'ALERT_OVER')) return { kind: 'over', episode }
  return { kind: 'refused', episode, message: problems.map(({ message }) => message).join('; ') }
}

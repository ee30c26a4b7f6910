import { createSlackCommandHook } from '../http/hooks/slack-command.ts'
import { createSlackPinHook } from '../http/hooks/slack-pin.ts'
import type { Hook } from '../http/hooks.ts'
import { createIncidentChat } from '../jobs/incident/incident-chat.ts'
import { createSlackDesk } from '../notifiers/slack-desk.ts'
import type { House } from './house.ts'

/** The timeline in Slack: slash commands, and pins where a bot can read the messages. */
export function slackTimelineHooks({ config, stores, work, timelines, outgoing, now }: House): readonly Hook[] {
  const { slack } = config.hooks
  if (slack === undefined) return []
  const { language } = config
  const chat = createIncidentChat({ stores, timelines, work })
  const door = { ...slack, chat, language, log: stores.hooks, now }
  const bot = config.receivers.find((receiver) => receiver.kind === 'slack-bot')
  return [
    createSlackCommandHook(door),
    ...(bot === undefined ? [] : [createSlackPinHook({ ...door, desk: createSlackDesk(bot, outgoing) })]),
  ]
}

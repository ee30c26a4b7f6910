import type { Config, Receiver } from '../config/config.ts'
import { createAlertmanagerNotifier } from '../notifiers/alertmanager.ts'
import { createEmailNotifier } from '../notifiers/email.ts'
import { createPagerDutyNotifier } from '../notifiers/pagerduty.ts'
import { createSlackNotifier } from '../notifiers/slack.ts'
import { createSlackBotNotifier, createSlackWhisper, type SlackWhisper } from '../notifiers/slack-bot.ts'
import { createSlackWorkflowNotifier } from '../notifiers/slack-workflow.ts'
import { createWebhookNotifier } from '../notifiers/webhook.ts'
import type { Notifier } from '../ports/notifier.ts'
import type { Outgoing } from '../wire/outgoing.ts'

/** A notifier for each configured receiver. */
export function createNotifiers(config: Config, outgoing: Outgoing): readonly Notifier[] {
  return config.receivers.map((receiver) => createNotifier(receiver, outgoing, config))
}

/** Who answers presses, by the receiver whose message has the button. */
export function createWhispers({ receivers, language }: Config, outgoing: Outgoing): ReadonlyMap<string, SlackWhisper> {
  return new Map(
    receivers.flatMap((receiver) =>
      receiver.kind === 'slack-bot' ? [[receiver.name, createSlackWhisper(receiver, outgoing, { language })]] : [],
    ),
  )
}

function createNotifier(receiver: Receiver, outgoing: Outgoing, { language, hooks }: Config): Notifier {
  const options = { language }
  switch (receiver.kind) {
    case 'webhook':
      return createWebhookNotifier(receiver, outgoing, options)
    case 'slack':
      return createSlackNotifier(receiver, outgoing, options)
    case 'slack-workflow':
      return createSlackWorkflowNotifier(receiver, outgoing, options)
    case 'slack-bot':
      return createSlackBotNotifier(receiver, outgoing, { ...options, isHeard: hooks.slack !== undefined })
    case 'pagerduty':
      return createPagerDutyNotifier(receiver, outgoing, options)
    case 'alertmanager':
      return createAlertmanagerNotifier(receiver, outgoing)
    case 'email':
      return createEmailNotifier(receiver, options)
  }
}

import type { Config, Receiver } from '../config/config.ts'
import { createAlertmanagerNotifier } from '../notifiers/alertmanager.ts'
import { createEmailNotifier } from '../notifiers/email.ts'
import { createPagerDutyNotifier } from '../notifiers/pagerduty.ts'
import { createSlackNotifier } from '../notifiers/slack.ts'
import { createSlackWorkflowNotifier } from '../notifiers/slack-workflow.ts'
import { createWebhookNotifier } from '../notifiers/webhook.ts'
import type { Notifier } from '../ports/notifier.ts'
import type { Outgoing } from '../wire/outgoing.ts'

/** A notifier for each configured receiver. */
export function createNotifiers({ receivers, language }: Config, outgoing: Outgoing): readonly Notifier[] {
  return receivers.map((receiver) => createNotifier(receiver, outgoing, { language }))
}

function createNotifier(receiver: Receiver, outgoing: Outgoing, options: Pick<Config, 'language'>): Notifier {
  switch (receiver.kind) {
    case 'webhook':
      return createWebhookNotifier(receiver, outgoing, options)
    case 'slack':
      return createSlackNotifier(receiver, outgoing, options)
    case 'slack-workflow':
      return createSlackWorkflowNotifier(receiver, outgoing, options)
    case 'pagerduty':
      return createPagerDutyNotifier(receiver, outgoing, options)
    case 'alertmanager':
      return createAlertmanagerNotifier(receiver, outgoing)
    case 'email':
      return createEmailNotifier(receiver, options)
  }
}

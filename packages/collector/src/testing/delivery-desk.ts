import { onTestFinished } from 'vitest'
import { createDelivery, type Delivery, type DeliveryAttempt } from '../jobs/delivery/deliver.ts'
import type { HeldBy } from '../jobs/delivery/lateness.ts'
import { createPagerDutyNotifier } from '../notifiers/pagerduty.ts'
import { createSlackNotifier } from '../notifiers/slack.ts'
import { type FakePagerDuty, startFakePagerDuty } from '../notifiers/testing/fake-pagerduty.ts'
import { type FakeSlack, startFakeSlack } from '../notifiers/testing/fake-slack.ts'
import { type LoopbackReceiver, type Reply, startReceiver } from '../notifiers/testing/receiver.ts'
import { createWebhookNotifier } from '../notifiers/webhook.ts'
import type { AlertStore } from '../ports/alert-store.ts'
import type { Notifier } from '../ports/notifier.ts'
import { createOutgoing } from '../wire/outgoing.ts'
import { STARTED_AT } from './alert.ts'

type DeliveryDesk = {
  /** Moved by the test. */
  readonly clock: { now: number }
  readonly pager: FakePagerDuty
  readonly chat: FakeSlack
  /** A plain receiver of webhooks; `hookScript` answers before 200. */
  readonly hook: LoopbackReceiver
  readonly hookScript: Reply[]
  readonly notifiers: readonly Notifier[]
  readonly attempts: readonly DeliveryAttempt[]
  /** A delivery over a store, with half of each wait as jitter and `chat` as the fallback. */
  deliveryOf(
    store: AlertStore,
    changes?: { readonly notifiers?: readonly Notifier[]; readonly heldBy?: HeldBy },
  ): Delivery
}

/** Three real receivers on loopback and the notifiers to reach them: `pager`, `chat` and `hook`. */
export async function openDeliveryDesk(): Promise<DeliveryDesk> {
  const hookScript: Reply[] = []
  const [pager, chat, hook, outgoing] = [
    await startFakePagerDuty(),
    await startFakeSlack(),
    await startReceiver(() => hookScript.shift() ?? { status: 200 }),
    createOutgoing(),
  ]
  onTestFinished(async () => {
    await Promise.all([pager.close(), chat.close(), hook.close()])
    outgoing.close()
  })
  const options = { language: 'en', timeoutMs: 2_000 } as const
  const secret = () => 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'
  const notifiers = [
    createPagerDutyNotifier({ name: 'pager', routingKey: () => pager.routingKey, url: pager.url }, outgoing, options),
    createSlackNotifier({ name: 'chat', url: () => chat.hook }, outgoing, options),
    createWebhookNotifier({ name: 'hook', url: () => hook.url, secret }, outgoing, options),
  ]
  const clock = { now: STARTED_AT }
  const attempts: DeliveryAttempt[] = []
  return {
    ...{ clock, pager, chat, hook, hookScript, notifiers, attempts },
    deliveryOf: (store, changes) =>
      createDelivery({
        store,
        notifiers,
        fallback: 'chat',
        now: () => clock.now,
        random: () => 0.5,
        onAttempt: (attempt) => attempts.push(attempt),
        ...changes,
      }),
  }
}

import { onTestFinished } from 'vitest'
import { startFakePagerDuty } from '../../../../packages/collector/src/notifiers/testing/fake-pagerduty.ts'
import { startFakeSlack } from '../../../../packages/collector/src/notifiers/testing/fake-slack.ts'
import { startHook } from './hook.ts'

/** A pager, a chat and a webhook on loopback that take only what their kind's documents allow. */
export async function openBells() {
  const [pager, chat, hook] = await Promise.all([startFakePagerDuty(), startFakeSlack(), startHook()])
  onTestFinished(async () => void (await Promise.all([pager.close(), chat.close(), hook.close()])))
  return {
    pager,
    chat,
    hook,
    receivers: {
      pager: { kind: 'pagerduty', url: pager.url, routingKey: pager.routingKey },
      chat: { kind: 'slack', url: chat.hook },
      hook: hook.receiver,
    } as const,
  }
}

export type Bells = Awaited<ReturnType<typeof openBells>>

/** Messages that a chat heard, each with whether it says that it may be a repeat. */
export function marksOf({ chat }: Pick<Bells, 'chat'>): readonly boolean[] {
  return chat.received.map(({ body }) => body.includes('may be a repeat'))
}

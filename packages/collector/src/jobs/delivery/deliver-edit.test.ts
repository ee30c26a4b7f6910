import { expect, onTestFinished, test } from 'vitest'
import { createSlackBotNotifier } from '../../notifiers/slack-bot.ts'
import { BOT_TOKEN, startFakeSlackBot } from '../../notifiers/testing/fake-slack-bot.ts'
import { commitOf, OVER, rowOf } from '../../testing/alert.ts'
import { openAlertDesk } from '../../testing/alert-desk.ts'
import { openDeliveryDesk } from '../../testing/delivery-desk.ts'
import { createOutgoing } from '../../wire/outgoing.ts'

const NEVER = new AbortController().signal

async function open() {
  const [alerts, desk, slack, outgoing] = [
    openAlertDesk(),
    await openDeliveryDesk(),
    await startFakeSlackBot(),
    createOutgoing(),
  ]
  onTestFinished(async () => {
    await slack.close()
    outgoing.close()
  })
  const bot = createSlackBotNotifier(
    { name: 'bot', token: () => BOT_TOKEN, channel: 'C0123ABCD', url: slack.api },
    outgoing,
    { language: 'en', isHeard: true },
  )
  /** By a new process, at a time when everything is due. */
  const deliver = (store: typeof alerts.store) => {
    desk.clock.now = OVER.at + 3_600_000
    return desk.deliveryOf(store, { notifiers: [bot] }).pump(NEVER)
  }
  return { alerts, slack, deliver }
}

test('after a restart the same message is edited', async () => {
  const { alerts, slack, deliver } = await open()
  alerts.store.commitAlerts(commitOf(rowOf('trigger', 'bot')))
  await deliver(alerts.store)
  const store = alerts.reopen()
  store.commitAlerts(commitOf(rowOf('resolve', 'bot')))
  await deliver(store)
  expect(slack.calls.map(({ method, ts, thread_ts }) => [method, ts ?? thread_ts])).toEqual([
    ['chat.postMessage', undefined],
    ['chat.update', '1792471140.000001'],
    ['chat.postMessage', '1792471140.000001'],
  ])
  expect(store.outboxOf('A-0042').map(({ ref }) => ref)).toEqual(Array(2).fill('C0123ABCD 1792471140.000001'))
})

test('after a post of unknown fate a new message says that it may be a repeat, and that one is edited', async () => {
  const { alerts, slack, deliver } = await open()
  slack.script.set('chat.postMessage', ['reset'])
  const { store } = alerts
  store.commitAlerts(commitOf(rowOf('trigger', 'bot')))
  await deliver(store)
  store.retryNow(OVER.at, 0)
  await deliver(store)
  store.commitAlerts(commitOf(rowOf('resolve', 'bot')))
  await deliver(store)
  expect(slack.calls.map(({ method }) => method)).toEqual(['chat.postMessage', 'chat.update', 'chat.postMessage'])
  expect(JSON.stringify(slack.calls[0])).toContain('(may be a repeat)')
})

test('another alert has its own message', async () => {
  const { alerts, slack, deliver } = await open()
  const other = rowOf('trigger', 'bot', { id: 'n-other', topic: 'A-0043' })
  alerts.store.commitAlerts(commitOf(rowOf('trigger', 'bot'), other))
  await deliver(alerts.store)
  expect(slack.calls.map(({ method }) => method)).toEqual(['chat.postMessage', 'chat.postMessage'])
})

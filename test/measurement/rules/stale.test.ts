import { once } from 'node:events'
import { expect, onTestFinished, test } from 'vitest'
import { untilSettled } from '../../alerting/delivery/testing/house.ts'
import { type Daemon, startDaemon } from '../ledger/testing/daemon.ts'
import { openHouse } from './testing/house.ts'

const PATIENCE = { timeout: 90_000, interval: 50 }

test('a service that nobody can read is told of once, also by a daemon that is killed meanwhile, until it is back', async () => {
  const house = await openHouse('', 'staleAfter: { after: 5s, level: 1 }')
  onTestFinished(house.close)
  const start = async (): Promise<Daemon> => {
    const daemon = await startDaemon(house.folder)
    onTestFinished(() => void daemon.child.kill('SIGKILL'))
    return daemon
  }
  const kill = async ({ child }: Daemon) => {
    child.kill('SIGKILL')
    await once(child, 'close')
  }
  const told = () => house.messages.map(({ type }) => type)
  const first = await start()
  house.counts.good = 5
  await expect.poll(() => first.booked(), PATIENCE).toBe(5)

  house.mood.silent = true
  await kill(first)
  const second = await start()
  await expect.poll(told, PATIENCE).toEqual(['alert.triggered'])
  expect(house.messages[0]).toMatchObject({
    data: { level: 1, rule: 'checkout/alerts/stale', cause: { kind: 'simple', unread: ['shop'] } },
  })
  expect(house.messages[0]?.data).toMatchObject({
    title: '▲ LEVEL 1 · Check out: nothing could be read of shop for more than 5 s',
  })

  // One that is killed before it has written down that it told would tell it again, and say so.
  await untilSettled(second)
  await kill(second)
  const third = await start()
  house.mood.silent = false
  await expect.poll(told, PATIENCE).toEqual(['alert.triggered', 'alert.resolved'])
  expect(await third.end()).toBe(0)
}, 240_000)

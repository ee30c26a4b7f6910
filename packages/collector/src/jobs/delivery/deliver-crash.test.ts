import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { expect, onTestFinished, test } from 'vitest'
import type { OutboxRow } from '../../ports/alert-store.ts'
import { commitOf, OVER, rowOf, STARTED_AT } from '../../testing/alert.ts'
import { openAlertDesk, storeFile } from '../../testing/alert-desk.ts'
import { openDeliveryDesk } from '../../testing/delivery-desk.ts'

const CHILD = fileURLToPath(new URL('../../testing/delivery-child.mjs', import.meta.url))
const NEVER = new AbortController().signal
const MINUTE = 60_000

/** A file that a killed collector leaves behind, and a chat that it may have reached. */
async function openCrashSite() {
  const desk = await openDeliveryDesk()
  const file = storeFile()
  let child: ChildProcess | undefined
  onTestFinished(() => void child?.kill('SIGKILL'))
  return {
    ...desk,
    /** Runs a collector and kills it at the stage, or when the event comes if one is given. */
    killAt: async (stage: string, event?: Promise<void>) => {
      const commit = commitOf(rowOf('trigger', 'chat'))
      const order = { stage, file, hook: desk.chat.hook, commit, now: desk.clock.now }
      child = fork(CHILD, [JSON.stringify(order)])
      const exit = once(child, 'exit') as Promise<[code: number | null, signal: string | null]>
      const early = exit.then(([code]) => Promise.reject(new Error(`The child ended by itself (${code})`)))
      await Promise.race([event ?? once(child, 'message'), early])
      early.catch(() => undefined)
      child.kill('SIGKILL')
      expect(await exit).toEqual([null, 'SIGKILL'])
    },
    /** Starts again on the file, learns what has come meanwhile, and sends what is owed. */
    restart: async (...owed: readonly OutboxRow[]) => {
      const { store, close } = openAlertDesk(file)
      const before = store.outboxOf('A-0042')
      if (owed.length > 0) store.commitAlerts(commitOf(...owed))
      await desk.deliveryOf(store).pump(NEVER)
      const after = store.outboxOf('A-0042')
      close()
      return { before, after }
    },
    /** For each message that came whole: whether it says that it may be a repeat. */
    marks: () => desk.chat.received.map(({ body }) => body.includes('(may be a repeat)')),
  }
}

test('killed before the commit: nothing has happened', async () => {
  const site = await openCrashSite()
  await site.killAt('before the commit')
  expect(await site.restart()).toEqual({ before: [], after: [] })
  expect(site.chat.received).toEqual([])
})

test('killed between commit and sending: it is sent at the start, once and unmarked', async () => {
  const site = await openCrashSite()
  await site.killAt('before it is sent')
  expect(site.chat.received).toEqual([])
  const { before, after } = await site.restart()
  expect(before).toMatchObject([{ state: 'waiting', attempts: 0, ambiguous: false }])
  expect(after).toMatchObject([{ state: 'delivered', attempts: 1 }])
  await site.restart()
  expect(site.marks()).toEqual([false])
})

test('killed in the middle of sending: exactly one repeat, marked', async () => {
  const site = await openCrashSite()
  site.chat.script.push('hang')
  await site.killAt('while it is sent', site.chat.arrived(1))
  const { before, after } = await site.restart()
  expect(before).toMatchObject([{ state: 'waiting', attempts: 1, ambiguous: true }])
  expect(after).toMatchObject([{ state: 'delivered', attempts: 2 }])
  await site.restart()
  expect(site.marks()).toEqual([false, true])
})

test('killed before its request leaves, and over by the start: the end alone is told, because the beginning may have arrived', async () => {
  const site = await openCrashSite()
  await site.killAt('before it leaves')
  site.clock.now = OVER.at
  const { before, after } = await site.restart(rowOf('resolve', 'chat'))
  expect(before).toMatchObject([{ kind: 'trigger', state: 'waiting', attempts: 1, ambiguous: true }])
  expect(after).toMatchObject([
    { kind: 'trigger', state: 'cancelled', attempts: 1, ambiguous: true },
    { kind: 'resolve', state: 'delivered', attempts: 1 },
  ])
  expect(site.chat.messages).toMatchObject([{ text: expect.stringContaining('RESOLVED') }])
})

test('killed between sending and recording: exactly one repeat, marked', async () => {
  const site = await openCrashSite()
  await site.killAt('before it is recorded')
  expect(site.chat.messages).toHaveLength(1)
  const { after } = await site.restart()
  expect(after).toMatchObject([{ state: 'delivered', attempts: 2, ambiguous: true }])
  await site.restart()
  expect(site.marks()).toEqual([false, true])
})

test('killed while it waits to try again: it goes on waiting, then tries again', async () => {
  const site = await openCrashSite()
  site.chat.script.push({ status: 503 })
  await site.killAt('while it waits')
  const early = await site.restart()
  expect(early.after).toMatchObject([
    { state: 'waiting', attempts: 1, ambiguous: false, notBefore: STARTED_AT + 15_000 },
  ])
  expect(site.chat.received).toHaveLength(1)
  site.clock.now += MINUTE
  expect((await site.restart()).after).toMatchObject([{ state: 'delivered', attempts: 2 }])
  expect(site.marks()).toEqual([false, false])
})

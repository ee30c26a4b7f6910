import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { expect, onTestFinished, test, vi } from 'vitest'
import { openShop } from './testing/shop.ts'

vi.setConfig({ testTimeout: 180_000 })
const SERVICE = fileURLToPath(new URL('./testing/pushing-service.mjs', import.meta.url))
const WAIT = { timeout: 60_000, interval: 100 }

type Doubt = { readonly from: string; readonly to?: string; readonly estimate: readonly number[] }

/** A service that pushes, and when each of its events happened. */
function startService(url: string) {
  const child: ChildProcess = spawn(process.execPath, [SERVICE, url], { stdio: ['ignore', 'pipe', 'inherit'] })
  onTestFinished(() => void child.kill('SIGKILL'))
  let written = ''
  child.stdout?.on('data', (bytes: Buffer) => {
    written += bytes.toString()
  })
  const end = async (signal: NodeJS.Signals) => {
    const gone = once(child, 'close')
    child.kill(signal)
    await gone
    return written.split('\n').filter(Boolean).map(Number)
  }
  return { end }
}

async function openForShop() {
  const shop = openShop(['shop'], '1s')
  const daemon = await shop.start()
  const doubts = async () => {
    const answer = await fetch(`${daemon.api}/api/v1/doubts?state=all`)
    return ((await answer.json()) as { doubts: readonly Doubt[] }).doubts
  }
  return { shop, daemon, doubts }
}

test('a service that pushes and is killed leaves a doubt that covers every event that is missing', async () => {
  const { shop, daemon, doubts } = await openForShop()
  const service = startService(daemon.ingest)
  await vi.waitFor(async () => expect(await daemon.booked()).toBeGreaterThan(100), WAIT)
  const happened = await service.end('SIGKILL')
  await vi.waitFor(async () => expect(await doubts()).toMatchObject([{ to: expect.any(String) }]), WAIT)
  const [doubt] = await doubts()
  await daemon.end()
  const booked = (await shop.books())['shop/pay']?.[0] ?? 0
  expect(booked).toBeLessThanOrEqual(happened.length)
  const [from, to] = [Date.parse(doubt?.from ?? ''), Date.parse(doubt?.to ?? '')]
  expect(happened.slice(booked).filter((at) => at < from || at > to)).toEqual([])
  expect(await shop.verify()).toBe(0)
})

test('a service that pushes and ends in order leaves none', async () => {
  const { shop, daemon, doubts } = await openForShop()
  const service = startService(daemon.ingest)
  await vi.waitFor(async () => expect(await daemon.booked()).toBeGreaterThan(100), WAIT)
  const happened = await service.end('SIGTERM')
  // Longer than a silence that is doubted, and than the turns in which somebody looks.
  await new Promise((done) => setTimeout(done, 5_000))
  expect(await doubts()).toEqual([])
  await daemon.end()
  expect((await shop.books())['shop/pay']?.[0]).toBe(happened.length)
})

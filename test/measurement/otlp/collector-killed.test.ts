import { setTimeout as pause } from 'node:timers/promises'
import { expect, test, vi } from 'vitest'
import { encodePush } from '../../../packages/collector/src/wire/testing/otlp-bodies.ts'
import { FULL, random, tellFigures } from '../ledger/testing/house.ts'
import { openShop } from './testing/shop.ts'

const PUSHES = FULL ? 100 : 6
vi.setConfig({ testTimeout: FULL ? 2_400_000 : 180_000 })

/** A push of events since the last one, or since the beginning. */
function pushOf(service: string, from: number, to: number, good: number, temporality: 1 | 2): Uint8Array {
  const attributes = { journey: 'checkout', step: 'pay', outcome: 'good' }
  const points = [{ attributes, from, to, asInt: BigInt(good) }]
  const metrics = [{ name: 'journey.step.events', temporality, points }]
  return encodePush([{ attributes: { 'service.name': service, 'service.instance.id': `${service}-1` }, metrics }])
    .protobuf
}

async function push(ingest: string, body: Uint8Array): Promise<number> {
  const headers = { 'content-type': 'application/x-protobuf' }
  const init = {
    method: 'POST',
    headers,
    body: body as NonNullable<RequestInit['body']>,
    signal: AbortSignal.timeout(20_000),
  }
  return (await fetch(`${ingest}/v1/metrics`, init)).status
}

test('a push whose daemon is killed is pushed again, and counts once', async () => {
  const shop = openShop(['sums', 'additions'])
  let daemon = await shop.start()
  const began = Date.now()
  let from = began
  let total = 0
  let answered = 0
  for (let n = 1; n <= PUSHES; n++) {
    await pause(20)
    const to = Date.now()
    total += n
    const bodies = [pushOf('sums', began, to, total, 2), pushOf('additions', from, to, n, 1)]
    from = to
    const { ingest } = daemon
    const first = Promise.allSettled(bodies.map((body) => push(ingest, body)))
    // Before, in and after the commit, which comes 100 ms after the push.
    await pause(random(60, 160))
    daemon.child.kill('SIGKILL')
    answered += (await first).filter(({ status }) => status === 'fulfilled').length
    await daemon.end()
    daemon = await shop.start()
    for (const body of bodies) expect(await push(daemon.ingest, body)).toBe(200)
  }
  await daemon.end()
  expect(await shop.books()).toEqual({ 'sums/pay': [total, 0, 0, 0], 'additions/pay': [total, 0, 0, 0] })
  expect(await shop.verify()).toBe(0)
  tellFigures({ pushes: PUSHES, answeredBeforeKill: answered, total })
})

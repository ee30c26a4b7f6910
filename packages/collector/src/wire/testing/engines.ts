import { onTestFinished } from 'vitest'
import { createEngine, type Engine } from '../engine.ts'
import { createOutgoing } from '../outgoing.ts'

/** A client of a real server, with a tenant and a secret; its connections end with the test. */
export function engineAt(url: string, { maxBytes = 10_000, maxSeries = 3, timeoutMs = 5_000 } = {}): Engine {
  const outgoing = createOutgoing()
  onTestFinished(() => outgoing.close())
  const headers = () => ({ 'x-scope-orgid': 'shop', authorization: 'Bearer hunter2' })
  return createEngine({ url, headers, timeoutMs }, outgoing, { maxBytes, maxSeries })
}

import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A service that is read by scrape: what it says to have counted of `pay`, and how long that took, is set by the test. */
export async function startTill(startedAt: number) {
  const pay = { good: 0, slow: 0, error: 0 }
  /** Events of `pay` by upper edge in seconds; not cumulative. */
  const took = new Map<string, number>()
  const started = new Date(startedAt).toISOString()
  const server = createServer((_request, response) => {
    const line = (step: string, outcome: string, count: number) =>
      `journey_step_events_total{journey="checkout",step="${step}",outcome="${outcome}"} ${count}\n`
    response.setHeader('content-type', 'text/plain; version=0.0.4')
    response.end(
      Object.entries(pay)
        .map(([outcome, count]) => line('pay', outcome, count))
        .join('') +
        buckets(took) +
        `journey_definition_info{process_id="till-1",fingerprint="f",sdk_version="0",started_at="${started}"} 1\n`,
    )
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/metrics`,
    pay,
    took,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

/** As every exporter prints a histogram: each bucket holds those below it too. */
function buckets(took: ReadonlyMap<string, number>): string {
  let below = 0
  return [...took]
    .map(([le, events]) => {
      below += events
      return `journey_step_duration_seconds_bucket{journey="checkout",step="pay",le="${le}"} ${below}\n`
    })
    .join('')
}

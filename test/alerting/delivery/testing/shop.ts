import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A service of many journeys that says what it has counted. A test makes errors happen by adding to `errors`. */
export async function startShop(journeys: readonly string[]) {
  const errors = new Map(journeys.map((name) => [name, 0]))
  // It begins when it is first read, so that all of it is counted however long the collector took to start.
  let startedAt: string | undefined
  let reads = 0
  const server = createServer((_request, response) => {
    const lines = [...errors].map(
      ([name, count]) => `journey_step_events_total{journey="${name}",step="pay",outcome="error"} ${count}\n`,
    )
    startedAt ??= new Date().toISOString()
    const info = `journey_definition_info{process_id="p-1",fingerprint="f",sdk_version="0",started_at="${startedAt}"} 1\n`
    reads += 1
    response.setHeader('content-type', 'text/plain; version=0.0.4')
    response.end(lines.join('') + info)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/metrics`,
    /** How often it was read. */
    reads: () => reads,
    /** So many more events of the journey fail. */
    fail: (journey: string, events: number) => void errors.set(journey, (errors.get(journey) ?? 0) + events),
    close: () => {
      server.close()
      server.closeAllConnections()
    },
  }
}

import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/**
 * A service that says what it has counted of the step `pay` of a journey, by outcome; a test moves the counts. It begins when
 * it is first read: one that is older than the books would have its first counts taken for its past, and which of them those
 * are would be a matter of luck.
 */
export async function startService(journey = 'checkout') {
  const counts = { good: 0, slow: 0, error: 0, excluded: 0 }
  const mood = { silent: false }
  let startedAt: string | undefined
  const server = createServer((_request, response) => {
    if (mood.silent) return void response.writeHead(503).end()
    response.setHeader('content-type', 'text/plain; version=0.0.4')
    const lines = Object.entries(counts).map(
      ([outcome, count]) =>
        `journey_step_events_total{journey="${journey}",step="pay",outcome="${outcome}"} ${count}\n`,
    )
    startedAt ??= new Date().toISOString()
    const info = `journey_definition_info{process_id="${journey}-1",fingerprint="f",sdk_version="0",started_at="${startedAt}"} 1\n`
    response.end(lines.join('') + info)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const close = () => {
    server.close()
    server.closeAllConnections()
  }
  return { counts, mood, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/metrics`, close }
}

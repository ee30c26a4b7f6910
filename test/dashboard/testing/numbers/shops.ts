import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

type Counts = [good: number, slow: number, error: number, excluded: number]

/** Services behind one server on loopback, each with a path; what they have counted is set by whoever plays them. */
export async function startShops(startedAt: number) {
  /** By service, then by `journey/step`. */
  const shops = new Map<string, Map<string, Counts>>()
  const started = new Date(startedAt).toISOString()
  const server = createServer((request, response) => {
    const service = request.url?.split('/').at(-1) ?? ''
    const lines = [...(shops.get(service) ?? [])].flatMap(([name, counts]) => {
      const [journey, step] = name.split('/')
      return (['good', 'slow', 'error', 'excluded'] as const).map(
        (outcome, i) =>
          `journey_step_events_total{journey="${journey}",step="${step}",outcome="${outcome}"} ${counts[i]}\n`,
      )
    })
    response.setHeader('content-type', 'text/plain; version=0.0.4')
    response.end(
      `${lines.join('')}journey_definition_info{process_id="${service}-live",fingerprint="f",sdk_version="0",started_at="${started}"} 1\n`,
    )
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    url: (service: string) => `${origin}/metrics/${service}`,
    count: (service: string, name: string, more: Readonly<Counts>) => {
      const shop = shops.get(service) ?? new Map<string, Counts>()
      shops.set(service, shop)
      const counts = shop.get(name) ?? [0, 0, 0, 0]
      shop.set(name, counts)
      for (const [i, each] of more.entries()) counts[i] = (counts[i] ?? 0) + each
    },
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

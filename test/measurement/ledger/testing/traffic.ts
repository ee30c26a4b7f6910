import { setTimeout as pause } from 'node:timers/promises'

/** A connection that a cluster's primary was just giving to a worker that died is never answered. */
export function post(url: string): Promise<Response> {
  return fetch(url, { method: 'POST', signal: AbortSignal.timeout(3_000) })
}

/** Clients that order again and again, some in vain; while nobody answers they try again. */
export function startTraffic(url: string, clients = 4) {
  let stopped = false
  const order = async (client: number) => {
    for (let n = client; !stopped; n++) {
      const status = n % 17 === 0 ? 500 : n % 11 === 0 ? 402 : 201
      try {
        await (await post(`${url}/orders?status=${status}`)).arrayBuffer()
      } catch {
        await pause(20)
      }
      await pause(2)
    }
  }
  const done = Promise.all(Array.from({ length: clients }, (_, client) => order(client)))
  return {
    stop: async () => {
      stopped = true
      await done
    },
  }
}

/** A request after which its process is gone. */
export async function lastRequest(url: string, path: '/crash' | '/exit'): Promise<void> {
  await post(`${url}${path}`).catch(() => undefined)
}

import type { Discovery, Found } from '../ports/discovery.ts'
import type { Access } from '../wire/access.ts'
import { authorizationOf } from '../wire/authorization.ts'
import { plainBytes } from '../wire/content-coding.ts'
import type { Outgoing } from '../wire/outgoing.ts'
import { decodeTargetList, type TargetListRules } from '../wire/target-list.ts'

export type HttpDiscovery = Omit<TargetListRules, 'file'> & {
  readonly name: string
  readonly refreshMs: number
  /** May hold a query that is a secret; nothing of it is ever told. */
  readonly url: string
  readonly timeoutMs: number
} & Access

/** Prometheus states how often it asks, and takes nothing but JSON. */
const HEADERS = { accept: 'application/json', 'accept-encoding': 'gzip' } as const

/** Finds targets by asking an address, as Prometheus' HTTP service discovery does. */
export function createHttpDiscovery(place: HttpDiscovery, outgoing: Outgoing, maxBytes: number): Discovery {
  const { name, refreshMs, url, timeoutMs, trust, label, service } = place
  return {
    name,
    refreshMs,
    find: async (signal): Promise<Found> => {
      const headers = {
        ...HEADERS,
        'x-prometheus-refresh-interval-seconds': String(Math.ceil(refreshMs / 1_000)),
        ...authorizationOf(place),
      }
      const request = {
        url,
        method: 'GET',
        headers,
        timeoutMs,
        maxBytes,
        ...(trust !== undefined && { trust }),
      } as const
      const answer = await outgoing.send(request, signal)
      if (answer.kind === 'failed') return failed(answer.message)
      if (answer.status !== 200) return failed(`Expected status 200, got ${answer.status}`)
      if (!/^application\/json\s*(?:;|$)/i.test(answer.headers['content-type'] ?? '')) {
        return failed('Expected the content type application/json, got another one')
      }
      const plain = await plainBytes(answer.bytes, answer.headers['content-encoding'], maxBytes)
      if (!plain.ok) return failed(plain.message)
      const rules = { file: name, label, ...(service !== undefined && { service }) }
      const list = decodeTargetList(plain.bytes.toString('utf8'), rules)
      const told = list.problems.map(({ at, message }) => `${at?.line}:${at?.column}: ${message}`)
      return list.ok ? { ok: true, targets: list.targets, warnings: told } : failed(told.join('; '))
    },
  }
}

function failed(message: string): Found {
  return { ok: false, message }
}

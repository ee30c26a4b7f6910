import { AsyncLocalStorage } from 'node:async_hooks'
import { subscribe } from 'node:diagnostics_channel'

/** Published by undici, which is Node's own `fetch`, for each request that it makes: each hop of a redirect is one. */
const CHANNEL = 'undici:request:create'

/** What is used of a request of undici: version 6, which Node 20 brings, and those that services install. */
type ClientRequest = { readonly origin?: unknown; addHeader?: (name: string, value: string) => unknown }

/** Headers to add for an address; none for most of them. */
export type HeadersFor = (address: string | URL) => Readonly<Record<string, string>>

/**
 * Adds headers where requests are made and not where they are asked for, because a redirect may lead to a host that must
 * not learn them.
 *
 * @param every whether requests of the global `fetch` get them too
 * @returns a `fetch` whose requests get them
 */
export function createFetch(headersFor: HeadersFor, every: boolean): typeof fetch {
  const ours = new AsyncLocalStorage<true>()
  let listening = false
  const listen = () => {
    if (listening) return
    listening = true
    subscribe(CHANNEL, (message) => {
      if (every || ours.getStore() === true) addHeaders(message, headersFor)
    })
  }
  if (every) listen()
  return (input, init) => {
    listen()
    return ours.run(true, () => fetch(input, init))
  }
}

function addHeaders(message: unknown, headersFor: HeadersFor): void {
  try {
    const { request } = message as { readonly request?: ClientRequest }
    const origin = request?.origin
    if (typeof origin !== 'string' && !(origin instanceof URL)) return
    for (const [name, value] of Object.entries(headersFor(origin))) request?.addHeader?.(name, value)
  } catch {
    // Another version of undici may look different; a request without a journey is better than none.
  }
}

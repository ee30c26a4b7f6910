import type { IncomingMessage } from 'node:http'
import { maskPath } from './mask.ts'

/** Where a request went: the framework's template when it is known, otherwise its path without what may be an id. */
export type SeenRoute = {
  readonly method: string
  readonly path: string
  readonly isTemplate: boolean
}

/** A route longer than this was not written by hand. */
const LONGEST_ROUTE = 200

/**
 * Reads where a request went, once it has been answered. Express keeps the route's template at the request. What stands
 * before it, the path at which the router is mounted, express gives with its values filled in, so that part is masked.
 *
 * @param known the template, where the framework has said it already
 */
export function routeOf(request: IncomingMessage, known: string | undefined): SeenRoute {
  const method = request.method ?? ''
  if (known !== undefined && known.length <= LONGEST_ROUTE) return { method, path: known, isTemplate: true }
  const { route, baseUrl, originalUrl } = request as { route?: unknown; baseUrl?: unknown; originalUrl?: unknown }
  const template = typeof route === 'object' && route !== null && 'path' in route ? route.path : undefined
  if (typeof template === 'string' && /^\/[^\s?#]*$/.test(template) && template.length <= LONGEST_ROUTE) {
    const mounted = typeof baseUrl === 'string' && baseUrl !== '' ? maskPath(baseUrl) : ''
    return { method, path: mounted !== '' && template === '/' ? mounted : `${mounted}${template}`, isTemplate: true }
  }
  const [path = ''] = (typeof originalUrl === 'string' ? originalUrl : (request.url ?? '')).split('?', 1)
  return { method, path: maskPath(path), isTemplate: false }
}

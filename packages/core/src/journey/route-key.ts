import type { Route } from './definition.ts'

/** The same for routes that a router cannot tell apart: names of parameters and a closing slash make no difference. */
export function routeKey({ method, path }: Route): string {
  return `${method} ${path.replace(/:[^/.-]+/g, ':').replace(/(.)\/$/, '$1')}`
}

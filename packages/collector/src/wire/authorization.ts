import type { Credentials } from './access.ts'

/** The header `Authorization` of a request, or none. */
export function authorizationOf({ token, basic }: Credentials): Readonly<Record<string, string>> {
  if (token !== undefined) return { authorization: `Bearer ${token()}` }
  return basic === undefined ? {} : { authorization: `Basic ${basic()}` }
}

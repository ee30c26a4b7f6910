/** What a request shows of who sends it; one of them at most. Functions, so that nothing prints them by accident. */
type Credentials = { readonly token?: () => string; readonly basic?: () => string }

/** The header `Authorization` of a request, or none. */
export function authorizationOf({ token, basic }: Credentials): Readonly<Record<string, string>> {
  if (token !== undefined) return { authorization: `Bearer ${token()}` }
  return basic === undefined ? {} : { authorization: `Basic ${basic()}` }
}

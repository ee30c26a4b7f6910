import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'

/** A token and what it stands for. */
type TokenGrant<T> = { readonly token: () => string; readonly grants: T }

/**
 * Makes a check of `Authorization: Bearer …`. Tokens are compared by digests under a key of this process, so neither
 * their content nor their length shows in the time that the check takes, and all of them are compared every time.
 *
 * @returns all that the token stands for; nothing for no token or an unknown one
 */
export function bearerCheck<T>(tokens: readonly TokenGrant<T>[]): (authorization: string | undefined) => readonly T[] {
  const key = randomBytes(32)
  const digest = (text: string) => createHmac('sha256', key).update(text).digest()
  return (authorization) => {
    const [, token] = /^Bearer +([^\s]+) *$/i.exec(authorization ?? '') ?? []
    if (token === undefined) return []
    const given = digest(token)
    return tokens.filter((one) => timingSafeEqual(digest(one.token()), given)).map((one) => one.grants)
  }
}

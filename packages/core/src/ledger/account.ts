import type { Role } from './reading.ts'

/** The books of one step as one service tells it. */
export type Account = {
  readonly journey: string
  readonly step: string
  readonly service: string
  readonly role: Role
}

/** One text per account; names hold no control characters, so the separator cannot be forged. */
export function accountKey(account: Account): string {
  return `${account.journey}\u0000${account.step}\u0000${account.service}\u0000${account.role}`
}

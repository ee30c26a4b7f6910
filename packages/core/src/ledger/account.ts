import type { Role } from './reading.ts'

/** The books of one step as one service tells it. */
export type Account = {
  readonly journey: string
  readonly step: string
  readonly service: string
  readonly role: Role
}

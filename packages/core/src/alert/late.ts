import { MINUTE } from '../time/index.ts'

/** Later than this is worth saying: somebody may ask why they hear of it only now. */
const LATE_MS = MINUTE

/** Why something is told late, the gate that held it back or a receiver that did not take it, and when it was due, milliseconds. */
export type Late<Gate extends string = string> = { readonly why: Gate | 'receiver'; readonly due: number }

/** A notification that is told now. Times in milliseconds. */
type Told = {
  readonly createdAt: number
  /** When the gates let it go; absent where none was asked. */
  readonly letGoAt?: number | undefined
  /** How often it was tried before. */
  readonly tried: number
}

/**
 * Why a notification is told late, if it is. That gates held it back goes first: it was not owed before.
 *
 * @param held what the gates said when they held it back for the last time; empty: they never did
 */
export function lateOf<Gate extends string>(
  { createdAt, letGoAt = createdAt, tried }: Told,
  held: readonly { readonly gate: Gate; readonly verdict: string }[],
  now: number,
): Late<Gate> | undefined {
  const gate = held.find(({ verdict }) => verdict === 'defer')?.gate
  if (gate !== undefined && letGoAt - createdAt > LATE_MS) return { why: gate, due: createdAt }
  return tried > 0 && now - letGoAt > LATE_MS ? { why: 'receiver', due: letGoAt } : undefined
}

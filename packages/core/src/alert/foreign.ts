import type { Level } from '../journey/index.ts'
import type { Signal } from './episode.ts'

/** An alert that somebody else evaluates, as it was told last. Times in milliseconds. */
export type ForeignClaim = {
  /** Which alert it is, whoever tells of it and however often. */
  readonly fingerprint: string
  readonly journey: string
  readonly level: Level
  /** What its rule is called over there. */
  readonly name: string
  readonly summary?: string
  readonly description?: string
  readonly runbook?: string
  /** Where it can be looked at over there. */
  readonly url?: string
  /** The objective of the journey that it is about. */
  readonly objective?: string
  readonly startsAt: number
  readonly isFiring: boolean
  readonly toldAt: number
}

const MIDDLE = '/foreign/'

/** `checkout/foreign/5ef77f1f8a3ecf8d`: the rule of an alert of somebody else, so that it has one open episode at most. */
export function foreignRuleId({ journey, fingerprint }: Pick<ForeignClaim, 'journey' | 'fingerprint'>): string {
  return `${journey}${MIDDLE}${fingerprint}`
}

/**
 * What two tellings of one alert come to. They may come in any order and more than once: the later beginning counts, and of one
 * beginning its end, because it cannot begin again with the same. Of equal ones the later telling says how it is put.
 */
export function laterClaim(a: ForeignClaim, b: ForeignClaim): ForeignClaim {
  if (a.startsAt !== b.startsAt) return a.startsAt > b.startsAt ? a : b
  const [earlier, later] = a.toldAt <= b.toldAt ? [a, b] : [b, a]
  if (earlier.isFiring === later.isFiring) return later
  return { ...(earlier.isFiring ? later : earlier), toldAt: later.toldAt }
}

/** A sender that is late once is not silent. */
const PATIENCE = 2

/**
 * What an alert of somebody else says now. Whoever evaluates it has decided that it is over: nothing is waited for. When it has
 * not been told again for twice the time in which it should have been, nobody knows.
 *
 * @param repeatMs how often it is told again while it fires
 */
export function foreignSignal({ isFiring, toldAt }: ForeignClaim, now: number, repeatMs: number): Signal {
  if (isFiring && now - toldAt > PATIENCE * repeatMs) return { read: false, now }
  return { read: true, holds: isFiring, calm: !isFiring, now, keepMs: 0 }
}

import { sha256 } from '@noble/hashes/sha2.js'
import { utf8ToBytes } from '@noble/hashes/utils.js'

/**
 * When a probe runs next: at a moment of its own in each interval, so that many probes do not start together, and the
 * same one after every restart. What was missed, as while the machine slept, is not made up for.
 *
 * @param intervalMs milliseconds
 * @param now milliseconds since the Unix epoch
 * @returns the first such moment after `now`
 */
export function nextRun(name: string, intervalMs: number, now: number): number {
  const [a = 0, b = 0, c = 0, d = 0] = sha256(utf8ToBytes(name))
  const offset = Math.floor((((a * 256 + b) * 256 + c) * 256 + d) % intervalMs)
  return Math.floor((now - offset) / intervalMs) * intervalMs + intervalMs + offset
}

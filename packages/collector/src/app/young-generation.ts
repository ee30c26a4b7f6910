import { setFlagsFromString } from 'node:v8'

/**
 * Keeps the part of the heap small that new objects are made in: V8 lets it grow to dozens of megabytes, in Node 24 to more than a
 * hundred, when much is made at once, as at each reading, and gives it back late. A daemon that waits nearly all the time has
 * nothing of it. Why it is set here and not by an option of `node`: docs/adr/0087.
 */
export function keepYoungGenerationSmall(): void {
  setFlagsFromString('--semi-space-growth-factor=1')
}

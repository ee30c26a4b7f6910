import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

/**
 * Suits V8's heap to a daemon that waits nearly all the time. Why it is set here and not by options of `node`: docs/adr/0087, 0089.
 *
 * - The part that new objects are made in stays small: V8 lets it grow to dozens of megabytes, in Node 24 to more than a hundred,
 *   when much is made at once, as at each reading, and gives it back late.
 * - What is still in use is found by the thread that uses it, in steps of some milliseconds. By default four more threads begin on
 *   it at the same time, and together they need twice the CPU for what nobody waits for.
 */
export function tuneHeap(): void {
  setFlagsFromString('--semi-space-growth-factor=1')
  setFlagsFromString('--no-concurrent-marking')
}

/**
 * Lets go of what reading files has left behind, many times what is kept of them. By itself V8 waits until the heap is as large as
 * a browser's may be, and what the C library got for that it keeps (docs/adr/0092). Takes some hundredths of a second.
 */
export function tidyHeap(): void {
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as () => void
  collect()
}

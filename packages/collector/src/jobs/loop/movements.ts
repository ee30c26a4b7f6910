import type { Mover } from '../../ports/movements.ts'

/** Tells everybody who follows, in the order in which they came. */
export function createMovements(): Mover {
  const followers = new Set<Parameters<Mover['follow']>[0]>()
  return {
    follow: (told) => {
      followers.add(told)
      return () => followers.delete(told)
    },
    moved: () => {
      for (const { moved } of followers) moved()
    },
    end: () => {
      for (const { ended } of followers) ended()
      followers.clear()
    },
  }
}

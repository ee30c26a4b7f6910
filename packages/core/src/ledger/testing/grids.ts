import fc from 'fast-check'
import type { Grid, Tier } from '../slot.ts'

/** Slots of 15 seconds, of a minute from six hours on, of five minutes from three days on. */
export const GRID: Grid = [
  { fromAgeSeconds: 0, width: 15 },
  { fromAgeSeconds: 6 * 3600, width: 60 },
  { fromAgeSeconds: 3 * 86_400, width: 300 },
]

/** One to four tiers; each width divides the next one and each age is above the one before. */
export const anyGrid: fc.Arbitrary<Grid> = fc
  .tuple(
    fc.constantFrom(1, 5, 15, 60),
    fc.array(fc.tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 5000 })), { maxLength: 3 }),
  )
  .map(([width, steps]) => {
    const tiers: [Tier, ...Tier[]] = [{ fromAgeSeconds: 0, width }]
    let last = tiers[0]
    for (const [times, older] of steps) {
      last = { fromAgeSeconds: last.fromAgeSeconds + older, width: last.width * times }
      tiers.push(last)
    }
    return tiers
  })

/**
 * A stretch of time that the ledger books as one. Seconds since the Unix epoch; `start` is a multiple of `width`, so that
 * slots of one width tile time and wider slots are whole numbers of narrower ones.
 */
export type Slot = { readonly start: number; readonly width: number }

/** From a certain age on, slots are this wide. */
export type Tier = { readonly fromAgeSeconds: number; readonly width: number }

/**
 * How wide slots are by age, youngest first; the first tier begins at age zero. Each width divides the next one.
 */
export type Grid = readonly [Tier, ...Tier[]]

/**
 * The slot that holds an instant, as wide as its age makes it. A wide slot is used only when all of it has reached the
 * tier's age: so no window edge, which {@link edgeAt} aligns by the same rule, ever lies inside a slot.
 *
 * @param at milliseconds; @param now milliseconds, the age is measured from it.
 */
export function slotAt(grid: Grid, at: number, now: number): Slot {
  const seconds = Math.floor(at / 1000)
  const nowSeconds = Math.floor(now / 1000)
  let slot = slotOf(seconds, grid[0].width)
  for (const tier of grid) {
    const wide = slotOf(seconds, tier.width)
    if (nowSeconds - (wide.start + wide.width) >= tier.fromAgeSeconds) slot = wide
  }
  return slot
}

/**
 * Where a window of the given length that ends now begins: after the last slot boundary that keeps the window no longer
 * than asked. The current slot is part of the window though it is not over.
 *
 * @returns seconds; entries of slots that start before it are outside the window.
 */
export function edgeAt(grid: Grid, windowMs: number, now: number): number {
  const length = Math.floor(windowMs / 1000)
  const current = slotOf(Math.floor(now / 1000), grid[0].width)
  const edge = current.start + current.width - length
  let width = grid[0].width
  for (const tier of grid) if (length >= tier.fromAgeSeconds) width = tier.width
  return Math.ceil(edge / width) * width
}

/**
 * The slots from the one after `from`'s to `to`'s own: those into which events between two readings fall. At least one.
 */
export function slotsBetween(grid: Grid, from: number, to: number, now: number): readonly Slot[] {
  const last = slotAt(grid, to, now)
  const slots: Slot[] = []
  const first = slotAt(grid, from, now)
  for (let start = first.start + first.width; start < last.start; ) {
    const slot = slotAt(grid, start * 1000, now)
    slots.push(slot)
    start = slot.start + slot.width
  }
  slots.push(last)
  return slots
}

/** Where the slot of that width begins that holds a time. Seconds; the same for slices, which are slots of a budget. */
export function floorTo(seconds: number, width: number): number {
  return Math.floor(seconds / width) * width
}

function slotOf(seconds: number, width: number): Slot {
  return { start: floorTo(seconds, width), width }
}

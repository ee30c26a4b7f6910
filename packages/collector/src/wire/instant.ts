import { z } from 'zod'

const isoInstant = z.iso.datetime({ offset: true })

/** @returns milliseconds since the Unix epoch; `undefined` when the text is no ISO 8601 time with `Z` or an offset. */
export function parseInstant(text: string): number | undefined {
  return text.length <= LONGEST_INSTANT && isoInstant.safeParse(text).success ? Date.parse(text) : undefined
}

/** With nanoseconds and an offset, and some to spare. */
const LONGEST_INSTANT = 40

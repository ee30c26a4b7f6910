import { deflateRawSync, inflateRawSync } from 'node:zlib'

/**
 * What a deflated body begins with: a zero in two bytes, which no packed body holds, because packing writes each number in
 * its fewest bytes. So bodies of both kinds stand side by side, and a reader that knows only the packed ones refuses the
 * others instead of reading nonsense.
 */
const DEFLATED = Uint8Array.of(0x80, 0x00)

/** Shorter bodies gain nothing: deflating needs its own tables. */
const WORTHWHILE = 64

/** Enough for the bodies of thousands of accounts, and a sixteenth of the memory that is taken by default. */
const WINDOW_BITS = 12

/** Deflating halves a body, rarely more than quarters it; what is longer comes in several chunks, and is put together. */
const [USUAL_RATIO, GREATEST_RATIO] = [4, 256]
const SMALLEST_CHUNK = 256

/** How long the last body was. The next one of a log is nearly as long: then it comes in one chunk. */
let lastLength = 0

/** A packed body as it is kept: deflated when that makes it shorter, which halves the books of a large service. */
export function closeBody(packed: Uint8Array): Uint8Array {
  if (packed.length < WORTHWHILE) return packed
  const deflated = deflateRawSync(packed, { windowBits: WINDOW_BITS, memLevel: 6 })
  return deflated.length + DEFLATED.length < packed.length ? Buffer.concat([DEFLATED, deflated]) : packed
}

/** The packed body again. @throws Error when it is damaged */
export function openBody(kept: Uint8Array): Uint8Array {
  if (kept[0] !== DEFLATED[0] || kept[1] !== DEFLATED[1]) return kept
  // By default 16 kB are set aside for each: a month has tens of thousands of bodies, most of some hundred bytes.
  const likely = lastLength <= kept.length * GREATEST_RATIO ? lastLength + SMALLEST_CHUNK : 0
  const chunkSize = Math.max(SMALLEST_CHUNK, kept.length * USUAL_RATIO, likely)
  const body = inflateRawSync(kept.subarray(DEFLATED.length), { windowBits: WINDOW_BITS, chunkSize })
  lastLength = body.length
  return body
}

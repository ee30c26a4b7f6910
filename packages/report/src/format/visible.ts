/** Control characters, line and paragraph separators, and marks that turn the direction of the text around them. */
const TURNING = /[\p{Cc}\u061c\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u206f]+/gu

/** What nobody sees: two names that look the same would not be. The joiners of emoji and Persian (200c, 200d) stay. */
const UNSEEN = /[\u00ad\u180e\u200b\u2060-\u2064\ufeff\u{e0000}-\u{e007f}]+/gu

/** Half of a character; no file can hold it. */
const BROKEN = /\p{Cs}/gu

/** Nearly all texts of a page: nothing in them turns, hides or is broken. */
const PLAIN = /^[ -~]*$/

/**
 * Text that people wrote, on one line and without characters that change how the rest of the page reads. What is left may
 * still mean something to the format, which escapes it.
 */
export function visible(text: string): string {
  if (PLAIN.test(text)) return text.trim()
  return text.replace(BROKEN, '\ufffd').replace(TURNING, ' ').replace(UNSEEN, '').trim()
}

/** From the first to the last of letters that are read from the right, with what is no letter between them. */
const FROM_RIGHT =
  /(?=\p{L})[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc](?:\P{L}*(?=\p{L})[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc])*/gu

/**
 * The same for prose that is read from the left: a Hebrew or Arabic name in it is isolated (U+2068, U+2069), because it would
 * else take the number that follows it to its other side.
 */
export function readable(text: string): string {
  if (PLAIN.test(text)) return text.trim()
  return visible(text).replace(FROM_RIGHT, '\u2068$&\u2069')
}

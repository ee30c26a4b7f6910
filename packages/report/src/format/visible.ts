/** Control characters, line and paragraph separators, and marks that turn the direction of the text around them. */
const INVISIBLE = /[\p{Cc}\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]+/gu

/**
 * Text that people wrote, on one line and without characters that change how the rest of the page reads. What is left may
 * still mean something to the format, which escapes it.
 */
export function visible(text: string): string {
  return text.replace(INVISIBLE, ' ').trim()
}

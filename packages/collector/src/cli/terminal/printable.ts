/**
 * What a terminal obeys instead of showing it: control characters (ANSI escapes begin with one of them), signs that turn the
 * direction of writing, separators that break a line, and halves of characters.
 */
const OBEYED = /[\p{Cc}\p{Cs}\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]/gu

/** Text of others made harmless for a terminal, on one line: what it would obey is written out as `\u{1b}`. */
export function printable(text: string): string {
  return text.replace(OBEYED, (sign) => `\\u{${codeOf(sign)}}`)
}

/**
 * One JSON document that is harmless on a terminal too. JSON itself escapes only the first 32 characters; the others are
 * written as `\u009b`, which every reader turns back.
 */
export function printableJson(document: unknown): string {
  return JSON.stringify(document, null, 2).replace(OBEYED, (sign) =>
    sign === '\n' ? sign : `\\u${codeOf(sign).padStart(4, '0')}`,
  )
}

function codeOf(sign: string): string {
  return sign.charCodeAt(0).toString(16)
}

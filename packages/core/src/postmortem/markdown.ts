/** Control characters, separators of lines, and marks that turn the direction of the text around them. */
const INVISIBLE = /[\p{Cc}\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]+/gu

/** Text that people wrote, on one line. */
export function oneLine(text: string): string {
  return text.replace(INVISIBLE, ' ').trim()
}

/** Text as Markdown that says just that text: nothing in it is markup, HTML, a mention or the mark of a block. */
export function markdown(text: string): string {
  return oneLine(text)
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/[\\`*_~[\]|#$!]/g, (character) => `\\${character}`)
    .replace(/^(\d+)([.)])(?=\s)/, '$1\\$2')
    .replace(/^([-+])(?=\s)/, '\\$1')
}

/** An address inside `(…)` of a link. */
export function addressOf(text: string): string {
  return encodeURI(oneLine(text))
    .replace(/%25/g, '%')
    .replace(/[()]/g, (sign) => (sign === '(' ? '%28' : '%29'))
}

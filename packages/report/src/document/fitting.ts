/** What is read in half a minute. */
const MOST_WORDS = 90

/** A word of Japanese has about three signs. */
const SIGNS_PER_WORD = 3

const WORD = /[\p{L}\p{N}]/u
const SIGN = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー]/gu

/** How much there is to read, in words of English; Japanese is counted by its signs. */
export function wordsIn(texts: readonly string[]): number {
  const text = texts.join(' ')
  const signs = text.match(SIGN)?.length ?? 0
  const words = text
    .replace(SIGN, ' ')
    .split(/\s+/)
    .filter((part) => WORD.test(part)).length
  return words + Math.ceil(signs / SIGNS_PER_WORD)
}

/**
 * The first of several ways to say something that is short enough beside what stands there anyway; the last where none is.
 *
 * @param ways the fullest first; each leaves out what matters least of the one before
 */
export function fitting(
  beside: readonly string[],
  ways: readonly [readonly string[], ...(readonly string[])[]],
): readonly string[] {
  const taken = wordsIn(beside)
  return ways.find((way) => taken + wordsIn(way) <= MOST_WORDS) ?? ways.at(-1) ?? ways[0]
}

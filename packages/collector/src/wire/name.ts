/** Longest name of a journey, a step, a service or a process that is accepted from outside, in characters. */
export const LONGEST_NAME = 128

/**
 * Whether a text from outside can name something in the books: visible characters without blanks. Books and logs
 * separate names by control characters, which therefore must not stand in one.
 */
export function isName(text: string): boolean {
  return text.length <= LONGEST_NAME && /^[^\p{C}\p{Z}]+$/u.test(text)
}

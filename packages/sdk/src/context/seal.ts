import { createHmac, timingSafeEqual } from 'node:crypto'

/** What proves that a text was written by somebody who has the key. */
export type Seal = {
  of(text: string): string
  /** Takes the same time for every wrong seal. */
  isRight(text: string, seal: string): boolean
}

/** 128 bits: as hard to guess as the key is to find, and short enough for a header. */
const BYTES = 16

/** Keeps a seal of ours from being one of another protocol that uses the same key. */
const PURPOSE = 'tabiji journey v1\n'

const SHORTEST_KEY = 16

/**
 * @param purpose stands before every text, and nothing else uses it
 * @throws Error when the key is too short: while the service starts. The key is in no message.
 */
export function createSeal(key: string, option: string, purpose = PURPOSE): Seal {
  if (key.length < SHORTEST_KEY) {
    throw new Error(`Expected \`${option}\` to have at least ${SHORTEST_KEY} characters, got ${key.length}.`)
  }
  const digest = (text: string) => createHmac('sha256', key).update(purpose).update(text).digest().subarray(0, BYTES)
  return {
    of: (text) => digest(text).toString('base64url'),
    isRight(text, seal) {
      const given = Buffer.from(seal, 'base64url')
      return given.length === BYTES && timingSafeEqual(given, digest(text))
    },
  }
}

import { createReadStream } from 'node:fs'
import { EXIT, failed, type Result, succeeded } from './failure.ts'
import { readText, reasonOf } from './read.ts'

const MOST_TOKEN_BYTES = 4096

/**
 * The bearer token for the collector: from the file that TABIJI_TOKEN_FILE names, else from TABIJI_TOKEN, else none. It is
 * never a flag, because other users of a machine can read those, and never part of a message.
 */
export async function readToken(env: NodeJS.ProcessEnv, stop: AbortSignal): Promise<Result<string | undefined>> {
  const { TABIJI_TOKEN_FILE: file, TABIJI_TOKEN: token } = env
  if (file) {
    try {
      return checked(await readText(createReadStream(file), stop, MOST_TOKEN_BYTES), `the file ${file}`)
    } catch (thrown) {
      return failed({
        code: 'TOKEN_UNREADABLE',
        exit: EXIT.usage,
        message: `cannot read the token from ${file} (${reasonOf(thrown)})`,
        fix: 'let TABIJI_TOKEN_FILE name a file that holds the token and nothing else, or unset it',
      })
    }
  }
  return token ? checked(token, 'TABIJI_TOKEN') : succeeded(undefined)
}

/** A token goes into a header, so it is one word of printable ASCII. */
function checked(text: string | undefined, place: string): Result<string> {
  const token = text?.trim()
  if (token !== undefined && /^[\x21-\x7e]+$/.test(token)) return succeeded(token)
  return failed({
    code: 'TOKEN_MALFORMED',
    exit: EXIT.usage,
    message: `expected ${place} to hold one token of printable characters without blanks`,
    fix: 'write the token into it as the collector gave it out',
  })
}

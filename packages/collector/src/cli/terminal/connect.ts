import { readFileSync } from 'node:fs'
import { parseDuration } from '@tabiji/core/time'
import type { Command } from 'commander'
import { type Client, createClient } from './client.ts'
import { CliError, EXIT } from './exit.ts'
import type { Io } from './io.ts'
import type { GlobalOptions } from './program.ts'

const DEFAULT_URL = 'http://127.0.0.1:7070'
const DEFAULT_TIMEOUT_MS = 10_000

/** A client as the options and the environment say: `--url` before `TABIJI_URL`, `TABIJI_TOKEN_FILE` before `TABIJI_TOKEN`. */
export function clientOf(command: Command, io: Io, patienceMs = DEFAULT_TIMEOUT_MS): Client {
  const { url, timeout } = command.optsWithGlobals<GlobalOptions>()
  const token = readToken(io.env)
  const timeoutMs = timeout === undefined ? patienceMs : parseDuration(timeout)
  if (timeoutMs === undefined) {
    const message = `Expected \`--timeout\` to be a duration, got "${timeout}"`
    throw new CliError(EXIT.usage, { code: 'CLI_TIMEOUT', message, hint: 'write 500ms, 10s or 1m' })
  }
  return createClient({
    url: readUrl(url ?? io.env['TABIJI_URL'] ?? DEFAULT_URL),
    ...(token !== undefined && { token }),
    timeoutMs,
    command: nameOf(command),
  })
}

function readUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined
  const hint = 'write it as http://127.0.0.1:7070'
  if (url === undefined || !['http:', 'https:'].includes(url.protocol) || url.search !== '' || url.hash !== '') {
    const message = 'Expected the address of the collector to be a plain http or https address'
    throw new CliError(EXIT.usage, { code: 'CLI_URL', message, hint })
  }
  if (url.username === '' && url.password === '') return url
  const message = 'Expected an address without a user and a password'
  throw new CliError(EXIT.usage, { code: 'CLI_URL', message, hint: 'put a token into TABIJI_TOKEN_FILE instead' })
}

function readToken(env: Io['env']): (() => string) | undefined {
  const file = env['TABIJI_TOKEN_FILE'] ?? ''
  const token = file === '' ? (env['TABIJI_TOKEN'] ?? '') : readTokenFile(file)
  if (token === '' && file === '') return undefined
  // fetch would refuse it too, but with the token in its message.
  if (/^[\x21-\x7e]+$/.test(token)) return () => token
  const message = `Expected ${file === '' ? 'TABIJI_TOKEN' : file} to hold one token: letters, digits and signs on one line`
  throw new CliError(EXIT.usage, { code: 'CLI_TOKEN', message })
}

function readTokenFile(file: string): string {
  try {
    return readFileSync(file, 'utf8').trim()
  } catch (error) {
    const message = `cannot read TABIJI_TOKEN_FILE ${file} (${(error as NodeJS.ErrnoException).code})`
    throw new CliError(EXIT.usage, { code: 'CLI_TOKEN', message }, [], { cause: error })
  }
}

function nameOf(command: Command): string {
  return command.parent === null ? command.name() : `${nameOf(command.parent)} ${command.name()}`
}

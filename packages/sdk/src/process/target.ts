import { resolve } from 'node:path'
import { createSpool, type Spool } from './spool.ts'

/** Where the final counters go when the process ends. */
export type HandOverOptions = {
  /** Address of the collector's ingest listener, such as `http://127.0.0.1:9465`; the path is added. */
  readonly url: string
  /** Ingest token of this service, sent as `Authorization: Bearer …`. It never appears in a message. */
  readonly token?: string
  /**
   * Milliseconds that a hand-over may take in all, its one repetition included.
   * @default 3000
   */
  readonly timeoutMs?: number
  /**
   * Folder in which final counters wait that could not be handed over: when `close()` finds no collector, when the process
   * exits without it, and at an uncaught exception. The next process with the same folder and service hands them over.
   * It must outlive the process (on a container: a volume). Services may share it. It holds no token.
   * @default none: counters that cannot be handed over are lost, and the collector declares them as in doubt
   */
  readonly spool?: string
}

/** The token is a function, so that nothing can print it by accident. */
export type HandOverTarget = {
  readonly url: URL
  readonly token?: () => string
  readonly timeoutMs: number
  readonly spool?: Spool
}

const HAND_OVER_TIMEOUT_MS = 3000

/** @throws Error when it cannot work: this happens while the service starts, before any request. */
export function resolveHandOver(options: HandOverOptions, path: string): HandOverTarget {
  const { url, token, timeoutMs = HAND_OVER_TIMEOUT_MS, spool } = options
  // Neither address nor token is repeated in a message: an address may carry credentials.
  const target = URL.canParse(url) ? new URL(url) : undefined
  if (target === undefined || !/^https?:$/.test(target.protocol) || target.username !== '' || target.password !== '') {
    throw new Error('Expected `handOver.url` to be an absolute http or https address without credentials.')
  }
  if (token !== undefined && !/^[\x21-\x7e]+$/.test(token)) {
    throw new Error('Expected `handOver.token` to be printable ASCII without spaces.')
  }
  if (!(timeoutMs > 0 && timeoutMs <= 60_000)) {
    throw new Error(`Expected \`handOver.timeoutMs\` to be above 0 and at most 60000, got ${timeoutMs}.`)
  }
  if (spool === '') throw new Error('Expected `handOver.spool` to be a folder, got an empty text.')
  target.pathname = `${target.pathname.replace(/\/+$/, '')}${path}`
  return {
    url: target,
    timeoutMs,
    ...(token === undefined ? {} : { token: () => token }),
    // Absolute from the start, so that a change of the working directory moves nothing.
    ...(spool === undefined ? {} : { spool: createSpool(resolve(spool)) }),
  }
}

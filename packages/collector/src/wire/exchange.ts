import type { ClientRequest, IncomingHttpHeaders, IncomingMessage } from 'node:http'
import type { Exits, Leaving } from './exits.ts'
import { fill, prepare, type Room } from './rooms.ts'

/** What came back. The body is complete, or `undefined` when it is longer than what was asked for. */
export type Answer = {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly bytes: Buffer | undefined
  /** Each `Set-Cookie` by itself: they may hold commas, so they cannot be told apart once they are joined. */
  readonly cookies: readonly string[]
}

/** Why nothing came back. `sent` says whether the request may have left: a connection was there to write it to. */
export type Broken = { readonly by: 'time' | 'caller' | 'error'; readonly sent: boolean; readonly error?: unknown }

export type Limits = {
  /** For the whole of it: connecting, sending, and reading the answer. */
  readonly timeoutMs: number
  /** Longest body that is read. */
  readonly maxBytes: number
  /** Where the body is received; absent: in memory of its own. */
  readonly room?: Room
}

/**
 * One request and its answer. When it is over nothing is left of it, neither a timer nor a listener at the caller's
 * signal, which lives as long as the daemon.
 *
 * @param body what is sent along; absent: nothing
 */
export function exchange(
  exits: Exits,
  leaving: Leaving,
  body: string | undefined,
  { timeoutMs, maxBytes, room }: Limits,
  caller: AbortSignal,
): Promise<Answer | Broken> {
  return new Promise((resolve) => {
    let asked: ClientRequest | undefined
    let sent = false
    let over = false
    const end = (result: Answer | Broken) => {
      if (over) return
      over = true
      clearTimeout(timer)
      caller.removeEventListener('abort', callOff)
      resolve(result)
    }
    const breakOff = (by: 'time' | 'caller') => {
      end({ by, sent })
      asked?.destroy()
    }
    const callOff = () => breakOff('caller')
    const fail = (error?: unknown) => end({ by: 'error', sent, error })
    const timer = setTimeout(breakOff, timeoutMs, 'time')
    if (caller.aborted) return callOff()
    caller.addEventListener('abort', callOff)
    const answered = (response: IncomingMessage) => {
      // Whoever waited may have gone on, and the room may be somebody else's by now.
      if (over) return
      // From here on its own end is what counts, also when the connection ends with it.
      asked?.off('close', fail)
      const { statusCode: status = 0 } = response
      const headers = flat(response.headers)
      const cookies = response.headers['set-cookie'] ?? NO_COOKIES
      const received = room === undefined ? collect(maxBytes) : receive(room, maxBytes)
      received.expect(Number(headers['content-length'] ?? 0))
      response.on('data', (chunk: Buffer) => {
        if (over || received.add(chunk)) return
        end({ status, headers, bytes: undefined, cookies })
        asked?.destroy()
      })
      response.once('end', () => end({ status, headers, bytes: received.all(), cookies }))
      response.on('error', fail)
    }
    try {
      asked = exits.request(leaving, () => {
        sent = true
      })
    } catch (error) {
      return fail(error)
    }
    asked.once('response', answered)
    // Breaking it off may be told more than once.
    asked.on('error', fail)
    // An answer that is none, such as a change of protocol, ends the connection without an error.
    asked.once('close', fail)
    asked.end(body)
  })
}

const NO_COOKIES: readonly string[] = []

type Body = {
  /** What the answer says of its length. */
  expect(bytes: number): void
  /** @returns false when there is more than may be read */
  add(chunk: Buffer): boolean
  all(): Buffer
}

function receive(room: Room, maxBytes: number): Body {
  let length = 0
  return {
    expect: (bytes) => prepare(room, bytes),
    add: (chunk) => {
      if (length + chunk.length > maxBytes) return false
      fill(room, length, chunk)
      length += chunk.length
      return true
    },
    all: () => room.bytes.subarray(0, length),
  }
}

function collect(maxBytes: number): Body {
  const chunks: Buffer[] = []
  let length = 0
  return {
    expect: () => {},
    add: (chunk) => {
      length += chunk.length
      chunks.push(chunk)
      return length <= maxBytes
    },
    all: () => {
      const [only] = chunks
      return only !== undefined && chunks.length === 1 ? only : Buffer.concat(chunks, length)
    },
  }
}

function flat(headers: IncomingHttpHeaders): Record<string, string> {
  const told: Record<string, string> = {}
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) told[name] = typeof value === 'string' ? value : value.join(', ')
  }
  return told
}

import type { Dispatcher } from 'undici'
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
 * One request and its answer, straight from the connection: no stream, no signal and no promise per part, because a
 * hundred targets pay for each of them at every reading. When it is over nothing is left of it, neither a timer nor a
 * listener at the caller's signal, which lives as long as the daemon.
 */
export function exchange(
  dispatcher: Dispatcher,
  request: Dispatcher.DispatchOptions,
  { timeoutMs, maxBytes, room }: Limits,
  caller: AbortSignal,
): Promise<Answer | Broken> {
  return new Promise((resolve) => {
    let connection: Dispatcher.DispatchController | undefined
    let over = false
    const end = (result: Answer | Broken) => {
      if (over) return
      over = true
      clearTimeout(timer)
      caller.removeEventListener('abort', callOff)
      resolve(result)
    }
    const breakOff = (by: 'time' | 'caller') => {
      end({ by, sent: connection !== undefined })
      connection?.abort(CALLED_OFF)
    }
    const callOff = () => breakOff('caller')
    const timer = setTimeout(breakOff, timeoutMs, 'time')
    if (caller.aborted) return callOff()
    caller.addEventListener('abort', callOff)
    const body = room === undefined ? collect(maxBytes) : receive(room, maxBytes)
    let status = 0
    let headers: Answer['headers'] = {}
    let cookies: Answer['cookies'] = []
    dispatcher.dispatch(request, {
      onRequestStart: (controller) => {
        connection = controller
        // The time was over before there was a connection: nothing is sent any more.
        if (over) controller.abort(CALLED_OFF)
      },
      // Comes once for each informational answer before the final one.
      onResponseStart: (_, statusCode, all) => {
        status = statusCode
        headers = flat(all)
        const set = all['set-cookie']
        cookies = set === undefined ? NO_COOKIES : typeof set === 'string' ? [set] : set
        // Whoever waited may have gone on, and the room may be somebody else's by now.
        if (!over) body.expect(Number(headers['content-length'] ?? 0))
      },
      onResponseData: (controller, chunk) => {
        if (over || body.add(chunk)) return
        end({ status, headers, bytes: undefined, cookies })
        controller.abort(CALLED_OFF)
      },
      onResponseEnd: () => end({ status, headers, bytes: body.all(), cookies }),
      onResponseError: (_, error) => end({ by: 'error', sent: connection !== undefined, error }),
    })
  })
}

const NO_COOKIES: readonly string[] = []

/** Told to the library only: whoever waits for the answer has been told already. */
const CALLED_OFF = new Error('The request was called off')

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

function flat(headers: Readonly<Record<string, string | string[] | undefined>>): Record<string, string> {
  const told: Record<string, string> = {}
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) told[name] = typeof value === 'string' ? value : value.join(', ')
  }
  return told
}

import { addAbortSignal, type Readable } from 'node:stream'

/** The largest facts that are read: a hundred journeys need less than one megabyte. */
export const MOST_BYTES = 16 * 1024 * 1024

/** The text of a stream, or `undefined` once it is longer than the limit. @throws whatever the stream fails with */
export async function readText(stream: Readable, stop: AbortSignal, limit = MOST_BYTES): Promise<string | undefined> {
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of addAbortSignal(stop, stream)) {
    const bytes = Buffer.from(chunk)
    length += bytes.length
    if (length > limit) return undefined
    chunks.push(bytes)
  }
  return Buffer.concat(chunks).toString('utf8')
}

/** The reason of a failed system call in words; a code that is not listed stands for itself. */
export function reasonOf(thrown: unknown): string {
  const code = codeOf(thrown)
  return (code !== undefined && REASONS[code]) || code || (thrown instanceof Error ? thrown.message : String(thrown))
}

/** The code of a failed system call; `fetch` hides it one level down, and deeper when it tried several addresses. */
function codeOf(thrown: unknown): string | undefined {
  if (!(thrown instanceof Error)) return undefined
  if ('code' in thrown && typeof thrown.code === 'string') return thrown.code
  if (thrown instanceof AggregateError) return codeOf(thrown.errors[0])
  return codeOf(thrown.cause)
}

const REASONS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'connection refused',
  ECONNRESET: 'the connection was closed',
  UND_ERR_SOCKET: 'the connection was closed',
  ENOTFOUND: 'no such host',
  EAI_AGAIN: 'the name could not be looked up',
  EHOSTUNREACH: 'no route to the host',
  ENETUNREACH: 'no route to the network',
  ENOENT: 'no such file',
  EEXIST: 'a file of that name is in the way',
  EISDIR: 'it is a folder',
  ENOTDIR: 'a part of the path is not a folder',
  EACCES: 'permission denied',
  EPERM: 'not permitted',
  EROFS: 'the file system is read-only',
  ENOSPC: 'the disk is full',
}

import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'

/** The bytes of an answer as they were before they were coded for the way, or why they cannot be had. */
export type Plain =
  | { readonly ok: true; readonly bytes: Buffer }
  | { readonly ok: false; readonly failure: 'too_large' | 'malformed'; readonly message: string }

const inflate = promisify(gunzip)

/**
 * Undoes the coding that an answer's `Content-Encoding` names. Never makes more than `maxBytes` of it: a few kilobytes can
 * stand for gigabytes.
 */
export async function plainBytes(bytes: Buffer, coding: string | undefined, maxBytes: number): Promise<Plain> {
  switch (coding?.trim().toLowerCase()) {
    case undefined:
    case '':
    case 'identity':
      return { ok: true, bytes }
    case 'gzip':
    case 'x-gzip':
      return inflate(bytes, { maxOutputLength: maxBytes, chunkSize: pieceFor(bytes) }).then(
        (plain): Plain => ({ ok: true, bytes: plain }),
        (error: NodeJS.ErrnoException): Plain => failureOf(error, maxBytes),
      )
    default:
      return {
        ok: false,
        failure: 'malformed',
        message: 'Expected an answer without coding or by gzip, got another one',
      }
  }
}

/**
 * How much is unpacked at once: by what the packed bytes say of themselves at their end (RFC 1952, 2.3.1), so that it is one piece
 * that need not be copied together. Whoever says too little or too much of it is only unpacked in pieces.
 */
function pieceFor(bytes: Buffer): number {
  const told = bytes.length < 4 ? 0 : bytes.readUInt32LE(bytes.length - 4)
  return Math.min(Math.max(told + 1, SMALLEST_PIECE), LARGEST_PIECE)
}

const SMALLEST_PIECE = 16 * 1024
const LARGEST_PIECE = 1024 ** 2

function failureOf({ code }: NodeJS.ErrnoException, maxBytes: number): Plain {
  if (code === 'ERR_BUFFER_TOO_LARGE') {
    return {
      ok: false,
      failure: 'too_large',
      message: `Expected an answer of at most ${maxBytes} bytes, but it unpacks to more`,
    }
  }
  return {
    ok: false,
    failure: 'malformed',
    message: `Expected an answer that is whole gzip, got something else (${code})`,
  }
}

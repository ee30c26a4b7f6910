import { createHash, createHmac, timingSafeEqual } from 'node:crypto'

/**
 * Whether a signature is the HMAC-SHA256 of a body, in hexadecimal. Compared in a time that does not tell how much of it is
 * right; what has another form is refused at once, because its form is no secret.
 */
export function isSignedBy(secret: string, body: Buffer | string, signature: string): boolean {
  if (!/^[0-9a-f]{64}$/i.test(signature)) return false
  const expected = createHmac('sha256', secret).update(body).digest()
  return timingSafeEqual(expected, Buffer.from(signature, 'hex'))
}

/** Names a body, to know it again: only who has sent it can have made it. */
export function digestOf(body: Buffer): string {
  return createHash('sha256').update(body).digest('hex')
}

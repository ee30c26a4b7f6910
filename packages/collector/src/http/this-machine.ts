import type { Request } from 'express'
import { isLoopbackAddress, literalAddress } from '../wire/address.ts'

/**
 * Whether both ends are on this machine. The host is looked at too: a web page whose name was made to point at loopback
 * could otherwise post from a browser here.
 */
export function isFromThisMachine(request: Request): boolean {
  const { remoteAddress = '' } = request.socket
  const url = `http://${request.headers.host ?? ''}`
  if (!isLoopbackAddress(remoteAddress) || !URL.canParse(url)) return false
  const host = new URL(url)
  return host.hostname === 'localhost' || isLoopbackAddress(literalAddress(host) ?? '')
}

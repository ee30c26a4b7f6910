import type { Request } from 'express'
import ipaddr from 'ipaddr.js'

/** Who a proxy in front of the pages says it is that looks. */
export type ProxySignIn = {
  /** Lower case. */
  readonly header: string
  /** IP addresses or networks (`10.0.0.0/8`) that are believed. */
  readonly from: readonly string[]
  readonly may: 'read' | 'write'
}

const LONGEST_NAME = 100

/** @returns the name in the header; nothing when somebody else than a listed proxy sent it, or it names nobody or several */
export function proxyCheck({ header, from }: ProxySignIn): (request: Request) => string | undefined {
  const networks = from.map(networkOf)
  return (request) => {
    const said = request.headers[header]
    const { remoteAddress = '' } = request.socket
    if (typeof said !== 'string' || !ipaddr.isValid(remoteAddress)) return undefined
    const address = ipaddr.process(remoteAddress)
    if (!networks.some(([network, bits]) => network.kind() === address.kind() && address.match(network, bits))) {
      return undefined
    }
    // Headers come as bytes; names are UTF-8. A comma stands between two headers, of which one may be the visitor's own.
    const name = Buffer.from(said, 'latin1').toString('utf8').trim()
    return name === '' || name.length > LONGEST_NAME || name.includes(',') ? undefined : name
  }
}

function networkOf(place: string): [ipaddr.IPv4 | ipaddr.IPv6, number] {
  if (place.includes('/')) return ipaddr.parseCIDR(place)
  const address = ipaddr.process(place)
  return [address, address.kind() === 'ipv4' ? 32 : 128]
}

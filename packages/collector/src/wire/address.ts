import ipaddr from 'ipaddr.js'

/** Ranges that nobody runs a service on, among them those at which clouds hand out credentials. */
const REFUSED_RANGES: readonly string[] = ['linkLocal', 'unspecified', 'broadcast', 'multicast']

/** Addresses at which clouds serve machine credentials, outside the link-local range. */
const METADATA: readonly string[] = ['fd00:ec2::254', '100.100.100.200', '192.0.0.192']

/**
 * Whether a connection to the IP address is refused whatever the configuration says. Loopback and private addresses are
 * where services live, so they are allowed.
 *
 * @param address an IPv4 or IPv6 address as text, without brackets
 */
export function isForbiddenAddress(address: string): boolean {
  if (!ipaddr.isValid(address)) return true
  const parsed = ipaddr.process(address)
  if (REFUSED_RANGES.includes(parsed.range())) return true
  return METADATA.some((one) => ipaddr.process(one).toNormalizedString() === parsed.toNormalizedString())
}

/** The IP address that a URL names literally; `undefined` when it names a host that DNS must resolve. */
export function literalAddress(url: URL): string | undefined {
  const host = url.hostname.replace(/^\[|\]$/g, '')
  return ipaddr.isValid(host) ? host : undefined
}

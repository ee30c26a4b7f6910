import ipaddr from 'ipaddr.js'

/** Ranges that nobody runs a service on, among them those at which clouds hand out credentials. */
const REFUSED_RANGES: readonly string[] = ['linkLocal', 'unspecified', 'broadcast', 'multicast']

/** Addresses outside the link-local range at which clouds serve machine credentials or configuration. */
const METADATA: ReadonlySet<string> = new Set(
  [
    // AWS: instance metadata and pod identity over IPv6.
    'fd00:ec2::254',
    'fd00:ec2::23',
    // Google Cloud over IPv6.
    'fd20:ce::254',
    // Azure's host agent.
    '168.63.129.16',
    // Alibaba Cloud.
    '100.100.100.200',
    // Oracle Cloud.
    '192.0.0.192',
  ].map((one) => ipaddr.process(one).toNormalizedString()),
)

/**
 * Whether a connection to the IP address is refused whatever the configuration says. Loopback and private addresses are
 * where services live, so they are allowed. An IPv6 address that stands for an IPv4 one is judged by that one.
 *
 * @param address an IPv4 or IPv6 address as text, without brackets
 */
export function isForbiddenAddress(address: string): boolean {
  if (!ipaddr.isValid(address)) return true
  const parsed = embedded(ipaddr.process(address))
  if (REFUSED_RANGES.includes(parsed.range())) return true
  return METADATA.has(parsed.toNormalizedString())
}

/**
 * The IPv4 address that an IPv6 one stands for: NAT64 (RFC 6052), stateless translation (RFC 6145), 6to4 (RFC 3056) and
 * the withdrawn IPv4-compatible form `::a.b.c.d`. Any other address as it is.
 */
function embedded(address: ipaddr.IPv4 | ipaddr.IPv6): ipaddr.IPv4 | ipaddr.IPv6 {
  const bytes = address.toByteArray()
  const range = address.range()
  const isCompatible = range === 'unicast' && bytes.length === 16 && bytes.slice(0, 12).every((byte) => byte === 0)
  if (range === 'rfc6052' || range === 'rfc6145' || isCompatible) return new ipaddr.IPv4(bytes.slice(12))
  if (range === '6to4') return new ipaddr.IPv4(bytes.slice(2, 6))
  return address
}

/** The IP address that a URL names literally; `undefined` when it names a host that DNS must resolve. */
export function literalAddress(url: URL): string | undefined {
  const host = url.hostname.replace(/^\[|\]$/g, '')
  return ipaddr.isValid(host) ? host : undefined
}

/** Whether the IP address is this machine's own. */
export function isLoopbackAddress(address: string): boolean {
  return ipaddr.isValid(address) && ipaddr.process(address).range() === 'loopback'
}

const DEFAULT_PORT: Readonly<Record<string, string>> = { 'http:': '80', 'https:': '443' }

/** Whether an address is on the list. Anything that is no http or https address is not. */
export type Hosts = (address: string | URL) => boolean

/**
 * @param listed names such as `storage.internal`, on any port, or with one: `10.0.0.7:8080`, `[::1]:8080`. Each stands for
 * itself alone, not for names below it.
 * @throws Error for anything else: while the service starts.
 */
export function createHosts(listed: readonly string[]): Hosts {
  const allowed = new Set(listed.map(readHost))
  return (address) => {
    const url = typeof address === 'string' ? (URL.canParse(address) ? new URL(address) : undefined) : address
    const standard = url === undefined ? undefined : DEFAULT_PORT[url.protocol]
    if (url === undefined || standard === undefined) return false
    return allowed.has(url.hostname) || allowed.has(`${url.hostname}:${url.port || standard}`)
  }
}

function readHost(entry: string): string {
  const [, name = '', port] = /^(\[[\da-fA-F:.]+\]|[^\s/?#@:[\]\\]+)(?::(\d{1,5}))?$/.exec(entry) ?? []
  const address = `http://${name}`
  if (name === '' || !URL.canParse(address)) {
    const form = 'names of hosts, with a port or without, such as `storage.internal` or `10.0.0.7:8080`'
    throw new Error(`Expected \`context.trust.outgoing.to\` to list ${form}, got ${JSON.stringify(entry)}.`)
  }
  // As addresses write it: in small letters, numbers of hosts in full.
  const { hostname } = new URL(address)
  return port === undefined ? hostname : `${hostname}:${Number(port)}`
}

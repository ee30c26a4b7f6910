/** What stands in the `Authorization` of a request; one of them at most. Asked at every request: what is named by a file may change. */
export type Credentials = {
  /** Sent as `Bearer …`. */
  readonly token?: () => string
  /** Sent as `Basic …`: user and password in base64. */
  readonly basic?: () => string
}

/** Whom a connection by TLS believes, and who we are on it. Absent parts are as Node has them. */
export type Certificates = {
  /** Certificates in PEM that are believed instead of those that Node brings along. */
  readonly ca?: string
  /** Our own certificate, in PEM, with its key. */
  readonly identity?: { readonly cert: string; readonly key: () => string }
  /** The name that the server's certificate must have; default: the host of the address. */
  readonly serverName?: string
}

/**
 * What TLS goes by now: the same object until a file has changed. Requests that bring the same function share their
 * connections, and new ones are made when it gives another object.
 */
export type Trust = () => Certificates

/** How an address is read: what is shown to it, and who is believed there. */
export type Access = Credentials & { readonly trust?: Trust }

/** The same as options of Node's TLS. */
export function tlsOf({ ca, identity, serverName }: Certificates) {
  return {
    ...(ca !== undefined && { ca }),
    ...(identity !== undefined && { cert: identity.cert, key: identity.key() }),
    ...(serverName !== undefined && { servername: serverName }),
  }
}

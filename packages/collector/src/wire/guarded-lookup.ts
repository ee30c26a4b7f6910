import type { LookupAddress, LookupAllOptions, LookupOptions } from 'node:dns'
import type { LookupFunction } from 'node:net'
import { isForbiddenAddress } from './address.ts'

/** Finds all addresses of a host, as `dns.lookup` does. */
export type LookUp = (
  hostname: string,
  options: LookupAllOptions,
  callback: (error: Error | null, addresses: LookupAddress[]) => void,
) => void

/** What is said of an address that is never called. */
export const FORBIDDEN = 'Expected an address that services run on; link-local and metadata addresses are never called'

/** What a look-up fails with when the name leads where nothing of ours may go. */
export class ForbiddenAddress extends Error {}

/** Resolves a name and refuses it when any of its addresses is forbidden, so that DNS cannot lead anywhere else. */
export function guarded(lookUp: LookUp): LookupFunction {
  return (hostname, options: LookupOptions, callback) => {
    lookUp(hostname, { ...options, all: true }, (error, addresses) => {
      if (error !== null) return callback(error, [])
      if (addresses.some(({ address }) => isForbiddenAddress(address))) return callback(new ForbiddenAddress(), [])
      if (options.all === true) return callback(null, addresses)
      const [first] = addresses
      callback(null, first?.address ?? '', first?.family)
    })
  }
}

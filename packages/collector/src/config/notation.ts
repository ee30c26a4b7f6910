import { isIP } from 'node:net'
import { parseDuration } from '@tabiji/core/time'

const UNITS: Readonly<Record<string, number>> = { '': 1, B: 1, KiB: 1024, MiB: 1024 ** 2 }

/** Reads a size such as `4MiB`, `512KiB` or `1000` as bytes; `undefined` for anything else. */
export function parseBytes(text: string): number | undefined {
  const match = /^(\d{1,9}) ?(B|KiB|MiB)?$/.exec(text)
  return match === null ? undefined : Number(match[1]) * (UNITS[match[2] ?? ''] ?? 1)
}

/** Reads a duration of whole seconds as seconds. */
export function parseSeconds(text: string): number | undefined {
  const ms = parseDuration(text)
  return ms !== undefined && ms % 1000 === 0 ? ms / 1000 : undefined
}

/** The address as a URL when it is an http or https one without a user and password; `undefined` otherwise. */
export function parseAddress(text: string): URL | undefined {
  if (!URL.canParse(text) || !/^https?:\/\//i.test(text)) return undefined
  const url = new URL(text)
  return url.username === '' && url.password === '' ? url : undefined
}

export const ADDRESS_FORM = 'an address that begins with http:// or https:// and holds no user and password'

/** Whether an IP address is one that nothing of ours may call; the rule of the one way out, passed in. */
export type AddressRule = (address: string) => boolean

/**
 * Whether an address names, as a number, a machine that is never called. What a host's name leads to is checked again at
 * every connection.
 */
export function isForbidden(url: URL, rule: AddressRule): boolean {
  const host = url.hostname.replace(/^\[|\]$/g, '')
  return isIP(host) !== 0 && rule(host)
}

export const SERVICE_ADDRESS = 'an address that services run on, which link-local and metadata addresses are not'

/** In the order of the week: Monday is 1. */
export const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const

/** Whether a host, as a listener takes it, is reached from this machine only. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host)
}

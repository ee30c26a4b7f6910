import type { Origin } from '../event/borrowed.ts'

/** The key of our member of the header `baggage`. */
const KEY = 'tabiji'

/** Characters of a member, or of a carried text, at most: two names of 63, eight digits, a time and a seal need 190. */
const LONGEST = 199

/** What every platform has to forward (W3C Baggage, limits). A longer header is not looked through. */
const LONGEST_HEADER = 8_192

/** What a text said that has the right form. Nothing of it is believed yet. */
export type Member = {
  /** Journey and step with a dot between them. */
  readonly name: string
  /** The first digits of the sender's fingerprint. */
  readonly version: string
  /** Everything that the seal is made of. */
  readonly sealed: string
  /** Seconds since the Unix epoch, and the seal. */
  readonly seal?: { readonly at: number; readonly text: string }
}

const NAME = '[a-z][a-z0-9-]{0,62}'
const FORM = new RegExp(`^((${NAME}\\.${NAME});v=([0-9a-f]{8})(?:;t=([0-9a-z]{1,8}))?)(?:;s=([\\w-]{22}))?$`)

/** Journey, step and definition as text, with the time where it will be sealed. */
export function writeMember({ journey, step }: Origin, fingerprint: string, at?: number): string {
  const time = at === undefined ? '' : `;t=${at.toString(36)}`
  return `${journey}.${step};v=${versionOf(fingerprint)}${time}`
}

export const versionOf = (fingerprint: string): string => fingerprint.slice(0, 8)

/** A text with its seal. */
export const withSeal = (text: string, seal: string): string => `${text};s=${seal}`

/** The header that carries a text to another service. */
export const headerOf = (text: string): string => `${KEY}=${text}`

/** @returns what it says; undefined for any other text than one that {@link writeMember} wrote, with or without a seal. */
export function readMember(text: string): Member | undefined {
  if (text.length > LONGEST) return undefined
  const [, sealed, name, version, time, seal] = FORM.exec(text) ?? []
  if (sealed === undefined || name === undefined || version === undefined) return undefined
  // A time without a seal and a seal without a time are nobody's writing.
  if ((time === undefined) !== (seal === undefined)) return undefined
  if (time === undefined || seal === undefined) return { name, version, sealed }
  return { name, version, sealed, seal: { at: Number.parseInt(time, 36), text: seal } }
}

/**
 * Looks for our member in a header that anybody may have written.
 *
 * @returns undefined when the header has none; `broken` when it has several, or one of another form
 */
export function findMember(header: string): Member | 'broken' | undefined {
  if (!header.includes(KEY)) return undefined
  if (header.length > LONGEST_HEADER) return 'broken'
  const [found, ...more] = header.split(',').filter(isOurs)
  if (found === undefined) return undefined
  if (more.length > 0) return 'broken'
  const value = found.slice(found.indexOf('=') + 1)
  return value.length > LONGEST ? 'broken' : (readMember(value.replaceAll(/[ \t]/g, '')) ?? 'broken')
}

/** The header without our members; empty when nothing else was in it. */
export function withoutMember(header: string): string {
  if (!header.includes(KEY)) return header
  return header
    .split(',')
    .filter((member) => !isOurs(member))
    .join(',')
}

/** More than the headers that the callers of a service write for one step after the other. */
const MOST_REMEMBERED = 256

/** Beyond this it is no header of services that know each other, and it would take memory to keep. */
const LONGEST_REMEMBERED = 512

/**
 * {@link findMember}, which answers at once about a header that it has been asked about: services write the same few again
 * and again. A stranger's many different ones make it forget, and fill no memory.
 */
export function rememberingFind(): typeof findMember {
  const found = new Map<string, Member | 'broken'>()
  return (header) => {
    const known = found.get(header)
    if (known !== undefined || header.length > LONGEST_REMEMBERED) return known ?? findMember(header)
    const member = findMember(header)
    if (member === undefined) return undefined
    if (found.size >= MOST_REMEMBERED) found.clear()
    found.set(header, member)
    return member
  }
}

function isOurs(member: string): boolean {
  const end = member.indexOf('=')
  return end !== -1 && member.slice(0, end).trim() === KEY
}
